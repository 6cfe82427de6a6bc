"""Every figure with its name, in the order in which they are read; other modules print them."""

from collections.abc import Iterator
from dataclasses import dataclass

from expectations.accuracy.ratios import PrecisionRecall, Ratio
from expectations.accuracy.reliability import Bin
from expectations.accuracy.scoring import Figures


@dataclass(frozen=True, slots=True)
class Mean:
    """Precision and recall that are means over `of` things, `unit` says of what."""

    precision: float
    recall: float
    f1: float
    of: int
    unit: str


@dataclass(frozen=True, slots=True)
class Share:
    """A figure from 0 to 1 that is not out of anything countable."""

    value: float


#: What a figure is called, and the figure.
Line = tuple[str, Ratio | PrecisionRecall | Mean | Share]


@dataclass(frozen=True, slots=True)
class Section:
    """Figures of one layer; those out of nothing are left out."""

    title: str
    lines: tuple[Line, ...]


def sections(figures: Figures) -> list[Section]:
    """All sections that hold a figure."""
    all_sections = [
        ("Quotes (found: half of the letters shared)", _quotes(figures)),
        ("Speakers (by full name)", _speakers(figures)),
        ("Hard cases: found", _cases(figures, "found")),
        ("Hard cases: speaker right, of all", _cases(figures, "right")),
        ("Hard cases: speaker wrong, of all", _cases(figures, "wrong")),
        ("No quotes, left alone", _left_alone(figures)),
        ("Sourced statements", _statements(figures)),
        ("Quoted pieces", _pieces(figures)),
        ("Dates (TempEval-3)", _dates(figures)),
        ("Entities (exact span and class)", _entities(figures)),
        ("Names and pronouns of one thing", _coreference(figures)),
        ("Mentions led to the right full name", _naming(figures)),
        ("Blocks (letters with the right kind)", _blocks(figures)),
        ("Title, authors, day and body", _metadata(figures)),
        ("Speakers that are right, by confidence", _bins(figures.reliability)),
        ("Dates that are right, by confidence", _bins(figures.date_reliability)),
        ("Mentions that are right, by confidence", _bins(figures.mention_reliability)),
    ]
    told = [
        (title, tuple(line for line in lines if _is_told(line))) for title, lines in all_sections
    ]
    return [Section(title, lines) for title, lines in told if lines]


def _is_told(line: Line) -> bool:
    match line[1]:
        case Ratio(of=of) | Mean(of=of):
            return of > 0
        case PrecisionRecall(precision=precision, recall=recall):
            return bool(precision.of or recall.of)
    return True


def _quotes(figures: Figures) -> Iterator[Line]:
    if (quotes := figures.quotes) is not None:
        for name, kind in (
            ("direct", quotes.direct),
            ("mixed", quotes.mixed),
            ("indirect", quotes.indirect),
        ):
            yield name, kind.found
            yield f"{name}: right speaker", kind.speaker
        yield "right full name", quotes.resolved
        yield "no quotes, left alone", quotes.left_alone
    if (verbatim := figures.verbatim) is not None:
        yield "letters in marks", verbatim.found
        yield "letters: attributed", verbatim.attributed
        yield "letters: misattributed", verbatim.misattributed


def _speakers(figures: Figures) -> Iterator[Line]:
    if (speakers := figures.speakers) is not None:
        yield "named, of all with a name", speakers.named
        yield "misnamed, of all", speakers.misnamed
        yield "nobody named, where nobody is", speakers.nobody
        yield "cue, of found", speakers.cues
        yield "when it was said", speakers.when


def _cases(figures: Figures, part: str) -> Iterator[Line]:
    if (speakers := figures.speakers) is not None:
        for case, judged in speakers.cases.items():
            yield case, {"found": judged.found, "right": judged.right, "wrong": judged.wrong}[part]


def _left_alone(figures: Figures) -> Iterator[Line]:
    if (speakers := figures.speakers) is not None:
        yield from speakers.left_alone.items()


def _statements(figures: Figures) -> Iterator[Line]:
    if (statements := figures.statements) is not None:
        yield "found", statements.found
        yield "resolved", statements.resolved
        yield "misnamed", statements.misnamed


def _pieces(figures: Figures) -> Iterator[Line]:
    if (pieces := figures.pieces) is not None:
        yield "recall", pieces.recall
        yield "named", pieces.named
        yield "misnamed", pieces.misnamed
        yield "precision", pieces.precision
        yield "confident", pieces.confident
        yield "confident and right", pieces.confident_right
        if figures.speakers is None:
            for doc_id, share in pieces.documents.items():
                yield f"named in {doc_id}", share


def _dates(figures: Figures) -> Iterator[Line]:
    if (dates := figures.dates) is not None:
        yield "overlapping", dates.relaxed
        yield "exact", dates.strict
        if dates.values.of:
            yield "right value, of found", dates.values
            yield "value f1", Share(dates.value_f1)


def _entities(figures: Figures) -> Iterator[Line]:
    if (entities := figures.entities) is not None:
        yield "PER", entities.persons
        yield "ORG", entities.organisations
        yield "LOC", entities.places
        yield "all", entities.all


def _coreference(figures: Figures) -> Iterator[Line]:
    if (found := figures.coreference) is not None:
        names = found.names
        yield (
            "B³ in an article",
            Mean(names.precision, names.recall, names.f1, names.n_mentions, "names"),
        )
        yield "names aligned", found.aligned
        yield "across articles", found.links
        yield "pronouns: right, of given", found.pronouns
        yield "pronouns: given an entity", found.pronouns_given
        yield "roles: right, of given", found.roles


def _naming(figures: Figures) -> Iterator[Line]:
    if (naming := figures.naming) is not None:
        yield "names", naming.names
        yield "roles and pronouns", naming.others
        yield "misnamed, of all", naming.misnamed


def _blocks(figures: Figures) -> Iterator[Line]:
    if (blocks := figures.blocks) is not None:
        yield "all kinds", blocks.right
        yield from blocks.kinds.items()


def _metadata(figures: Figures) -> Iterator[Line]:
    if (metadata := figures.metadata) is not None:
        yield "title", metadata.title
        yield "authors", metadata.authors
        yield "published", metadata.published
        yield "published, of days given", metadata.published_said
    if (bodies := figures.bodies) is not None:
        yield "body", Mean(bodies.precision, bodies.recall, bodies.f1, bodies.n_bodies, "bodies")
        yield "body: parts kept", bodies.included
        yield "body: parts left out", bodies.excluded


def _bins(bins: tuple[Bin, ...]) -> Iterator[Line]:
    for row in bins:
        yield f"{row.lower:.1f} to {row.upper:.1f}", row.right
