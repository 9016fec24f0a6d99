"""dkpro-cassis reads the CAS as JSON and as XMI; covered text and references are the same in both."""

import cassis

from common import TEXT, LABELS, done, one, same

with open(one("xmi", "TypeSystem.xml"), "rb") as f:
    types = cassis.load_typesystem(f)
with open(one("xmi", ".xmi"), "rb") as f:
    xmi = cassis.load_cas_from_xmi(f, typesystem=types)
with open(one("cas-json", ".json"), "rb") as f:
    js = cassis.load_cas_from_json(f)
count = 0
for cas in (xmi, js):
    assert cas.sofa_string == TEXT
    for label in LABELS:
        marks = cas.select(f"claimdesk.{label}")
        same(label, [m.get_covered_text() for m in marks])
        count += len(marks)
    cue = next(m for m in cas.select("claimdesk.Cue") if m.get_covered_text() == "said" and m.said_by)
    assert cue.said_by.get_covered_text() in ("Mara Oduya", "Officials")
    assert cue.of.type.name == "claimdesk.Claim"
    claim = next(m for m in cas.select("claimdesk.Claim") if m.verification_status == "inaccurate")
    assert "\n" in claim.notes and claim.rating == "2"
    article = next(iter(cas.select("claimdesk.Article")))
    assert article.title == "Kell Bridge opens at last"
done(f"{count} annotations in two forms")
