"""Public claims with all that their pages show, and what stands on a page."""

import re
from html import unescape

from tests.claims import make

TEXT = (
    "Ferry counts rise at Saltmere\n\n"
    "The quay was full. The harbour office counted 3.74 million passengers in 2030, "
    "Lena Ortiz said.\nCrews were not counted.\n\n"
    "The town hopes for more.\n"
)
SHOWN = {"status": "accepted", "voice_status": "confirmed"}
LISTS = ("speakers", "articles", "outlets", "topics")


def spoken(policy="passage", *, published="2031-03-11", outlet="The Saltmere Courier", **fields):
    """Return a public claim of Lena Ortiz, who cites the harbour office, in a new article."""
    paper = make.outlet(outlet, text_policy=policy)
    article = make.article(TEXT + published, outlet=paper, published=published)
    lena = make.speaker("Lena Ortiz", privacy="public")
    office = make.speaker("Saltmere Harbour Office", kind="organisation")
    near = make.attribution(article, lena)
    far = make.attribution(article, office, source="harbour office", cue="counted", parent=near)
    return make.claim(article, voices=[near, far], **(SHOWN | fields))


def words(answer):
    """Return the text of a page, without tags, blanks put together."""
    body = answer.content.decode()
    body = body[body.index("<main") :]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def addresses(claim):
    return [
        f"/claims/{claim.uid}",
        f"/claims/{claim.uid}/v{claim.version}",
        f"/speakers/{claim.speaker.uid}",
        f"/articles/{claim.article.uid}",
        f"/outlets/{claim.outlet_id}",
        "/topics/on-record/transport",
        *(f"/{name}" for name in LISTS),
        "/corrections",
        f"/report/claim/{claim.uid}",
    ]
