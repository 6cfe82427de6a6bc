"""The role of every piece of a page between its title and its last note."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.articles.article import BlockKind
from pipelines.articles.asides import is_pointer
from pipelines.articles.bylines import read_bare_names, read_byline
from pipelines.articles.credits import is_about_author, is_caption, is_credit_note
from pipelines.articles.datelines import is_dateline
from pipelines.articles.features import Look, Seen, look_at
from pipelines.articles.front import is_section
from pipelines.articles.lexicon import fold
from pipelines.articles.lines import cut_lines
from pipelines.articles.page_metadata import PageMetadata
from pipelines.articles.page_pieces import Piece, squeeze
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
_LONGEST_LINE = 30
_SUMMARY_WORDS = 6
_MOST_LINKED, _ALL_LINKED = 0.5, 0.9
#: A label in one of these is read; elsewhere in the running text it is a table's cell or a button.
_LABELS_READ = frozenset({"li", "b", "strong", "dt", "pre", "code"})
#: A text of fewer letters may well return by chance.
_TELLING = 40
#: In a longer article repeats are not looked for: the time grows with the square of its length.
_LONGEST_COMPARED = 300_000


@dataclass(frozen=True, slots=True)
class Layout:
    """A page's pieces, which of them are running text, and where the article begins in them.

    `first` is the first paragraph of the running text, `repeats` the pieces of it that say what
    another one says; `in_gallery` is set where most of it stands below pictures.
    """

    pieces: Sequence[Piece]
    is_main: Sequence[bool]
    found: PageMetadata
    first: int
    repeats: frozenset[int]
    in_gallery: bool


def judge(
    pieces: Sequence[Piece], is_main: Sequence[bool], found: PageMetadata
) -> Iterator[tuple[BlockKind, str]]:
    """The kind and text of every piece that belongs to the article, its title first.

    Args:
        pieces: the page's pieces in order.
        is_main: which of them are running text; at least one is.
        found: the page's metadata.
    """
    main = [i for i, m in enumerate(is_main) if m]
    prose = (i for i in main if not pieces[i].is_heading and look_of(pieces[i].text) is Look.PROSE)
    first = next(prose, main[0])
    in_gallery = _is_gallery([pieces[i] for i in main])
    page = Layout(pieces, is_main, found, first, _repeats(pieces, main), in_gallery)
    title = found.metadata.title
    top = _find_title(pieces, first, title)
    if top is None and title:
        yield "title", title
    said = ""
    for index in range(main[0] if top is None else top, main[-1] + 1):
        kind: BlockKind | None = "title" if index == top else _kind(page, index)
        is_copy = not is_main[index] and pieces[index].letters in said
        if kind and not is_copy:
            said = pieces[index].letters
            yield kind, pieces[index].text
    for piece in pieces[main[-1] + 1 : main[-1] + 1 + _BEHIND]:
        if _is_note(piece, found):
            yield "author_note", piece.text


def look_of(text: str) -> Look:
    """What a piece looks like: as its longest line does."""
    return _look_at(text).look


def _look_at(text: str) -> Seen:
    return max(look_at(cut_lines(text)), key=lambda one: len(one.line.text))


def _find_title(pieces: Sequence[Piece], first: int, title: str | None) -> int | None:
    """The last piece above the running text that is the title, else the last main heading."""
    wanted = squeeze(title or "")
    above = list(enumerate(pieces[: first + 1]))
    same = [i for i, p in above if wanted and p.letters == wanted]
    headings = [i for i, p in above if "h1" in p.elements and len(p.text.split()) > 1]
    return same[-1] if same else next(reversed(headings), None)


def _kind(page: Layout, index: int) -> BlockKind | None:
    """The kind of a piece between title and end, None for what is the site's."""
    piece, is_main = page.pieces[index], page.is_main[index]
    look = look_of(piece.text)
    is_front = index < page.first + _FRONT
    if is_front and (kind := _front_kind(page, index, look)):
        return kind
    if _is_note(piece, page.found):
        return "author_note"
    if look in _SITE or index in page.repeats:
        return "boilerplate" if is_main else None
    if look is Look.OPENER or is_pointer(piece.text) or _is_teaser(piece, look):
        return "related" if is_main else None
    if not page.in_gallery and _is_caption(piece, is_main=is_main):
        return "caption"
    if is_main:
        return _main_kind(piece, look)
    if look not in _TEXT or piece.link_share > _MOST_LINKED or index < page.first:
        return None
    return "related" if "aside" in piece.hints else "boilerplate"


