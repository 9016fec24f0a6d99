"""PyLD expands the collection without losing a key, rdflib finds every selector, and each cuts out its quote."""

import json

import rdflib
from pyld import jsonld

from common import TEXT, LABELS, done, read, same

# The part of the W3C's context that the collection uses; the real one must not be fetched by a test.
CONTEXT = {
    "@context": {
        "oa": "http://www.w3.org/ns/oa#",
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "as": "http://www.w3.org/ns/activitystreams#",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "id": {"@type": "@id", "@id": "@id"},
        "type": {"@type": "@id", "@id": "@type"},
        "Annotation": "oa:Annotation",
        "TextualBody": "oa:TextualBody",
        "SpecificResource": "oa:SpecificResource",
        "TextQuoteSelector": "oa:TextQuoteSelector",
        "TextPositionSelector": "oa:TextPositionSelector",
        "Person": "foaf:Person",
        "Software": "as:Application",
        "AnnotationCollection": "as:OrderedCollection",
        "AnnotationPage": "as:OrderedCollectionPage",
        "body": {"@type": "@id", "@id": "oa:hasBody"},
        "target": {"@type": "@id", "@id": "oa:hasTarget"},
        "source": {"@type": "@id", "@id": "oa:hasSource"},
        "selector": {"@type": "@id", "@id": "oa:hasSelector"},
        "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
        "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
        "tagging": "oa:tagging",
        "classifying": "oa:classifying",
        "commenting": "oa:commenting",
        "linking": "oa:linking",
        "value": "rdf:value",
        "format": "dc:format",
        "created": {"@id": "dcterms:created", "@type": "xsd:dateTime"},
        "modified": {"@id": "dcterms:modified", "@type": "xsd:dateTime"},
        "creator": {"@type": "@id", "@id": "dcterms:creator"},
        "generator": {"@type": "@id", "@id": "as:generator"},
        "name": "foaf:name",
        "label": {"@id": "rdfs:label"},
        "start": {"@type": "xsd:nonNegativeInteger", "@id": "oa:start"},
        "end": {"@type": "xsd:nonNegativeInteger", "@id": "oa:end"},
        "exact": "oa:exact",
        "prefix": "oa:prefix",
        "suffix": "oa:suffix",
        "total": {"@type": "xsd:nonNegativeInteger", "@id": "as:totalItems"},
        "first": {"@type": "@id", "@id": "as:first"},
        "partOf": {"@type": "@id", "@id": "as:partOf"},
        "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
        "startIndex": {"@type": "xsd:nonNegativeInteger", "@id": "as:startIndex"},
    }
}


def load(url, options=None):
    assert url == "http://www.w3.org/ns/anno.jsonld", url
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": CONTEXT}


jsonld.set_document_loader(load)
UNITS = TEXT.encode("utf-16-le")
CUT = {
    "webannotation": lambda s, e: TEXT[s:e],
    "webannotation-utf16": lambda s, e: UNITS[2 * s : 2 * e].decode("utf-16-le"),
}
QUERY = """
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT ?annotation ?label ?exact ?start ?end WHERE {
  ?annotation a oa:Annotation ; oa:hasBody ?body ; oa:hasTarget ?target .
  ?body oa:hasPurpose oa:tagging ; rdf:value ?label .
  ?target oa:hasSelector ?quote, ?position .
  ?quote a oa:TextQuoteSelector ; oa:exact ?exact .
  ?position a oa:TextPositionSelector ; oa:start ?start ; oa:end ?end .
}"""


def keys(node, found):
    if isinstance(node, dict):
        if "@json" in (node.get("@type"),):
            return found
        for key, value in node.items():
            found.add(key)
            keys(value, found)
    elif isinstance(node, list):
        for value in node:
            keys(value, found)
    return found


count = 0
for folder, cut in CUT.items():
    document = json.loads(read(folder, ".jsonld"))
    expanded = jsonld.expand(document)
    relative = [k for k in keys(expanded, set()) if not k.startswith("@") and ":" not in k]
    assert not relative, relative
    assert "urn:claimdesk:ns:field" in keys(expanded, set())
    graph = rdflib.Graph()
    graph.parse(data=jsonld.to_rdf(document, {"format": "application/n-quads"}), format="nquads")
    rows = list(graph.query(QUERY))
    assert len({r.annotation for r in rows}) == document["total"]
    for label in LABELS:
        words = []
        for r in [r for r in rows if str(r.label) == label]:
            assert cut(int(r.start), int(r.end)) == str(r.exact), r
            assert r.start.datatype == rdflib.XSD.nonNegativeInteger
            words.append(str(r.exact))
        same(label, words)
    count += len(rows)
done(f"{count} selectors in two units")
