"""The role of every piece of a page between its title and its last note."""

from collections.abc import Iterator, Sequence

from pipelines.articles.article import BlockKind
from pipelines.articles.bylines import read_bare_names, read_byline
from pipelines.articles.credits import is_about_author, is_caption, is_credit_note
from pipelines.articles.datelines import is_dateline
from pipelines.articles.features import Look, look_at
from pipelines.articles.front import is_section
from pipelines.articles.lexicon import fold, is_entry
from pipelines.articles.lines import cut_lines
from pipelines.articles.page_main import squeeze
from pipelines.articles.page_metadata import PageMetadata
from pipelines.articles.page_pieces import Piece
from pipelines.articles.stamps import find_stamps, is_publication_line

_SITE = frozenset(
    {Look.FURNITURE, Look.AD_SLOT, Look.COUNTER, Look.RIGHTS, Look.CLOSER, Look.COMMENTS}
    | {Look.SYMBOLS}
)
_TEXT = (Look.PROSE, Look.SENTENCE)
#: A byline or date stands above the running text or among its first pieces.
_FRONT = 3
#: Notes about the article stand so near behind its last paragraph.
_BEHIND = 6
_POINTER_WORDS, _LONGEST_LINE = 4, 30
_SUMMARY_WORDS = 6
#: A text of fewer letters may well return by chance.
_TELLING = 40
#: In a longer article repeats are not looked for: the time grows with the square of its length.
_LONGEST_COMPARED = 300_000


def judge(
    pieces: Sequence[Piece], is_main: Sequence[bool], found: PageMetadata
) -> Iterator[tuple[BlockKind, str]]:
    """The kind and text of every piece that belongs to the article, its title first.

    Args:
        pieces: the page's pieces in order.
        is_main: which of them are running text; at least one is.
        found: the page's metadata.
    """
    looks = [look_of(p.text) if m else None for p, m in zip(pieces, is_main, strict=True)]
    main = [i for i, m in enumerate(is_main) if m]
    first = next((i for i in main if looks[i] is Look.PROSE), main[0])
    title = found.metadata.title
    top = _find_title(pieces, first, title)
    if top is None and title:
        yield "title", title
    repeats = _repeats(pieces, is_main)
    start = min(first, main[0]) if top is None else top
    for index in range(start, main[-1] + 1):
        piece = pieces[index]
        if index == top:
            yield "title", piece.text
        elif kind := _kind(piece, is_main[index], index, first, repeats, found):
            yield kind, piece.text
    for piece in pieces[main[-1] + 1 : main[-1] + 1 + _BEHIND]:
        if _is_note(piece, found):
            yield "author_note", piece.text


def look_of(text: str) -> Look:
    """What a piece looks like: as its longest line does."""
    seen = look_at(cut_lines(text))
    return max(seen, key=lambda one: len(one.line.text)).look if seen else Look.SYMBOLS


def _find_title(pieces: Sequence[Piece], first: int, title: str | None) -> int | None:
    """The last piece above the running text that is the title, else the last main heading."""
    wanted = squeeze(title or "")
    above = list(enumerate(pieces[: first + 1]))
    same = [i for i, p in above if wanted and squeeze(p.text) == wanted]
    headings = [i for i, p in above if "h1" in p.elements and len(p.text.split()) > 1]
    return same[-1] if same else next(reversed(headings), None)


def _kind(
    piece: Piece,
    is_main: bool,
    index: int,
    first: int,
    repeats: frozenset[int],
    found: PageMetadata,
) -> BlockKind | None:
    """The kind of a piece between title and end, None for what is the site's."""
    look = look_of(piece.text)
    is_front = index < first + _FRONT
    if is_front and (kind := _front_kind(piece, look, index < first, found)):
        return kind
    if _is_note(piece, found):
        return "author_note"
    if look in _SITE or index in repeats:
        return "boilerplate" if is_main else None
    if look is Look.OPENER or _is_pointer(piece):
        return "related" if is_main else None
    if "caption" in piece.hints or (not is_main and "figure" in piece.elements):
        return "caption"
    if is_main:
        return _main_kind(piece, look)
    if look not in _TEXT or piece.link_share > 0.5 or index < first:
        return None
    return "related" if "aside" in piece.hints else "boilerplate"


def _front_kind(
    piece: Piece, look: Look, is_above: bool, found: PageMetadata
) -> BlockKind | None:
    """Byline, date, dateline, section or summary, where the piece is one."""
    text, n = piece.text, len(piece.text.split())
    if n > _LONGEST_LINE and not is_above:
        return None
    line = text.split("\n")[0]
    if n <= _LONGEST_LINE and look is not Look.PROSE:
        if read_byline(line) or ("byline" in piece.hints and read_bare_names(line)):
            return "byline"
        if is_publication_line(text) or ("date" in piece.hints and find_stamps(text)):
            return "date"
        if is_dateline(text):
            return "dateline"
    if not is_above:
        return None
    if is_section(look_at(cut_lines(line))[0]) or fold(text) == fold(found.section or ""):
        return "section"
    said = squeeze(found.summary or "")
    mine = squeeze(text)
    is_told = len(mine) >= _TELLING and (mine in said or (said and said in mine))
    is_hinted = "summary" in piece.hints and look in (*_TEXT, Look.HEADLINE)
    return "summary" if n >= _SUMMARY_WORDS and (is_told or is_hinted) else None


def _main_kind(piece: Piece, look: Look) -> BlockKind:
    """A piece of the running text."""
    if piece.is_heading:
        return "heading"
    if look is Look.LABEL and not {"li", "b", "strong", "dt"} & set(piece.elements):
        return "boilerplate"
    return "body"


def _is_note(piece: Piece, found: PageMetadata) -> bool:
    """Whether a piece tells who wrote the article, or whose work it uses."""
    text, n = piece.text, len(piece.text.split())
    return (
        is_credit_note(text, n)
        or is_about_author(text, found.metadata.authors)
        or ("note" in piece.hints and n >= _SUMMARY_WORDS)
    )


def _is_pointer(piece: Piece) -> bool:
    """Whether a piece points to another article: “Read more: …”."""
    head, colon, _ = piece.text.partition(":")
    folded = fold(head)
    if not colon or len(head.split()) > _POINTER_WORDS or len(piece.text.split()) > _LONGEST_LINE:
        return False
    return is_entry(folded, "page_pointers.txt") or is_entry(folded, "related_openers.txt")


def _repeats(pieces: Sequence[Piece], is_main: Sequence[bool]) -> frozenset[int]:
    """The running text's pieces that another one says too: pull quotes, second copies."""
    letters = {i: squeeze(pieces[i].text) for i, m in enumerate(is_main) if m}
    whole = "\n".join(letters.values())
    if len(whole) > _LONGEST_COMPARED:
        return frozenset()
    repeats: set[int] = set()
    seen: set[str] = set()
    for index, mine in letters.items():
        if len(mine) < _TELLING:
            continue
        is_part = whole.count(mine) > 1 and f"\n{whole}\n".count(f"\n{mine}\n") == 1
        if mine in seen or is_part:
            repeats.add(index)
        seen.add(mine)
    return frozenset(repeats)
