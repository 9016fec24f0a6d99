"""The rules of WebAnno TSV 3.3 as INCEpTION's manual gives them; no reader of it is packaged."""

import re

from common import TEXT, LABELS, done, expected, read

UNITS = TEXT.encode("utf-16-le")
lines = read("webanno-tsv", ".tsv").split("\n")
assert lines[0] == "#FORMAT=WebAnno TSV 3.3"
assert lines[3] == "" and lines[4] == "" and lines[5].startswith("#Text=")
unescape = lambda s: re.sub(r"\\(.)", lambda m: {"t": "\t", "n": "\n", "r": "\r"}.get(m[1], m[1]), s)
marks, first, relations, sentence = {}, {}, 0, 0
for line in lines[5:]:
    if line.startswith("#Text="):
        sentence += 1
        continue
    if not line:
        continue
    name, ends, word, spans, kinds, sources = line.split("\t")
    assert name.split("-")[0] == str(sentence)
    start, end = map(int, ends.split("-"))
    assert UNITS[2 * start : 2 * end].decode("utf-16-le") == unescape(word)
    first[name] = start
    for mark in [] if spans == "_" else spans.split("|"):
        label, number = re.fullmatch(r"(.+)\[(\d+)\]", mark).groups()
        old = marks.setdefault(number, [label, start, end])
        old[2] = end
    assert (kinds == "_") == (sources == "_") and kinds.count("|") == sources.count("|")
    for source in [] if sources == "_" else sources.split("|"):
        token, from_, to = re.fullmatch(r"(\d+-\d+)\[(\d+)_(\d+)\]", source).groups()
        assert marks[to][1] == start and (token not in first or marks[from_][1] == first[token])
        relations += 1
for label in LABELS:
    words = [UNITS[2 * s : 2 * e].decode("utf-16-le") for name, s, e in marks.values() if name == label]
    assert sorted(words) == expected(label), label
done(f"{len(first)} rows, {len(marks)} marks, {relations} relations")
