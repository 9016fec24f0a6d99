"""seqeval reads the tags; every entity is one of ours, and none of a layer overlaps."""

from seqeval.metrics.sequence_labeling import get_entities

from common import ROOT, done, expected

count = 0
for path in sorted((ROOT / "bio").iterdir()):
    label = path.stem.capitalize()
    sentences = [[]]
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line:
            word, tag = line.split("\t")
            sentences[-1].append((word, tag))
        else:
            sentences.append([])
    found = []
    for sentence in sentences:
        for kind, start, end in get_entities([tag for _, tag in sentence]):
            assert kind == label
            found.append("".join(word for word, _ in sentence[start : end + 1]))
    bare = lambda words: "".join(words.split())
    known = {bare(words) for words in expected(label)}
    # A mark over several sentences begins in the first and goes on in the next.
    assert all(any(f in k for k in known) for f in found), (label, found)
    count += len(found)
done(f"{count} entities in four layers")
