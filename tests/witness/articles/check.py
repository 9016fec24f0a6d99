#!/usr/bin/env python3
"""Reads the files of make.py with the built program and looks for the known sentences: check.py PROGRAM DIR."""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import story

program, out = sys.argv[1], pathlib.Path(sys.argv[2])
failed = 0


def claimdesk(*arguments):
    began = time.monotonic()
    # Memory in KB, by GNU time; its last line is ours.
    done = subprocess.run(["/usr/bin/time", "-f", "%M", program, *arguments], capture_output=True, timeout=300)
    *said, memory = done.stderr.decode().strip().split("\n")
    said = [s for s in said if not s.startswith("Command exited")]
    return done.returncode, done.stdout.decode(), said, time.monotonic() - began, int(memory) // 1000


def read(path, *more):
    """The article's blocks as the program keeps them, and what it said while reading."""
    with tempfile.TemporaryDirectory() as sessions:
        code, name, said, seconds, memory = claimdesk("new", str(path), "--sessions", sessions, *more)
        if code != 0:
            return None, said, seconds, memory
        code, text, _, _, _ = claimdesk("export", name.strip(), "--format", "json", "--sessions", sessions)
        return json.loads(text)["article"], said, seconds, memory


def report(name, problems, seconds, memory):
    global failed
    failed += bool(problems)
    print(f"{'FAIL' if problems else 'ok  '} {name} ({seconds:.1f} s, {memory} MB)")
    for problem in problems:
        print(f"       {problem}")


def blocks_of(article):
    text = article["text"]
    return [(b.get("kind", b.get("block")), text[b["start"] : b["end"]]) for b in article["blocks"]]


def whole(name, want, never=(), notes=(), kinds=(), title=None, more=(), filler=False):
    """Each sentence must stand in one block of its own, in order; nothing of `never` anywhere."""
    path = out / name
    if not path.exists():
        return print(f"skip {name}: not made")
    article, said, seconds, memory = read(path, *more)
    if article is None:
        return report(name, [f"not read: {said}"], seconds, memory)
    problems, blocks, at = [], blocks_of(article), -1
    words = [re.sub(r"\s+", " ", b) for _, b in blocks]
    for sentence in [*want, *(story.FILLER if filler else [])]:
        found = [n for n, b in enumerate(words) if sentence in b]
        if not found:
            best = max(words, key=lambda b: len(set(b.split()) & set(sentence.split())), default="")
            problems.append(f"missing: {sentence[:60]}… nearest: {best[:400]}")
        elif not filler and found[0] < at:
            problems.append(f"out of order: {sentence[:60]}…")
        else:
            at = found[0]
    for n, b in enumerate(words):
        for text in never:
            if text in b:
                problems.append(f"has {text!r}: {b[:120]}")
    for kind, text in kinds:
        if (kind, text) not in [(k, w) for (k, _), w in zip(blocks, words)]:
            problems.append(f"no {kind} {text!r}: {[k for (k, _), w in zip(blocks, words) if text in w]}")
    for note in notes:
        if not any(note in s for s in said):
            problems.append(f"does not say {note!r}: {said}")
    if title is not None and article["title"] != title:
        problems.append(f"title {article['title']!r}")
    report(name, problems, seconds, memory)


def refused(name, why, seconds=10, memory=300):
    path = out / name
    if not path.exists():
        return print(f"skip {name}: not made")
    article, said, took, used = read(path)
    problems = []
    if article is not None:
        problems.append("was read")
    elif len(said) != 1 or why not in said[0]:
        problems.append(f"says {said}")
    if took > seconds or used > memory:
        problems.append(f"took {took:.1f} s and {used} MB")
    report(name, problems, took, used)


LISTED = [("list_item", i) for i in story.ITEMS]
whole("python-docx.docx", story.PARAGRAPHS, never=["on Sunday"], notes=["1 comment by Jon Pell", "tracked changes by Jon Pell"],
      kinds=[*LISTED, ("headline", story.SUBHEAD), ("list_item", "2025 | 41,000"), ("quote_block", "Never again will we do that.")], title=story.TITLE)
