"""srsly reads the task; spaCy finds every span on our tokens, with the token numbers that the task names."""

import spacy
import srsly
from spacy.tokens import Doc

from common import TEXT, LABELS, done, one, same

tasks = list(srsly.read_jsonl(one("prodigy", ".jsonl")))
assert len(tasks) == 1
task = tasks[0]
assert task["text"] == TEXT
nlp = spacy.blank("en")
doc = Doc(nlp.vocab, words=[t["text"] for t in task["tokens"]], spaces=[t["ws"] for t in task["tokens"]])
assert doc.text == TEXT
for token, ours in zip(doc, task["tokens"]):
    assert token.idx == ours["start"] and token.i == ours["id"]
for label in LABELS:
    words = []
    for s in [s for s in task["spans"] if s["label"] == label]:
        span = doc.char_span(s["start"], s["end"])
        assert span is not None, s
        assert (span.start, span.end - 1) == (s["token_start"], s["token_end"]), s
        words.append(span.text)
    same(label, words)
for r in task["relations"]:
    assert r["head"] == r["head_span"]["token_end"] and r["child"] == r["child_span"]["token_end"]
done(f"{len(doc)} tokens, {len(task['spans'])} spans, {len(task['relations'])} relations")
