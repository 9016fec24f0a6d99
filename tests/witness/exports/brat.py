"""bratly reads every line of the standoff file, and its fragments cut out their words."""

from bratly import EntityAnnotation
from bratly.io.file_read_src import read_and_load_ann_file

from common import TEXT, LABELS, done, expected, one, read

assert read("brat", ".txt") == TEXT
path = one("brat", ".ann")
lines = path.read_text(encoding="utf-8").splitlines()
parsed = read_and_load_ann_file(str(path), no_duplicates=False, sorting=False, renumerotize=False)
annotations = parsed.annotations
assert len(annotations) == len(lines), (len(annotations), len(lines))

# brat's own rules, as its server's parser applies them to a T line: fragments joined by one space give the words.
found = {label: [] for label in LABELS}
for line in lines:
    name, body, *tail = line.split("\t")
    if not name.startswith("T"):
        continue
    label, offsets = body.split(" ", 1)
    cuts = [TEXT[int(s) : int(e)] for s, e in (f.split(" ") for f in offsets.split(";"))]
    assert " ".join(cuts) == tail[0], line
    assert all(len(cut.splitlines()) == 1 for cut in cuts), line
    found.get(label, []).extend(cuts)
for label in LABELS:
    want = sorted(piece for words in expected(label) for piece in words.splitlines())
    assert sorted(found[label]) == want, (label, found[label], want)
entities = [a for a in annotations if isinstance(a, EntityAnnotation)]
done(f"{len(lines)} lines, {len(entities)} entities")