def _front_kind(page: Layout, index: int, look: Look) -> BlockKind | None:
    """Byline, date, dateline, section or summary, where the piece is one."""
    piece, n = page.pieces[index], len(page.pieces[index].text.split())
    line = piece.text.split("\n")[0]
    if n <= _LONGEST_LINE and look is not Look.PROSE:
        may_be_bare = "byline" in piece.hints or (page.is_main[index] and not piece.is_heading)
        if read_byline(line) or (may_be_bare and read_bare_names(line)):
            return "byline"
        if is_publication_line(piece.text) or ("date" in piece.hints and find_stamps(piece.text)):
            return "date"
        if is_dateline(piece.text):
            return "dateline"
    if index >= page.first:
        return None
    section = fold(page.found.section or "")
    if n <= _LONGEST_LINE and (is_section(_look_at(line)) or fold(piece.text) == section):
        return "section"
    return "summary" if n >= _SUMMARY_WORDS and _is_summary(page, index, look) else None


def _is_summary(page: Layout, index: int, look: Look) -> bool:
    """Whether a piece above the running text sums it up, as its markup or the metadata tells."""
    piece = page.pieces[index]
    said, mine = squeeze(page.found.summary or ""), piece.letters
    is_told = len(mine) >= _TELLING and (mine in said or (len(said) >= _TELLING and said in mine))
    is_long_heading = page.is_main[index] and piece.is_heading and look is Look.PROSE
    is_hinted = "summary" in piece.hints and look in (*_TEXT, Look.HEADLINE)
    return is_told or is_long_heading or is_hinted


def _is_caption(piece: Piece, *, is_main: bool) -> bool:
    """Whether a piece stands below a picture, or is a post that the article shows like one."""
    is_shown = piece.hints & {"caption", "post"} or (not is_main and "figure" in piece.elements)
    return bool(is_shown) or is_caption(piece.text, len(piece.text.split()))


def _is_gallery(main: Sequence[Piece]) -> bool:
    """Whether most of the running text stands below pictures."""
    below = sum(len(piece.text) for piece in main if "caption" in piece.hints)
    return 2 * below > sum(len(piece.text) for piece in main)


def _main_kind(piece: Piece, look: Look) -> BlockKind:
    """A piece of the running text."""
    if piece.is_heading:
        return "body" if look is Look.PROSE else "heading"
    is_stopped = piece.text.endswith(".") or not any(c.isalpha() for c in piece.text)
    if look is Look.LABEL and not is_stopped and not _LABELS_READ & set(piece.elements):
        is_alone = piece.elements[-1] == "p" and "td" not in piece.elements
        return "heading" if is_alone else "boilerplate"
    return "body"


def _is_note(piece: Piece, found: PageMetadata) -> bool:
    """Whether a piece tells who wrote the article, or whose work it uses."""
    text, n = piece.text, len(piece.text.split())
    return (
        is_credit_note(text, n)
        or is_about_author(text, found.metadata.authors)
        or ("note" in piece.hints and n >= _SUMMARY_WORDS)
    )


def _is_teaser(piece: Piece, look: Look) -> bool:
    """Whether a piece is nothing but a link with another article's headline."""
    is_cell = "td" in piece.elements
    return piece.link_share > _ALL_LINKED and look is Look.HEADLINE and not is_cell


def _repeats(pieces: Sequence[Piece], main: Sequence[int]) -> frozenset[int]:
    """The running text's pieces that another one says too: pull quotes, second copies."""
    letters = {index: pieces[index].letters for index in main}
    whole = "\n".join(["", *letters.values(), ""])
    if len(whole) > _LONGEST_COMPARED:
        return frozenset()
    repeats: set[int] = set()
    seen: set[str] = set()
    for index, mine in letters.items():
        if len(mine) < _TELLING:
            continue
        is_part = whole.count(mine) > 1 and whole.count(f"\n{mine}\n") == 1
        if mine in seen or is_part:
            repeats.add(index)
        seen.add(mine)
    return frozenset(repeats)
