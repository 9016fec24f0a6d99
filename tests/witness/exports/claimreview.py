"""extruct finds every embedded review; a walk over the schema.org terms used finds none that is unknown or misplaced."""

import json

import extruct

from common import done, read

# Property -> (on which types, which types or values it takes), from the schema.org 30.0 release.
TERMS = {
    "url": ({"Thing"}, {"URL"}),
    "name": ({"Thing"}, {"Text"}),
    "sameAs": ({"Thing"}, {"URL"}),
    "alternateName": ({"Thing"}, {"Text"}),
    "inLanguage": ({"CreativeWork"}, {"Text"}),
    "datePublished": ({"CreativeWork"}, {"Date"}),
    "author": ({"CreativeWork", "Rating"}, {"Organization", "Person"}),
    "text": ({"CreativeWork"}, {"Text"}),
    "headline": ({"CreativeWork"}, {"Text"}),
    "itemReviewed": ({"Review"}, {"Thing"}),
    "reviewRating": ({"Review"}, {"Rating"}),
    "claimReviewed": ({"ClaimReview"}, {"Text"}),
    "appearance": ({"Claim"}, {"CreativeWork"}),
    "jobTitle": ({"Person"}, {"Text"}),
    "affiliation": ({"Person"}, {"Organization"}),
    "ratingValue": ({"Rating"}, {"Number"}),
    "bestRating": ({"Rating"}, {"Number"}),
    "worstRating": ({"Rating"}, {"Number"}),
    "ratingExplanation": ({"Rating"}, {"Text"}),
}
UP = {
    "ClaimReview": "Review", "Review": "CreativeWork", "Claim": "CreativeWork", "NewsArticle": "CreativeWork",
    "CreativeWork": "Thing", "Person": "Thing", "Organization": "Thing", "Rating": "Thing",
}


def line(kind):
    while kind:
        yield kind
        kind = UP.get(kind)


def walk(node, path):
    kind = node["@type"]
    assert kind in UP, (path, kind)
    for key, value in node.items():
        if key.startswith("@"):
            continue
        assert key in TERMS, (path, key)
        on, takes = TERMS[key]
        assert on & set(line(kind)), f"{path}.{key} stands on a {kind}"
        for v in value if isinstance(value, list) else [value]:
            if isinstance(v, dict):
                assert takes & set(line(v["@type"])), f"{path}.{key} is a {v['@type']}"
                walk(v, f"{path}.{key}")
            elif isinstance(v, int):
                assert "Number" in takes, (path, key)
            else:
                assert takes & {"Text", "URL", "Date"}, (path, key)
                assert "URL" not in takes or (v.startswith("https://") and "," not in v and " " not in v), v


reviews = json.loads(read("claimreview", ".json"))
html = "<html><body>" + read("claimreview-embed", ".html") + "</body></html>"
found = extruct.extract(html, syntaxes=["json-ld"])["json-ld"]
assert found == reviews and len(found) >= 2
for review in reviews:
    assert review["@type"] == "ClaimReview"
    walk(review, "review")
    rating = review["reviewRating"]
    numbers = [rating.get(k) for k in ("ratingValue", "bestRating", "worstRating")]
    assert numbers == [None] * 3 or all(isinstance(n, int) for n in numbers)
wrong = json.loads(json.dumps(reviews[0]))
wrong["reviewRating"]["jobTitle"] = "x"
try:
    walk(wrong, "review")
except AssertionError:
    pass
else:
    raise SystemExit("the walk must catch a property on the wrong type")
done(f"{len(found)} reviews")
