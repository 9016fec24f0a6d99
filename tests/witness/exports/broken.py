"""Breaks each export in the ways that exporters go wrong, and expects the witness of it to notice: a check that cannot fail
checks nothing. Run by hand, after tests/witness/exports/run: python tests/witness/exports/broken.py [NAME...]"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
ROOT = pathlib.Path(os.environ.get("CLAIMDESK_WITNESS", "target/witness"))


def shift(pattern):
    """Adds one to the first number that the pattern's first group finds: an offset in the wrong unit."""
    def change(text):
        found = re.search(pattern, text)
        assert found, pattern
        start, end = found.span(1)
        return text[:start] + str(int(found[1]) + 1) + text[end:]
    return change


def swap(old, new):
    def change(text):
        assert old in text, old
        return text.replace(old, new, 1)
    return change


def drop_line(part):
    def change(text):
        lines = text.split("\n")
        at = next(n for n, line in enumerate(lines) if part in line)
        return "\n".join(lines[:at] + lines[at + 1 :])
    return change


# Witness -> (folder, suffix of the file, what goes wrong with it).
BREAKS = {
    "averitec": [
        ("averitec", ".json", swap('"Refuted"', '"False"')),
        ("averitec", ".json", swap('"Extractive"', '"Boolean"')),
        ("averitec", ".json", swap('"claim_date": "', '"claim_date": "0')),
    ],
    "bio": [
        ("bio", "source.bio", swap("\tI-Source", "\tO")),
        ("bio", "claim.bio", swap("\tB-Claim", "\tB-Source")),
    ],
    "brat": [
        ("brat", ".ann", shift(r"\nT\d+\tSource (\d+)")),
        ("brat", ".ann", drop_line("\tCue ")),
        ("brat", ".ann", swap("\tClaim ", "\tMy Claim ")),
        ("brat", ".txt", swap("🌊", "~")),
    ],
    "cas": [
        ("cas-json", ".json", shift(r'"claimdesk\.Source"[^}]*?"begin":\s*(\d+)')),
        ("xmi", ".xmi", shift(r'<claimdesk:Source [^>]*?begin="(\d+)"')),
        ("xmi", ".xmi", swap("&#10;", "\n")),
        ("xmi", "TypeSystem.xml", swap("<name>claimdesk.Cue</name>", "<name>claimdesk.Other</name>")),
    ],
    "claimreview": [
        ("claimreview-embed", ".html", swap("application/ld+json", "application/json")),
        ("claimreview", ".json", swap('"Rating"', '"AggregateThing"')),
        ("claimreview", ".json", swap('"claimReviewed"', '"claimChecked"')),
    ],
    "doccano": [
        ("doccano", "sequence-labelling.jsonl", shift(r'"label":\[\[(\d+)')),
        ("doccano", "relations.jsonl", shift(r'"start_offset":(\d+)')),
        ("doccano", "relations.jsonl", swap('"from_id":', '"from_id":9')),
    ],
    "fever": [
        ("fever", ".wiki-pages.jsonl", shift(r'"lines":"(\d+)')),
        ("fever", "kell-bridge.jsonl", swap('"NOT VERIFIABLE"', '"VERIFIABLE"')),
    ],
    "labelstudio": [
        ("label-studio", "tasks.json", shift(r'"start":\s*(\d+)')),
        ("label-studio", "tasks.json", swap('"to_name"', '"to"')),
        ("label-studio", ".xml", swap('value="Source"', 'value="Voice"')),
    ],
    "prodigy": [
        ("prodigy", ".jsonl", shift(r'"spans":\[\{"start":(\d+)')),
        ("prodigy", ".jsonl", shift(r'"token_end":(\d+)')),
        ("prodigy", ".jsonl", shift(r'"head":(\d+)')),
    ],
    "sheet": [
        ("csv", "sheet.csv", swap(",inaccurate,", ",wrong,")),
        ("csv", "sheet.csv", swap("\ufeff", "")),
        ("csv", "schema.json", swap('"row_id"', '"id"')),
    ],
    "webannotation": [
        ("webannotation", ".jsonld", shift(r'"start":\s*(\d+)')),
        ("webannotation-utf16", ".jsonld", shift(r'"end":\s*(\d+)')),
        ("webannotation", ".jsonld", swap('"TextQuoteSelector"', '"QuoteSelector"')),
        ("webannotation", ".jsonld", swap("urn:claimdesk:ns:", "claims/")),
    ],
    "webannotsv": [
        ("webanno-tsv", ".tsv", shift(r"\n\d+-\d+\t(\d+)-")),
        ("webanno-tsv", ".tsv", swap("#Text=", "#Txt=")),
        ("webanno-tsv", ".tsv", swap("Source[", "Voice[")),
    ],
}

failed = 0
for name, breaks in BREAKS.items():
    if sys.argv[1:] and name not in sys.argv[1:]:
        continue
    unseen = []
    for n, (folder, suffix, change) in enumerate(breaks):
        with tempfile.TemporaryDirectory() as place:
            copy = pathlib.Path(place) / "witness"
            shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns("node"))
            file = next(p for p in sorted((copy / folder).iterdir()) if p.name.endswith(suffix))
            text = file.read_bytes().decode("utf-8")
            broken = change(text)
            assert broken != text, (name, n)
            file.write_bytes(broken.encode("utf-8"))
            env = dict(os.environ, CLAIMDESK_WITNESS=str(copy))
            if subprocess.run([sys.executable, HERE / f"{name}.py"], env=env, capture_output=True).returncode == 0:
                unseen.append(n)
    print("FAIL" if unseen else "ok  ", name, f"{len(breaks)} breaks" + (f", not noticed: {unseen}" if unseen else ", all noticed"))
    failed += len(unseen)
sys.exit(1 if failed else 0)
