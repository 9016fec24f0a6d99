#!/usr/bin/env python3
"""Scores programs on pages with a known article: a witness, not a test.

    pages.py PROGRAM FOLDER…        (--verbose names the worst pages)

A folder is one of three kinds, and what it holds decides:

- a folder for each page with source.html and expected.html or expected.txt, the article as it should be read: F1 over
  multisets of words (letters and digits, lower case);
- pages, and one JSON file {address: {"file", "with": […], "without": […], "author", "date"}} whose snippets stand in the
  article or do not: F over snippets, white space counted once; a page is lost where it has none of those it should have.
  Author and date have to be exact; of several authors the names are joined by "; ";
- PDF, DOCX or EPUB files: F1 over words against what `pdftotext` and `pandoc` read, or a file NAME.txt beside NAME; a file
  loses something unsaid where a tenth of the words or more is missing and no note says that words are missing. Words that are only
  parted in another way, as at the ends of Japanese lines, are lost too then: beside it stands for how many files a tenth of
  the letters is missing, compatible forms counted as one and their order not looked at. Pictures have no words.

Words of blocks that the program calls boilerplate do not count as read, nor do title and byline, which are compared apart.
Peers that are not installed are left out; `pip install -r requirements.txt` installs them. Nothing is fetched.
"""
import collections
import html.parser
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

PARTS = {"address", "article", "aside", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "figcaption", "figure",
         "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table",
         "td", "th", "tr", "ul"}


class Plain(html.parser.HTMLParser):
    """The words of HTML; blocks part them."""

    def __init__(self):
        super().__init__()
        self.words, self.silent = [], 0

    def handle_starttag(self, tag, attrs):
        self.silent += tag in ("script", "style")
        if tag in PARTS:
            self.words.append(" ")

    def handle_endtag(self, tag):
        self.silent -= tag in ("script", "style") and self.silent > 0
        if tag in PARTS:
            self.words.append(" ")

    def handle_data(self, data):
        if not self.silent:
            self.words.append(data)


def plain(source):
    parser = Plain()
    parser.feed(source or "")
    return "".join(parser.words)


def claimdesk(program):
    """Reads pages by making a session of each and exporting it."""
    home = tempfile.mkdtemp(prefix="pages-")
    env = {**os.environ, "HOME": home, "XDG_DATA_HOME": home, "XDG_CONFIG_HOME": home, "NO_COLOR": "1"}

    def read(page):
        name = f"p{read.count}"
        read.count += 1
        call = [program, "--sessions", home]
        made = subprocess.run([*call, "new", str(page), "--name", name], capture_output=True, text=True, env=env)
        if made.returncode:
            return {"text": "", "refused": made.stderr.strip()}
        out = subprocess.run([*call, "export", name, "--format", "json"], capture_output=True, text=True, env=env)
        article = json.loads(out.stdout)["article"]
        text = article["text"]
        # Title and byline are fields of their own, as they are with the peers.
        kept = [text[b["start"]:b["end"]] for b in article["blocks"]
                if b["kind"] not in ("boilerplate", "byline") and b.get("locator") != "title"]
        date = (article["published_at"] or "")[:10]
        return {"text": "\n\n".join(kept), "whole": text, "said": made.stdout + made.stderr, "author": article["byline"].replace(", ", "; "), "date": date}

    read.count = 0
    return read


def peers():
    """The peers that are installed, by name."""
    found = {}
    try:
        import trafilatura

        def with_trafilatura(page):
            got = trafilatura.bare_extraction(page.read_bytes(), include_comments=False, with_metadata=True)
            got = got.as_dict() if got else {}
            return {"text": got.get("text") or "", "author": got.get("author") or "", "date": got.get("date") or ""}

        found["trafilatura"] = with_trafilatura
    except ImportError:
        pass
    try:
        import readability

        def with_readability(page):
            source = page.read_bytes().decode("utf-8", "replace")
            return {"text": plain(readability.Document(source).summary())}

        found["readability-lxml"] = with_readability
    except ImportError:
        pass
    return found


def tried(read, page):
    try:
        return read(page)
    except Exception as error:  # a peer that fails has read nothing
        return {"text": "", "refused": str(error)}


def words(text):
    return collections.Counter(re.findall(r"\w+", text.lower()))


def f1(got, want):
    got, want = words(got), words(want)
    both = sum((got & want).values())
    return 2 * both / (sum(got.values()) + sum(want.values())) if both else 0.0


def whole_pages(read, folder, verbose):
    scores, refused = [], 0
    for page in sorted(folder.glob("*/source.html")):
        expected = page.with_name("expected.txt")
        gold = expected.read_text("utf-8") if expected.exists() else plain(page.with_name("expected.html").read_text("utf-8"))
        got = tried(read, page)
        refused += "refused" in got
        scores.append((f1(got["text"], gold), page.parent.name))
    if verbose:
        for score, name in sorted(scores)[:20]:
            print(f"    {score:.3f} {name}")
    mean = sum(s for s, _ in scores) / len(scores)
    return f"{len(scores)} pages: mean F1 {mean:.4f}, {refused} refused, {sum(s < 0.1 for s, _ in scores)} lost"


def other_words(path):
    """The words of a document as other software reads them; none where it is not installed or cannot read it."""
    beside = path.with_name(path.name + ".txt")
    if beside.exists():
        return beside.read_text("utf-8")
    if path.suffix == ".pdf":
        call = ["pdftotext", "-q", "-enc", "UTF-8", str(path), "-"]
    else:
        # Plain text has no words for a table whose cells hold blocks.
        call = ["pandoc", "-t", "html", "--wrap=none", "--lua-filter", str(pathlib.Path(__file__).with_name("no_pictures.lua")), str(path)]
    try:
        read = subprocess.run(call, capture_output=True, text=True, errors="replace", timeout=120).stdout
    except (FileNotFoundError, subprocess.TimeoutExpired):
        return ""
    return read if path.suffix == ".pdf" else plain(read)


