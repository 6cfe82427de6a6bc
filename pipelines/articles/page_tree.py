"""A page's HTML becomes a tree, within bounds that hostile pages cannot break."""

import re
from dataclasses import dataclass

from lxml import etree, html

from pipelines.documents.decoding import clean

#: Elements whose content is no text of the page, and comments: cut out before parsing, since one
#: of them may be larger than everything else, and the parser drops what follows a huge one.
_CUT = re.compile(r"<(?:(script|style|svg|template|iframe)\b|(!--))", re.IGNORECASE)
_LINKED_DATA = re.compile(r"<script\b[^>]{0,500}?application/ld\+json", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_TAG = re.compile(r"<[/!?a-zA-Z][^<>]*>")
#: The parser's time grows with the square of an element's attributes: a tag so long loses them.
_LONG_TAG = re.compile(r"<([a-zA-Z][\w:-]*+)[^<>]{5000,}+>")
#: The parser gives up below this depth; a page that comes near it has lost text.
_DEEPEST = 240
#: Finding the main text takes time with every element, half a millisecond at worst.
_MOST_ELEMENTS = 20_000
#: The parser drops a stretch of text longer than ten million characters.
_LARGEST = 8_000_000
_LONGEST_LINKED_DATA, _MOST_LINKED_DATA = 2_000_000, 40


@dataclass(frozen=True, slots=True)
class Source:
    """A page's HTML without scripts and the like, and the linked data (JSON-LD) that it held."""

    html: str
    linked_data: tuple[str, ...]


def split_source(page: str) -> Source:
    """Cut scripts, styles, drawings and comments out of a page, keeping its linked data.

    An element that is never closed is left in place: a truncated page keeps its text.
    """
    page = _LONG_TAG.sub(r"<\1>", _DECLARATION.sub("", clean(page)))
    kept: list[str] = []
    linked_data: list[str] = []
    never_closed: set[str] = set()
    position = 0
    for match in _CUT.finditer(page):
        name = (match[1] or "--").casefold()
        if match.start() < position or name in never_closed:
            continue
        closer = _closer(name).search(page, match.end())
        if closer is None:
            never_closed.add(name)
            continue
        kept.append(page[position : match.start()])
        if _LINKED_DATA.match(page, match.start()):
            opened = page.find(">", match.end(), closer.start()) + 1
            linked_data.append(page[opened : closer.start()][:_LONGEST_LINKED_DATA])
        position = closer.end()
    kept.append(page[position:])
    return Source(" ".join(kept), tuple(linked_data[:_MOST_LINKED_DATA]))


def parse_tree(source: Source) -> html.HtmlElement | None:
    """The page's tree, None where it is empty or outgrows what can be read whole."""
    if len(source.html) > _LARGEST:
        return None
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False
    )
    try:
        tree = html.document_fromstring(source.html.encode(), parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    elements = depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        elements += event == "start"
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST or elements > _MOST_ELEMENTS:
            return None
    return tree


def strip_tags(source: Source) -> str:
    """The text between the tags, for a page that is too hostile to be parsed."""
    import html as entities

    lines = (" ".join(line.split()) for line in _TAG.sub("\n", source.html).split("\n"))
    return clean(entities.unescape("\n".join(line for line in lines if line)))


def _closer(name: str) -> re.Pattern[str]:
    return re.compile("-->" if name == "--" else rf"</{name}\s*>", re.IGNORECASE)
