#!/usr/bin/env python3
"""An example of an external proposer for claimdesk: every sentence with a number in it, and who is quoted there.

In the configuration (`claimdesk paths` says where it is):

    [proposer]
    name = "numbers"
    command = ["python3", "/where/it/is/proposer.py"]
    timeout = 10

It reads one JSON object from standard input:

    {"format": "claimdesk.article", "version": 1, "language": "en", "text": "…", "blocks": [{"start", "end", "block"}…]}

and writes one to standard output, in the form of a line of `claimdesk propose --batch`: statements, attributions, sources.
Every offset counts Unicode characters of the text, as Python's own strings do. What is left out takes its default. Standard
error may say what went wrong; its last line is shown when the program ends with an error.
"""
import json
import re
import sys

SENTENCE = re.compile(r"[^.!?]+[.!?]+[”\"»]?|[^.!?]+$")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
SAID = re.compile(r"[“\"](?P<content>[^”\"]+)[”\"],? (?P<cue>said|says) (?P<source>[A-Z]\w+(?: [A-Z]\w+)*)")


def proposals(article):
    text = article["text"]
    statements, attributions, sources = [], [], {}
    for block in article["blocks"]:
        if block["block"] not in ("paragraph", "list_item", "quote_block"):
            continue
        for found in SENTENCE.finditer(text, block["start"], block["end"]):
            words = found.group()
            number = NUMBER.search(words)
            if not number:
                continue
            start = found.start() + len(words) - len(words.lstrip())
            statement = f"s{len(statements)}"
            statements.append(
                {
                    "id": statement,
                    "spans": [[start, found.end()]],
                    "check_worthiness": "high",
                    "claim_type": "numerical",
                    "why": f"holds a number (“{number.group()}”)",
                }
            )
            said = SAID.search(text, start, found.end())
            if not said:
                continue
            name = said["source"]
            source = sources.setdefault(name, {"id": name, "name": name, "type": "person", "mentions": []})
            source["mentions"].append(list(said.span("source")))
            attributions.append(
                {
                    "id": f"a{len(attributions)}",
                    "statement": statement,
                    "source": [list(said.span("source"))],
                    "cue": [list(said.span("cue"))],
                    "content": [list(said.span("content"))],
                    "type": "direct",
                    "stance": "asserts",
                    "certainty": "certain",
                    "source_record": name,
                    "rule": "quote-said",
                    "why": f"quotation, then “{said['cue']}”",
                }
            )
    return {"statements": statements, "attributions": attributions, "sources": list(sources.values())}


if __name__ == "__main__":
    json.dump(proposals(json.load(sys.stdin)), sys.stdout)
