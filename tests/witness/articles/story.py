"""One article, and what must come out of it whatever file it stands in."""

TITLE = "Kell Bridge opens at last, four years late"
BYLINE = "By Šárka Čapková"
FIRST = (
    "The council of Kell approved 80 million crowns for the crossing in March 2021, its official minutes show, and the "
    "final account that the city published on Friday night puts the price at more than twice as much."
)
QUOTE = (
    "“This bridge has cost the city double what the council signed off,” said Mara Oduya, who leads the opposition and "
    "has sat on the finance committee since 2019."
)
DENIAL = (
    "Kell Ferry Operators denied on Monday that passenger numbers had fallen since the opening, and described the "
    "figures of the transportation authority as insufficiently differentiated."
)
LIGATURES = (
    "Five affluent citizens filed an objection to the floodlights in the office of the traffic commissioner, whose "
    "staff confirmed that the file is difficult to find; the naïve café owner Jürgen Weiß — a former official — paid "
    "€ 1,200 for his own copy."
)
ENGINEER = (
    "An engineer who inspected the foundations in the autumn said that the concrete met every requirement of the "
    "regulation, but that the responsibility for the misunderstanding lay with the administration, which had neither "
    "commissioned measurements nor published the documentation that had been requested by the neighbouring municipalities."
)
SUBHEAD = "Who pays for the crossing"
ITEMS = ["the city pays 60 per cent", "the region pays 30 per cent", "the rest is a loan"]
LAST = "The regional court will hear the case on 12 January, a spokeswoman for the court said."

PARAGRAPHS = [FIRST, QUOTE, DENIAL, LIGATURES, ENGINEER, LAST]
HEAD = "The Kell Post, Monday edition"

HTML = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{TITLE}</title><style>
@page {{ size: A4; margin: 25mm; @top-center {{ content: "{HEAD}"; font-size: 8pt }} @bottom-center {{ content: counter(page); font-size: 8pt }} }}
body {{ font-family: "DejaVu Serif", serif; font-size: 11pt; hyphens: auto; text-align: justify }} h1 {{ font-size: 20pt }}
COLUMNS</style></head><body><h1>{TITLE}</h1><p>{BYLINE}</p><div class="story"><p>{FIRST}</p><p>{QUOTE}</p><p>{DENIAL}</p>
<h2>{SUBHEAD}</h2><ul>{"".join(f"<li>{i}</li>" for i in ITEMS)}</ul><p>{LIGATURES}</p><p>{ENGINEER}</p>FILLER<p>{LAST}</p></div></body></html>"""

# Enough paragraphs, each its own, for some pages.
PLACES = "Arn Bel Cor Dun Elm Fen Gar Hol Ive Jun Kes Lor Mun Nor Orm Pel Quy Rin Sol Tor Ulm Ver Wen Yar Zel".split()
FILLER = [
    f"In {place} the mayor, who was elected in {1990 + n}, said that {n + 3} of the {40 + 7 * n} households had asked "
    f"for compensation, while the {['north', 'south', 'east', 'west'][n % 4]}ern district of {place} expects that the "
    "implementation of the agreement will take considerably longer than the administration had announced."
    for n, place in enumerate(PLACES)
]


def html(columns=False):
    style = ".story { columns: 2; column-gap: 8mm }" if columns else ""
    filler = "".join(f"<p>{p}</p>" for p in FILLER)
    return HTML.replace("COLUMNS", style).replace("FILLER", filler)
