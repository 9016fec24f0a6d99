"""What the witnesses share: where the exports are, and the annotated JSON as the measure of them all."""

import json
import os
import pathlib
import sys

ROOT = pathlib.Path(os.environ.get("CLAIMDESK_WITNESS", "target/witness"))


def one(folder, suffix):
    """The one file of an export with this suffix."""
    found = sorted(p for p in (ROOT / folder).iterdir() if p.name.endswith(suffix))
    assert len(found) == 1, (folder, suffix, found)
    return found[0]


def read(folder, suffix):
    return one(folder, suffix).read_text(encoding="utf-8")


OWN = json.loads(read("json", ".json"))
TEXT = OWN["article"]["text"]


def expected(label):
    """The words that marks with this label stand on, piece by piece, sorted."""
    cut = lambda pairs: [TEXT[s:e] for s, e in pairs]
    words = []
    for claim in OWN["claims"]:
        if label == "Claim":
            for place in [claim["statement"], *claim["also_at"]]:
                words += cut(place["spans"])
        for said in claim["attributions"]:
            words += cut({"Source": said["source_span"], "Cue": said["cue"], "Content": said["content"]}.get(label, []))
    for statement in OWN["statements"]:
        if statement["decision"] == {"Statement": "undecided", "Dismissed": "dismissed"}.get(label):
            words += cut(statement["spans"])
    return sorted(words)


LABELS = ["Claim", "Source", "Cue", "Content", "Statement", "Dismissed"]


def same(label, words):
    assert sorted(words) == expected(label), (label, sorted(words), expected(label))


def done(what):
    assert "🌊" in TEXT[:40], "an emoji must stand before every span"
    print(what)
    sys.exit(0)
