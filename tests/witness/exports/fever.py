"""The rules of the FEVER scorer: labels, alternative evidence sets, and that each tuple points to a sentence."""

import json

from common import done, one

folder = one("fever", ".wiki-pages.jsonl").parent
lines = [p for p in folder.iterdir() if not p.name.endswith(".wiki-pages.jsonl")]
claims = [json.loads(line) for line in lines[0].read_text(encoding="utf-8").splitlines()]
pages = {}
for line in one("fever", ".wiki-pages.jsonl").read_text(encoding="utf-8").splitlines():
    page = json.loads(line)
    pages[page["id"]] = dict((int(n), s) for n, s in (row.split("\t", 1) for row in page["lines"].split("\n")))
ids = set()
for claim in claims:
    assert isinstance(claim["id"], int) and claim["id"] not in ids
    ids.add(claim["id"])
    verifiable = claim["label"] in ("SUPPORTS", "REFUTES")
    assert verifiable or claim["label"] == "NOT ENOUGH INFO"
    assert claim["verifiable"] == ("VERIFIABLE" if verifiable else "NOT VERIFIABLE")
    assert claim["evidence"]
    for evidence in claim["evidence"]:
        for _, number, page, sentence in evidence:
            if verifiable:
                assert pages[page][sentence] and " " not in page
            else:
                assert (number, page, sentence) == (None, None, None)
done(f"{len(claims)} claims, {len(pages)} pages")
