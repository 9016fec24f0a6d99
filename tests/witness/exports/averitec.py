"""The rules of AVeriTeC, as measured on its published files, as a JSON Schema."""

import json

import jsonschema

from common import done, read

LABELS = ["Supported", "Refuted", "Not Enough Evidence", "Conflicting Evidence/Cherrypicking"]
TYPES = ["Event/Property Claim", "Numerical Claim", "Quote Verification", "Causal Claim", "Position Statement"]
STRATEGIES = ["Written Evidence", "Consultation", "Numerical Comparison", "Fact-checker Reference", "Satirical Source Identification"]
MEDIA = ["Web text", "PDF", "Metadata", "Web table", "Image/graphic", "Video", "Other", ""]
text, maybe = {"type": "string", "minLength": 1}, {"type": ["string", "null"]}
answer = {
    "type": "object",
    "required": ["answer", "answer_type", "source_url", "source_medium"],
    "additionalProperties": False,
    "properties": {
        "answer": text,
        "answer_type": {"enum": ["Extractive", "Abstractive", "Boolean", "Unanswerable"]},
        "boolean_explanation": text,
        "source_url": {"type": "string"},
        "cached_source_url": text,
        "source_medium": {"enum": MEDIA},
    },
    "allOf": [
        {
            "if": {"properties": {"answer_type": {"const": "Boolean"}}},
            "then": {"required": ["boolean_explanation"], "properties": {"answer": {"enum": ["Yes", "No"]}}},
            "else": {"not": {"required": ["boolean_explanation"]}},
        },
        {
            "if": {"properties": {"answer_type": {"const": "Unanswerable"}}},
            "then": {
                "properties": {"answer": {"const": "No answer could be found."}, "source_url": {"const": ""}},
                "not": {"required": ["cached_source_url"]},
            },
        },
    ],
}
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["claim", "required_reannotation", "label", "justification", "claim_date", "speaker", "original_claim_url",
                     "fact_checking_article", "reporting_source", "location_ISO_code", "claim_types",
                     "fact_checking_strategies", "questions"],
        "properties": {
            "claim": text,
            "required_reannotation": {"type": "boolean"},
            "label": {"enum": LABELS},
            "justification": {"type": "string"},
            "claim_date": {"type": "string", "pattern": "^[1-9][0-9]?-[1-9][0-9]?-[0-9]{4}$"},
            "speaker": maybe,
            "original_claim_url": maybe,
            "cached_original_claim_url": maybe,
            "fact_checking_article": text,
            "reporting_source": maybe,
            "location_ISO_code": {"type": ["string", "null"], "pattern": "^[A-Z]{2}$"},
            "claim_types": {"type": "array", "items": {"enum": TYPES}},
            "fact_checking_strategies": {"type": "array", "items": {"enum": STRATEGIES}},
            "questions": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": ["question", "answers"],
                    "properties": {"question": text, "answers": {"type": "array", "minItems": 1, "items": answer}},
                },
            },
        },
    },
}
claims = json.loads(read("averitec", ".json"))
jsonschema.validate(claims, SCHEMA)
broken = json.loads(json.dumps(claims))
broken[0]["questions"][0]["answers"][0]["answer_type"] = "Boolean"
assert list(jsonschema.Draft202012Validator(SCHEMA).iter_errors(broken))
done(f"{len(claims)} claims")
