"""A page's title: its heading, linked data, `meta` and `title` elements reconciled."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from pipelines.articles.lexicon import fold
from pipelines.articles.page_linked_data import LinkedArticle
from pipelines.articles.page_pieces import Piece, squeeze
from pipelines.documents.decoding import clean

#: What divides a title from the site's name.
_DIVIDER = re.compile(r"\s+(?:[|•·*»«›‹:–—-]|::|\|\|)\s+|\s*\|\s*")
_CUT_OFF = re.compile(r"\s*(?:…|\.\.\.)$")
_MOST_WORDS, _MOST_PARTS = 60, 8
#: What a title says beyond so many characters is none.
_LONGEST = 1000
#: How much each witness counts. No two outvote any other two by chance: linked data is written for
#: the article alone, the `title` element settles its quarrels, the heading those of the rest.
_LINKED, _HEADING, _ELEMENT, _META, _NAME = 1.4, 1.3, 1.2, 0.9, 0.5
#: A title told for sharing has so many words at least, this share of them the heading's.
_SHARED_WORDS, _LEAST_SHARED = 5, 0.5


@dataclass(frozen=True, slots=True)
class TitleWitnesses:
    """What a page gives as its article's title, as written.

    `metas` are the `meta` elements' titles, the most trusted first; `element` is the page's own
    `title`, `headings` its main headings (`h1`), `subheadings` all headings.
    """

    linked: str | None
    name: str | None
    metas: tuple[str, ...]
    element: str | None
    headings: tuple[str, ...]
    subheadings: tuple[str, ...]


def title_witnesses(
    linked: LinkedArticle, metas: Sequence[str], element: str | None, pieces: Sequence[Piece]
) -> TitleWitnesses:
    """Gather a page's titles, those that are too long for one left out."""
    heads = [p for p in pieces if p.is_heading and _is_title(p.text)]
    return TitleWitnesses(
        linked=linked.title,
        name=linked.name,
        metas=tuple(dict.fromkeys(metas[:2])),
        element=element,
        headings=tuple(p.text for p in heads if "h1" in p.elements),
        subheadings=tuple(p.text for p in heads),
    )


def choose_title(told: TitleWitnesses, sites: frozenset[str]) -> str | None:
    """The title that most witnesses agree on, as the most trusted of them writes it.

    Witnesses agree where they have the same letters and digits. A heading counts only where
    another witness knows some of its words, since pages head menus and teasers the same way.

    Args:
        told: what the witnesses say.
        sites: the letters of the site's names, which are no part of a title.
    """
    whole = frozenset(squeeze(t) for t in (told.linked, *told.metas, *told.subheadings) if t)
    weighted = [
        (told.linked, _LINKED),
        (told.name, _NAME),
        *((meta, _META) for meta in told.metas),
        (told.element, _ELEMENT),
    ]
    others = [(_without_site(t, sites, whole), w) for t, w in weighted if t and t.strip()]
    texts = [text for text, _ in others]
    heading = _heading(told.headings, texts, sites)
    votes: dict[str, float] = defaultdict(float)
    spelling: dict[str, str] = {}
    for text, weight in [(heading, _HEADING), *others]:
        whole_text = _completed(text, [heading, *texts])
        votes[squeeze(whole_text)] += weight
        spelling.setdefault(squeeze(whole_text), " ".join(whole_text.split()))
    votes.pop("", None)
    if not votes:
        return None
    best = max(votes, key=lambda key: votes[key])
    is_one_field = votes[best] >= _LINKED + _HEADING + _ELEMENT
    retold = (t for t in spelling.values() if t in texts and squeeze(t) != best)
    meta = next(retold, "") if is_one_field else ""
    return meta if _is_retold(meta, spelling[best]) else spelling[best]


def _is_title(text: str) -> bool:
    return len(text) <= _LONGEST and len(text.split()) <= _MOST_WORDS


def _heading(headings: Sequence[str], others: Sequence[str], sites: frozenset[str]) -> str:
    """The main heading that the other witnesses know best, without a label before it."""
    known = frozenset(word for text in others for word in fold(text).split())
    named = [h for h in headings if squeeze(h) not in sites]
    known_ones = [h for h in named if not others or 3 * _n_shared(h, known) >= len(h.split())]
    heading = max(known_ones, key=lambda h: _n_shared(h, known), default="")
    letters = squeeze(heading)
    ends = (text for text in others if 2 * len(squeeze(text)) > len(letters))
    return next((text for text in ends if letters.endswith(squeeze(text))), heading)


def _n_shared(text: str, known: frozenset[str]) -> int:
    return sum(word in known for word in fold(text).split())


def _completed(text: str, others: Sequence[str]) -> str:
    """A title that was cut off (“… in the north of …”) as another witness gives it whole."""
    cut = _CUT_OFF.search(text)
    if not cut:
        return text
    begun = squeeze(text[: cut.start()])
    return next((t for t in others if t != text and squeeze(t).startswith(begun)), text)


def _is_retold(meta: str, title: str) -> bool:
    """Whether a title told for sharing is another wording of the article's, not a site's name.

    Where heading, linked data and `title` element are alike, a site has filled all three from one
    field, and a wording of its own for sharing is what an editor last wrote.
    """
    words = fold(meta).split()
    if len(words) < _SHARED_WORDS or _CUT_OFF.search(meta):
        return False
    return _n_shared(meta, frozenset(fold(title).split())) >= _LEAST_SHARED * len(words)


def _without_site(title: str, sites: frozenset[str], whole: frozenset[str]) -> str:
    """A title without the site's name or section before or behind it.

    A part is cut off where it is the site's name, where the rest is a title that another witness
    gives whole, or where a bar divides it.
    """
    title = " ".join(clean(title[:_LONGEST]).split())
    parts = _DIVIDER.split(title, maxsplit=_MOST_PARTS)
    spans = combinations(range(len(parts) + 1), 2)
    rests = (_join(title, parts[i:j]) for i, j in spans if j - i < len(parts))
    if told := max((rest for rest in rests if squeeze(rest) in whole), key=len, default=""):
        return told
    while len(parts) > 1 and (squeeze(parts[-1]) in sites or "|" in _divider(title, parts[-1])):
        parts = parts[:-1]
        title = _join(title, parts)
    if len(parts) > 1 and squeeze(parts[0]) in sites:
        title = _join(title, parts[1:])
    return title


def _join(title: str, parts: Sequence[str]) -> str:
    """The stretch of a title that its first or last parts make up."""
    start = title.find(parts[0]) if title.startswith(parts[0]) else title.rfind(parts[0])
    end = title.find(parts[-1], start) + len(parts[-1])
    return title[start:end]


def _divider(title: str, last: str) -> str:
    """What divides the last part of a title from the rest."""
    return title[: len(title) - len(last)].rstrip()[-2:]
