#!/usr/bin/env python3
"""Makes articles with software that we did not write: make.py DIR. A program that is not installed is skipped and named."""
import pathlib
import shutil
import subprocess
import sys
import zipfile

import story

out = pathlib.Path(sys.argv[1]).resolve()
out.mkdir(parents=True, exist_ok=True)


def write(name, text, encoding="utf-8"):
    (out / name).write_bytes(text.encode(encoding))
    return str(out / name)


def run(*command):
    done = subprocess.run(command, cwd=out, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=180)
    if done.returncode != 0:
        print(f"FAILED {command[0]}: {done.stdout.decode(errors='replace')[-400:]}")


def has(program):
    if shutil.which(program):
        return True
    print(f"skip {program}: not installed")
    return False


def office(source, to, name):
    """LibreOffice writes the file under the source's name, in a folder of its own."""
    made = out / "office"
    made.mkdir(exist_ok=True)
    home = (out / "office-home").resolve().as_uri()
    run("soffice", f"-env:UserInstallation={home}", "--headless", "--convert-to", to, "--outdir", str(made), str(source))
    found = made / (pathlib.Path(source).stem + "." + to.split(":")[0])
    if found.exists():
        found.replace(out / name)


def tracked(paragraph, words, kind, author):
    """A run inside an insertion or a deletion, which python-docx has no call for."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    change = OxmlElement(f"w:{kind}")
    change.set(qn("w:id"), "7")
    change.set(qn("w:author"), author)
    change.set(qn("w:date"), "2026-11-15T10:00:00Z")
    run = OxmlElement("w:r")
    text = OxmlElement("w:t" if kind == "ins" else "w:delText")
    text.text = words
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(text)
    change.append(run)
    paragraph._p.append(change)


def docx_by_python_docx():
    import docx

    d = docx.Document()
    d.add_heading(story.TITLE, 0)
    d.add_paragraph(story.BYLINE)
    first = d.add_paragraph(story.FIRST)
    d.add_comment(first.runs[0], "Is this so?", author="Jon Pell")
    d.add_paragraph(story.QUOTE)
    p = d.add_paragraph("Kell Ferry Operators denied ")
    tracked(p, "on Sunday", "del", "Jon Pell")
    tracked(p, "on Monday", "ins", "Jon Pell")
    p.add_run(story.DENIAL.split("on Monday")[1])
    d.add_heading(story.SUBHEAD, 1)
    for item in story.ITEMS:
        d.add_paragraph(item, style="List Bullet")
    table = d.add_table(rows=2, cols=2)
    for cell, words in zip([c for r in table.rows for c in r.cells], ["Year", "Passengers", "2025", "41,000"]):
        cell.text = words
    d.add_paragraph("Never again will we do that.", style="Intense Quote")
    d.add_paragraph(story.LIGATURES)
    d.add_paragraph(story.ENGINEER)
    d.add_paragraph(story.LAST)
    d.save(out / "python-docx.docx")


def epub_by_ebooklib():
    from ebooklib import epub

    b = epub.EpubBook()
    b.set_identifier("kell")
    b.set_title("The Kell Papers")
    b.set_language("en")
    b.add_author("Šárka Čapková")
    parts = [("Opening", [story.FIRST, story.QUOTE]), ("The ferry", [story.DENIAL, story.LIGATURES]), ("In court", [story.ENGINEER, story.LAST])]
    chapters = []
    for n, (title, paragraphs) in enumerate(parts):
        c = epub.EpubHtml(title=title, file_name=f"c{n}.xhtml", lang="en")
        heading = f"<h1>{title}</h1>" if n != 1 else ""
        c.content = heading + "".join(f"<p>{p}</p>" for p in paragraphs)
        b.add_item(c)
        chapters.append(c)
    b.toc = chapters
    b.add_item(epub.EpubNcx())
    b.add_item(epub.EpubNav())
    b.spine = ["nav", *chapters]
    epub.write_epub(str(out / "ebooklib.epub"), b)


def markdown():
    items = "\n".join(f"- {i}" for i in story.ITEMS)
    return (
        f"---\ntitle: \"{story.TITLE}\"\nauthor: Šárka Čapková\nlang: en\n---\n\n# Opening\n\n{story.FIRST}[^1]\n\n{story.QUOTE}\n\n"
        f"{story.DENIAL}\n\n# {story.SUBHEAD}\n\n{items}\n\n| Year | Passengers |\n|---|---|\n| 2025 | 41,000 |\n\n"
        f"> Never again will we do that,\n> and nobody asked us to.\n\n{story.LIGATURES} See [the minutes](https://kell.example/minutes).\n\n"
        f"{story.ENGINEER}\n\n{story.LAST}\n\n[^1]: The minutes are public.\n"
    )


def tex():
    body = "\n\n".join([story.FIRST, story.QUOTE, story.DENIAL, f"\\section*{{{story.SUBHEAD}}}", story.LIGATURES, story.ENGINEER, *story.FILLER, story.LAST])
    body = body.replace("“", "``").replace("”", "''").replace("€", "\\texteuro{}").replace("—", "---")
    return (
        "\\documentclass[twocolumn,a4paper]{article}\\IfFileExists{lmodern.sty}{\\usepackage[T1]{fontenc}\\usepackage{lmodern}}{}\\usepackage[utf8]{inputenc}\\usepackage{textcomp}\\usepackage{fancyhdr}"
        f"\\pagestyle{{fancy}}\\fancyhead[C]{{{story.HEAD}}}\\fancyfoot[C]{{\\thepage}}\\title{{{story.TITLE}}}\\author{{Šárka Čapková}}\\date{{}}"
        f"\\begin{{document}}\\maketitle\\thispagestyle{{fancy}}\n\n{body}\n\\end{{document}}\n"
    )


def typst_source():
    body = "\n\n".join([story.FIRST, story.QUOTE, story.DENIAL, f"== {story.SUBHEAD}", *[f"- {i}" for i in story.ITEMS], "", story.LIGATURES, story.ENGINEER, *story.FILLER, story.LAST])
    return (
        f'#set page(paper: "a4", columns: 2, header: align(center, text(8pt)[{story.HEAD}]), footer: context align(center, counter(page).display()))\n'
        f"#set par(justify: true)\n#set text(11pt, lang: \"en\", hyphenate: true)\n= {story.TITLE}\n\n{story.BYLINE}\n\n{body}\n"
    )


def pdf_by_reportlab():
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Spacer

    font = "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"
    name = "Times-Roman"
    if pathlib.Path(font).exists():
        pdfmetrics.registerFont(TTFont("DejaVu", font))
        name = "DejaVu"
    styles = getSampleStyleSheet()
    body = styles["BodyText"]
    body.fontName = name

    def head(canvas, doc):
        canvas.setFont("Helvetica", 8)
        canvas.drawCentredString(A4[0] / 2, A4[1] - 40, story.HEAD)
        canvas.drawCentredString(A4[0] / 2, 30, str(doc.page))

    frames = [Frame(50 + 255 * n, 60, 240, A4[1] - 130) for n in range(2)]
    doc = BaseDocTemplate(str(out / "reportlab.pdf"), pagesize=A4, title=story.TITLE)
    doc.addPageTemplates(PageTemplate(frames=frames, onPage=head))
    flow = [Paragraph(story.TITLE, styles["Title"])]
    for p in [story.BYLINE, story.FIRST, story.QUOTE, story.DENIAL, story.LIGATURES, story.ENGINEER, *story.FILLER, story.LAST]:
        flow += [Paragraph(p, body), Spacer(1, 6)]
    doc.build(flow)


def pdf_by_fpdf():
    from fpdf import FPDF

    pdf = FPDF(format="A4")
    pdf.add_page()
    font = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
    if not pathlib.Path(font).exists():
        return print("skip fpdf2: no DejaVu Sans")
    pdf.add_font("DejaVu", fname=font)
    pdf.set_font("DejaVu", size=20)
    pdf.multi_cell(0, 10, story.TITLE)
    pdf.set_font("DejaVu", size=11)
    for p in [story.BYLINE, *story.PARAGRAPHS]:
        pdf.ln(4)
        pdf.multi_cell(0, 6, p, new_x="LMARGIN", new_y="NEXT")
    pdf.output(str(out / "fpdf2.pdf"))
    # A page that is only a picture: a scan.
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (800, 1100), "white")
    ImageDraw.Draw(picture).text((80, 80), story.FIRST, fill="black")
    scan = FPDF(format="A4")
    scan.add_page()
    scan.image(picture, x=0, y=0, w=210)
    scan.output(str(out / "scanned.pdf"))


def charsets():
    for name, text, encoding in [
        ("windows-1251", "Мост открылся\n\nСовет города одобрил 80 миллионов на строительство моста в марте 2021 года, показывают протоколы. «Это вдвое дороже», — сказала Мара Одуя.\n", "cp1251"),
        ("koi8-r", "Мост открылся\n\nСовет города одобрил 80 миллионов на строительство моста в марте 2021 года, показывают протоколы.\n", "koi8-r"),
        ("shift_jis", "橋がついに開通\n\n市議会は二〇二一年三月に橋の建設に八千万を承認したと議事録は示している。「費用は倍になった」とオドゥヤ氏は述べた。\n", "shift_jis"),
        ("euc-kr", "다리가 마침내 개통\n\n시의회는 2021년 3월에 다리 건설에 8천만을 승인했다고 회의록은 보여준다. 오두야는 비용이 두 배가 되었다고 말했다.\n", "euc-kr"),
        ("gb18030", "大桥终于开通\n\n会议记录显示，市议会于二〇二一年三月批准了八千万元用于建桥。反对派领袖奥杜亚说，费用翻了一番。\n", "gb18030"),
        ("utf-16le", "Die Brücke ist offen\n\nDer Stadtrat hat im März 2021 achtzig Millionen bewilligt, sagte Bürgermeisterin Oduya.\n", "utf-16-le"),
        ("utf-16", "Die Brücke ist offen\n\nDer Stadtrat hat im März 2021 achtzig Millionen bewilligt, sagte Bürgermeisterin Oduya.\n", "utf-16"),
        ("latin2", "Most konečně otevřen\n\nMěstská rada schválila v březnu 2021 na stavbu mostu osmdesát milionů, řekla starostka Šárka Čapková novinářům.\n", "iso8859-2"),
    ]:
        write(f"{name}.txt", text, encoding)
        write(f"{name}.want", text)


def hostile():
    """Files that must be refused with one sentence."""
    whole = (out / "reportlab.pdf").read_bytes()
    (out / "cut.pdf").write_bytes(whole[: len(whole) // 3])
    (out / "empty.pdf").write_bytes(b"")
    (out / "picture.pdf").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(400))
    import pypdf

    writer = pypdf.PdfWriter(clone_from=str(out / "reportlab.pdf"))
    writer.encrypt("secret", algorithm="AES-256")
    writer.write(str(out / "locked.pdf"))
    writer = pypdf.PdfWriter(clone_from=str(out / "reportlab.pdf"))
    writer.encrypt("", "owner", algorithm="AES-128")
    writer.write(str(out / "owner-locked.pdf"))
    whole = (out / "python-docx.docx").read_bytes()
    (out / "cut.docx").write_bytes(whole[: len(whole) // 2])
    for name, member, start in [("bomb.docx", "word/document.xml", b"<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>"), ("bomb.epub", "META-INF/container.xml", b"<container>")]:
        with zipfile.ZipFile(out / name, "w", zipfile.ZIP_DEFLATED) as z:
            with z.open(member, "w", force_zip64=True) as f:
                f.write(start)
                for _ in range(600):
                    f.write(b"x" * 1_000_000)
    with open(out / "huge.pdf", "wb") as f:
        f.write(b"%PDF-1.4\n" + bytes(100_000_000))
    with open(out / "huge.html", "wb") as f:
        f.write(b"<!doctype html><html><body>")
        f.write(b"<p>The pier is shut, the council said.</p>" * 2_500_000)
    with open(out / "huge.bin", "wb") as f:
        f.write(bytes(range(256)) * 400_000)
    with open(out / "large.html", "wb") as f:
        f.write(b"<!doctype html><html><body><article>")
        f.write(b"<p>The pier is shut, the council said on Monday, and nobody may go there.</p>" * 300_000)


docx_by_python_docx()
epub_by_ebooklib()
pdf_by_reportlab()
pdf_by_fpdf()
charsets()
write("story.html", story.html())
write("story.md", markdown())
if has("pandoc"):
    run("pandoc", "story.md", "-o", "pandoc.docx")
    run("pandoc", "story.md", "-o", "pandoc.epub")
    run("pandoc", "story.md", "-s", "-o", "pandoc.html")
if has("soffice"):
    office(out / "story.html", "pdf:writer_web_pdf_Export", "libreoffice-web.pdf")
    office(out / "python-docx.docx", "pdf", "libreoffice.pdf")
    for source in ["pandoc.docx", "python-docx.docx"]:
        office(out / source, "docx:MS Word 2007 XML", f"libreoffice-{source}")
if has("chromium"):
    write("columns.html", story.html(columns=True))
    for source, name in [("story.html", "chromium.pdf"), ("columns.html", "chromium-columns.pdf")]:
        run("chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={name}", "--no-pdf-header-footer", (out / source).resolve().as_uri())
import weasyprint  # noqa: E402

weasyprint.HTML(string=story.html()).write_pdf(str(out / "weasyprint.pdf"))
weasyprint.HTML(string=story.html(columns=True)).write_pdf(str(out / "weasyprint-columns.pdf"))
import typst  # noqa: E402

write("typst.typ", typst_source())
typst.compile(str(out / "typst.typ"), output=str(out / "typst.pdf"))
if has("pdflatex"):
    write("latex.tex", tex())
    run("pdflatex", "-interaction=batchmode", "latex.tex")
    # The oldest encoding draws accents and letters apart.
    write("latex-old.tex", tex().replace("\\IfFileExists{lmodern.sty}", "\\IfFileExists{no}"))
    run("pdflatex", "-interaction=batchmode", "latex-old.tex")
if has("qpdf"):
    run("qpdf", "--object-streams=generate", "--recompress-flate", "weasyprint.pdf", "qpdf-streams.pdf")
    run("qpdf", "--linearize", "reportlab.pdf", "qpdf-linear.pdf")
    run("qpdf", "--encrypt", "secret", "secret", "256", "--", "reportlab.pdf", "qpdf-locked.pdf")
hostile()