whole("libreoffice-python-docx.docx", story.PARAGRAPHS, never=["on Sunday"], notes=["1 comment by Jon Pell", "tracked changes by Jon Pell"],
      kinds=[*LISTED, ("headline", story.SUBHEAD), ("list_item", "2025 | 41,000")], title=story.TITLE)
for name in ["pandoc.docx", "libreoffice-pandoc.docx"]:
    want = [p for p in story.PARAGRAPHS if p != story.FIRST]
    whole(name, want, notes=["footnote"], kinds=[*LISTED, ("headline", story.SUBHEAD), ("list_item", "2025 | 41,000"),
          ("quote_block", "Never again will we do that, and nobody asked us to.")], title=story.TITLE)
whole("pandoc.epub", [story.QUOTE, story.DENIAL, story.LIGATURES, story.ENGINEER, story.LAST], title=story.TITLE, kinds=LISTED)
whole("pandoc.html", [story.QUOTE, story.DENIAL, story.LIGATURES, story.ENGINEER, story.LAST], title=story.TITLE,
      kinds=[*LISTED, ("quote_block", "Never again will we do that, and nobody asked us to.")])
whole("story.md", [story.QUOTE, story.DENIAL, story.LIGATURES, story.ENGINEER, story.LAST], title=story.TITLE,
      kinds=[*LISTED, ("quote_block", "Never again will we do that, and nobody asked us to.")])
whole("story.html", story.PARAGRAPHS, title=story.TITLE, kinds=LISTED, filler=True)
whole("ebooklib.epub", story.PARAGRAPHS, notes=["whole book was read, 3 chapters"], title="The Kell Papers")
whole("ebooklib.epub", [story.DENIAL, story.LIGATURES], never=[story.FIRST, story.LAST], more=["--chapter", "ferry"], title="The ferry")
whole("ebooklib.epub", [story.FIRST, story.LAST], never=[story.DENIAL], more=["--chapter", "1,3"])
NEVER = [story.HEAD]
for name in ["weasyprint.pdf", "weasyprint-columns.pdf", "typst.pdf", "reportlab.pdf", "qpdf-linear.pdf", "qpdf-streams.pdf", "owner-locked.pdf"]:
    whole(name, story.PARAGRAPHS, never=NEVER, notes=["Running heads"], title=story.TITLE, filler=True)
for name in ["chromium.pdf", "chromium-columns.pdf", "libreoffice-web.pdf"]:
    whole(name, story.PARAGRAPHS, title=story.TITLE, filler=True)
for name in ["latex.pdf", "latex-old.pdf"]:
    # The euro sign comes from a font of pictures, which has no letters.
    want = [p for p in story.PARAGRAPHS if p != story.LIGATURES] + [story.LIGATURES.split("paid")[0]]
    whole(name, sorted(want, key=lambda p: [q.startswith(p[:20]) for q in story.PARAGRAPHS].index(True)), never=NEVER, title=story.TITLE, filler=True)
whole("fpdf2.pdf", story.PARAGRAPHS, title=story.TITLE)
# LibreOffice prints tracked changes as they stand: the paragraph that has them is not looked for.
whole("libreoffice.pdf", [p for p in story.PARAGRAPHS if p != story.DENIAL], title=story.TITLE, kinds=[("headline", story.SUBHEAD)])
for want in sorted(out.glob("*.want")):
    lines = [line for line in want.read_text("utf-8").split("\n") if line]
    whole(want.stem + ".txt", lines, never=["\ufffd"])
refused("scanned.pdf", "no text layer")
refused("cut.pdf", "is not a whole PDF file")
refused("empty.pdf", "holds no text")
refused("picture.pdf", "is a PNG image")
refused("locked.pdf", "is encrypted")
refused("qpdf-locked.pdf", "is encrypted")
refused("cut.docx", "is not a whole DOCX file")
refused("bomb.docx", "unpacks to more than")
refused("bomb.epub", "unpacks to more than")
refused("huge.pdf", "is too large")
refused("huge.html", "is too large")
refused("huge.bin", "is a binary file")
whole("large.html", ["The pier is shut, the council said on Monday, and nobody may go there."])
print("all read" if not failed else f"{failed} files were not read as they should")
sys.exit(bool(failed))
