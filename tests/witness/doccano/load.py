"""doccano's own importer takes both files of the export into a data base of its own; what it stored cuts out the same words
as our annotated JSON says, in the unit of its editor."""

import json
import os
import pathlib
import sys
import tempfile

ROOT = pathlib.Path(os.environ.get("CLAIMDESK_WITNESS", "target/witness"))
place = tempfile.mkdtemp()
os.environ.update(DJANGO_SETTINGS_MODULE="config.settings.base", DATABASE_URL=f"sqlite:///{place}/doccano.sqlite3", DOCCANO_HOME=place)
import backend  # noqa: E402

sys.path.insert(0, str(pathlib.Path(backend.__file__).parent))
import django  # noqa: E402

django.setup()
from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402

call_command("migrate", verbosity=0)
call_command("create_roles", verbosity=0)
from data_import.datasets import load_dataset  # noqa: E402
from data_import.pipeline.catalog import create_file_format  # noqa: E402
from data_import.pipeline.readers import FileName  # noqa: E402
from examples.models import Example  # noqa: E402
from labels.models import Relation, Span  # noqa: E402
from projects.models import SequenceLabelingProject  # noqa: E402

user = get_user_model().objects.create_user("checker")
own = json.loads(next((ROOT / "json").glob("*.json")).read_text(encoding="utf-8"))
text = own["article"]["text"]
units = text.encode("utf-16-le")
cut = lambda pairs: [text[s:e] for s, e in pairs]


def expected(label):
    words = []
    for claim in own["claims"]:
        if label == "Claim":
            for at in [claim["statement"], *claim["also_at"]]:
                words += cut(at["spans"])
        for said in claim["attributions"]:
            words += cut({"Source": said["source_span"], "Cue": said["cue"], "Content": said["content"]}.get(label, []))
    return sorted(words)


for name, relations in [("sequence-labelling.jsonl", False), ("relations.jsonl", True)]:
    project = SequenceLabelingProject.objects.create(
        name=name, project_type="SequenceLabeling", created_by=user, allow_overlapping=True, use_relation=relations
    )
    path = str(ROOT / "doccano" / name)
    task = "RelationExtraction" if relations else "SequenceLabeling"
    file = FileName(full_path=path, generated_name=path, upload_name=name)
    # "Auto" misreads the emoji; the manual says which encoding to choose.
    dataset = load_dataset(task, create_file_format("JSONL"), [file], project, encoding="utf_8")
    dataset.save(user, batch_size=100)
    assert not dataset.errors, [e.dict() for e in dataset.errors]
    example = Example.objects.get(project=project)
    assert example.text == text
    assert example.meta["claimdesk"]
    spans = list(Span.objects.filter(example=example))
    for label in ["Claim", "Source", "Cue", "Content"]:
        found = [s for s in spans if s.label.text == label]
        words = [units[2 * s.start_offset : 2 * s.end_offset].decode("utf-16-le") for s in found]
        # A project takes the same label on the same words once.
        assert sorted(set(words)) == sorted(set(expected(label))), (name, label, words)
    links = Relation.objects.filter(example=example)
    lines = json.loads((ROOT / "doccano" / name).read_text(encoding="utf-8"))
    assert len(links) == len(lines.get("relations", []))
    print(f"ok   {name}: {len(spans)} spans, {len(links)} relations in doccano")
