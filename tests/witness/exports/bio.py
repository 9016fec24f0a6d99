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
            whole = start > 0 and end + 1 < len(sentence)
            found.append(("".join(word for word, _ in sentence[start : end + 1]), whole))
    bare = lambda words: "".join(words.split())
    known = {bare(words) for words in expected(label)}
    # Only a mark over several sentences may be there in parts, which end where the sentence does.
    for words, whole in found:
        assert words in known or not whole and any(words in k for k in known), (label, words)
    count += len(found)
done(f"{count} entities in four layers")