def letters(text):
    return collections.Counter(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def tells_of_loss(said):
    """Whether a note says that words are missing. One about the language, comments or signs nobody sees says nothing of it."""
    notes = [line for line in said.splitlines() if line.startswith(("note: ", "warning: "))]
    about = re.compile(r"missing|left out|not read|could not be read|damaged|not whole|text recognition|OCR", re.I)
    other = re.compile(r"soft hyphen|zero-width|control character|escape sequence|comments? by|stands? after the text", re.I)
    return any(about.search(note) and not other.search(note) for note in notes)


def misses(gold, found):
    """Whether a tenth of what is in `gold` or more is missing in `found`."""
    return sum((gold & found).values()) < 0.9 * sum(gold.values())


def documents(read, folder, suffix, verbose):
    scores, refused, unsaid, gone, without = [], 0, 0, 0, 0
    for path in sorted(folder.glob("*" + suffix)):
        other = other_words(path)
        gold = words(other)
        if sum(gold.values()) < 10:
            without += 1
            continue
        got = tried(read, path)
        refused += "refused" in got
        found = words(got.get("whole", ""))
        both = sum((gold & found).values())
        told = tells_of_loss(got.get("said", "")) or "refused" in got
        loses = misses(gold, found) and not told
        unsaid += loses
        gone += loses and misses(letters(other), letters(got.get("whole", "")))
        scores.append((2 * both / (sum(gold.values()) + sum(found.values())), path.name, loses))
    if not scores:
        return f"{suffix[1:]}: nothing to compare with"
    if verbose:
        for score, name, loses in sorted(scores)[:20]:
            print(f"    {score:.3f} {name}{' unsaid' if loses else ''}")
    mean = sum(s[0] for s in scores) / len(scores)
    return (f"{suffix[1:]}: {len(scores)} files: mean F1 {mean:.4f}, {refused} refused, {unsaid} lose a tenth of the words unsaid, {gone} of the letters"
            + (f"; {without} had nothing to compare with" if without else ""))


def tables(folder):
    """The JSON files of a folder that say which snippets stand in its pages."""
    def has_snippets(path):
        try:
            items = json.loads(path.read_text("utf-8"))
            return isinstance(items, dict) and all("with" in i and "file" in i for i in items.values())
        except (ValueError, TypeError):
            return False

    return [path for path in sorted(folder.glob("*.json")) if has_snippets(path)]


def snippets(read, folder, table, verbose):
    pages = {path.name: path for path in folder.rglob("*") if path.is_file()}
    norm = lambda text: re.sub(r"\s+", " ", text).strip()
    hits = wrong = missed = lost = authors = named = dates = dated = numbers = absent = 0
    for item in json.loads(table.read_text("utf-8")).values():
        page = pages.get(item["file"])
        if page is None:
            absent += 1
            continue
        got = tried(read, page)
        text = norm(got["text"])
        right = sum(norm(s) in text for s in item["with"])
        false = [s for s in item["without"] if norm(s) in text]
        hits, missed, wrong = hits + right, missed + len(item["with"]) - right, wrong + len(false)
        lost += right == 0
        if verbose and (right < len(item["with"]) or false):
            print(f"    {item['file']}: {right} of {len(item['with'])}, wrongly {false}")
        if "author" in item:
            gold = item["author"] if isinstance(item["author"], str) else "; ".join(item["author"])
            named, authors = named + 1, authors + (got.get("author", "") == gold.replace(", ", "; "))
        if item.get("date"):
            dated, dates = dated + 1, dates + (got.get("date", "") == item["date"])
        numbers += bool(re.fullmatch(r"[\d\s.:/-]+", got.get("author", "")))
    if not hits:
        return f"snippets: none found, {absent} of the pages are not there"
    score = 2 * hits / (2 * hits + wrong + missed)
    return (f"snippets: P {hits / (hits + wrong):.3f} R {hits / (hits + missed):.3f} F {score:.4f}, {lost} lost; "
            f"author {authors}/{named}, date {dates}/{dated}, {numbers} bylines are numbers"
            + (f"; {absent} pages are not there" if absent else ""))


def main():
    arguments = [a for a in sys.argv[1:] if a != "--verbose"]
    verbose = "--verbose" in sys.argv
    if len(arguments) < 2:
        sys.exit(__doc__)
    readers = {"claimdesk": claimdesk(arguments[0]), **peers()}
    for folder in map(pathlib.Path, arguments[1:]):
        print(folder)
        found = tables(folder)
        kinds = [suffix for suffix in (".pdf", ".docx", ".epub") if next(folder.glob("*" + suffix), None)]
        for suffix in kinds:
            print(f"  {'claimdesk':17} {documents(readers['claimdesk'], folder, suffix, verbose)}", flush=True)
        if kinds:
            continue
        for name, read in readers.items():
            if next(folder.glob("*/source.html"), None):
                told = whole_pages(read, folder, verbose and name == "claimdesk")
            elif len(found) == 1:
                told = snippets(read, folder, found[0], verbose and name == "claimdesk")
            else:
                sys.exit(f"{folder} holds neither pages with an expected article nor one JSON file with snippets")
            print(f"  {name:17} {told}", flush=True)


main()
