"""Figures as a table to read in a terminal."""

from collections.abc import Iterator

from expectations.accuracy.ratios import PrecisionRecall, Ratio
from expectations.accuracy.scoring import Figures

#: What a figure is called, and the figure.
Line = tuple[str, str]


def render(figures: Figures) -> str:
    """Every figure with what it is out of, in plain text; shares from 0 to 1."""
    sections = [
        ("Quotes (found: half of the letters shared)", list(_quotes(figures))),
        ("Sourced statements", list(_statements(figures))),
        ("Quoted pieces on web pages", list(_pieces(figures))),
        ("Dates (TempEval-3)", list(_dates(figures))),
        ("Entities (exact span and class)", list(_entities(figures))),
        ("Names and pronouns of one thing", list(_coreference(figures))),
        ("Title, authors, day and body", list(_metadata(figures))),
        ("Speakers that are right, by confidence", list(_reliability(figures))),
    ]
    width = max((len(name) for _, lines in sections for name, _ in lines), default=0)
    blocks = [_head(figures)]
    for title, lines in sections:
        if lines:
            blocks.append("\n".join([title, *(f"  {name:{width}}  {v}" for name, v in lines)]))
    return "\n\n".join(blocks) + "\n"


def _head(figures: Figures) -> str:
    head = f"{figures.n_articles} of {figures.n_documents} documents have an article"
    if figures.n_other_texts:
        head += (
            f"; the text of {figures.n_other_texts} is not the gold's, "
            "so their offsets do not compare"
        )
    return head


def _quotes(figures: Figures) -> Iterator[Line]:
    if (quotes := figures.quotes) is not None:
        for name, kind in (
            ("direct", quotes.direct),
            ("mixed", quotes.mixed),
            ("indirect", quotes.indirect),
        ):
            yield from _both((name, kind.found))
            yield from _shares((f"{name}: right speaker", kind.speaker))
        yield from _shares(
            ("right full name", quotes.resolved), ("no quotes, left alone", quotes.left_alone)
        )
    if (verbatim := figures.verbatim) is not None:
        yield from _both(("letters in marks", verbatim.found))
        yield from _shares(
            ("letters: attributed", verbatim.attributed),
            ("letters: misattributed", verbatim.misattributed),
        )


def _statements(figures: Figures) -> Iterator[Line]:
    if (statements := figures.statements) is not None:
        yield from _shares(
            ("found", statements.found),
            ("resolved", statements.resolved),
            ("misnamed", statements.misnamed),
        )


def _pieces(figures: Figures) -> Iterator[Line]:
    if (pieces := figures.pieces) is not None:
        yield from _shares(
            ("recall", pieces.recall),
            ("named", pieces.named),
            ("misnamed", pieces.misnamed),
            ("precision", pieces.precision),
            ("confident", pieces.confident),
            ("confident and right", pieces.confident_right),
            *((f"named in {doc_id}", share) for doc_id, share in pieces.documents.items()),
        )


def _dates(figures: Figures) -> Iterator[Line]:
    if (dates := figures.dates) is not None:
        yield from _both(("overlapping", dates.relaxed), ("exact", dates.strict))
        if dates.values.of:
            yield from _shares(("right value, of found", dates.values))
            yield "value f1", f"{dates.value_f1:.3f}"


def _entities(figures: Figures) -> Iterator[Line]:
    if (entities := figures.entities) is not None:
        yield from _both(
            ("PER", entities.persons),
            ("ORG", entities.organisations),
            ("LOC", entities.places),
            ("all", entities.all),
        )


def _coreference(figures: Figures) -> Iterator[Line]:
    if (found := figures.coreference) is not None:
        names = found.names
        shares = f"p {names.precision:.3f}  r {names.recall:.3f}  f1 {names.f1:.3f}"
        yield "B³ in an article", f"{shares}  mean of {names.n_mentions} names"
        yield from _shares(("names aligned", found.aligned))
        yield from _both(("across articles", found.links))
        yield from _shares(
            ("pronouns: right, of given", found.pronouns),
            ("pronouns: given an entity", found.pronouns_given),
            ("roles: right, of given", found.roles),
        )


def _metadata(figures: Figures) -> Iterator[Line]:
    if (metadata := figures.metadata) is not None:
        yield from _shares(("title", metadata.title))
        yield from _both(("authors", metadata.authors))
        yield from _shares(
            ("published", metadata.published), ("published, of days given", metadata.published_said)
        )
    if (bodies := figures.bodies) is not None:
        if bodies.n_bodies:
            shares = f"p {bodies.precision:.3f}  r {bodies.recall:.3f}  f1 {bodies.f1:.3f}"
            yield "body", f"{shares}  mean of {bodies.n_bodies}"
        yield from _shares(
            ("body: parts kept", bodies.included), ("body: parts left out", bodies.excluded)
        )


def _reliability(figures: Figures) -> Iterator[Line]:
    yield from _shares(
        *((f"{row.lower:.1f} to {row.upper:.1f}", row.right) for row in figures.reliability)
    )


def _both(*rows: tuple[str, PrecisionRecall]) -> Iterator[Line]:
    """A line for precision, recall and F1, none where there was nothing to find or found."""
    for name, found in rows:
        precision, recall = found.precision, found.recall
        if precision.of or recall.of:
            shares = f"p {precision.share:.3f}  r {recall.share:.3f}  f1 {found.f1:.3f}"
            yield name, f"{shares}  {precision.of} predicted, {recall.of} in the gold"


def _shares(*rows: tuple[str, Ratio]) -> Iterator[Line]:
    """A line a share, none for a share of nothing."""
    for name, ratio in rows:
        if ratio.of:
            yield name, f"{ratio.share:.3f}  {ratio.hits} of {ratio.of}"
