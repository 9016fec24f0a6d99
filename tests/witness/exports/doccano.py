"""The rules of doccano's importer on both files, and the slices in the unit of its editor."""

import json

from common import TEXT, LABELS, done, expected, read

UNITS = TEXT.encode("utf-16-le")


def cut(start, end):
    assert 0 <= start < end <= len(UNITS) // 2
    return UNITS[2 * start : 2 * end].decode("utf-16-le")


sequence = [json.loads(line) for line in read("doccano", "sequence-labelling.jsonl").splitlines()]
relations = [json.loads(line) for line in read("doccano", "relations.jsonl").splitlines()]
assert len(sequence) == len(relations) == 1
for label in LABELS:
    words = [cut(s, e) for s, e, name in sequence[0]["label"] if name == label]
    assert sorted(words) == expected(label), label
    words = [cut(e["start_offset"], e["end_offset"]) for e in relations[0]["entities"] if e["label"] == label]
    assert sorted(words) == expected(label), label
ids = [e["id"] for e in relations[0]["entities"]]
assert len(set(ids)) == len(ids) and all(isinstance(i, int) for i in ids)
for r in relations[0]["relations"]:
    assert r["from_id"] in ids and r["to_id"] in ids and r["type"]
done(f"{len(ids)} entities, {len(relations[0]['relations'])} relations")
