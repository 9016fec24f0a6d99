"""label-studio-sdk takes the configuration, every prediction and annotation, and converts the tasks."""

import json
import pathlib
import tempfile

from label_studio_sdk.label_interface import LabelInterface
from label_studio_sdk.converter import Converter

from common import TEXT, LABELS, done, read, same

config = read("label-studio", ".xml")
tasks = json.loads(read("label-studio", "tasks.json"))
interface = LabelInterface(config)
task = tasks[0]
for part in ("annotations", "predictions"):
    for work in task[part]:
        errors = interface.validate_prediction({"model_version": "x", "score": 1.0, "result": work["result"]}, return_errors=True)
        assert errors == [], errors
wrong = {"model_version": "x", "score": 1.0, "result": [dict(task["annotations"][0]["result"][0], from_name="nothing")]}
assert interface.validate_prediction(wrong, return_errors=True), "the gate must catch a wrong name"
results = task["annotations"][0]["result"]
for label in LABELS:
    # What is not decided yet is a prediction.
    found = task["predictions"][0]["result"] if label == "Statement" else results
    regions = [r["value"] for r in found if r["type"] == "labels" and r["value"]["labels"] == [label]]
    assert all(TEXT[v["start"] : v["end"]] == v["text"] for v in regions)
    same(label, [v["text"] for v in regions])
with tempfile.TemporaryDirectory() as folder:
    # A server gives tasks and annotations their numbers; the converter wants them.
    numbered = pathlib.Path(folder) / "tasks.json"
    work = dict(task, id=1, annotations=[dict(task["annotations"][0], id=1)])
    numbered.write_text(json.dumps([work]))
    out = pathlib.Path(folder) / "out"
    converter = Converter(config, None, download_resources=False)
    converter.convert_to_json_min(str(numbered), str(out), is_dir=False)
    converter.convert_to_conll2003(str(numbered), str(out), is_dir=False)
    written = sorted(p.name for p in out.iterdir())
assert written, "the converter writes"
done(f"{len(results)} results; converted to {', '.join(written)}")
