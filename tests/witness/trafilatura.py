#!/usr/bin/env python3
"""What trafilatura makes of tests/pages, scored as tests/html_main_text.rs scores claimdesk: a witness, not a test.

    pip install trafilatura lxml_html_clean
    python tests/witness/trafilatura.py

F1 over multisets of words (letters and digits, lower case) against the page's expected text.
"""
import collections
import pathlib
import re
import sys

# This script has the package's name: its own folder must not be searched for it.
sys.path = [p for p in sys.path if pathlib.Path(p or ".").resolve() != pathlib.Path(__file__).resolve().parent]
import trafilatura  # noqa: E402


def words(text):
    return collections.Counter(re.findall(r"\w+", text.lower()))


def f1(got, want):
    got, want = words(got), words(want)
    both = sum((got & want).values())
    if not both:
        return 0.0
    precision, recall = both / sum(got.values()), both / sum(want.values())
    return 2 * precision * recall / (precision + recall)


def main():
    scores = []
    for page in sorted((pathlib.Path(__file__).parent.parent / "pages").glob("*.html")):
        html = page.read_text("utf-8")
        expected = page.with_suffix(".txt").read_text("utf-8")
        text = trafilatura.extract(html, include_comments=False) or ""
        scores.append(f1(text, expected))
        print(f"{page.stem:10} {scores[-1]:.4f}")
    print(f"{'mean':10} {sum(scores) / len(scores):.4f}")


main()
