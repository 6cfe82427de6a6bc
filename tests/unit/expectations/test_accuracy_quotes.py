"""Quotes, their letters and their speakers, on texts small enough to count by hand."""

import pytest

from expectations.accuracy.alignment import align
from expectations.accuracy.gold import Gold, GoldName, GoldPiece, GoldQuote
from expectations.accuracy.names import is_right_name, is_same_name
from expectations.accuracy.pieces import score_pieces
from expectations.accuracy.pieces import speaker_verdicts as piece_verdicts
from expectations.accuracy.predictions import PredictedQuote, Prediction
from expectations.accuracy.quotes import QuoteFigures, score_quotes, speaker_verdicts
from expectations.accuracy.ratios import Ratio
from expectations.accuracy.reliability import Verdict, bins
from expectations.accuracy.spans import Span, is_same_mention, letters, quotations
from expectations.accuracy.statements import score_statements
from expectations.accuracy.verbatim import VerbatimFigures, score_verbatim
from warehouse.tables.quotes import QuoteKind

TEXT = (
    "“The harbour is closed,” Ines Caron said. “Go home.” "
    "Her deputy, Omar Lund, called the “storm” a “sad joke” and said that boats sank."
)


def at(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return start, start + len(words)


def gold_quote(
    kind: QuoteKind,
    *words: str,
    by: str | None = None,
    name: str | None = None,
    is_reporting: bool = True,
    is_nested: bool = False,
) -> GoldQuote:
    return GoldQuote(
        kind=kind,
        spans=tuple(at(part) for part in words),
        mention=(at(by),) if by else (),
        speaker_name=name,
        is_reporting=is_reporting,
        is_nested=is_nested,
    )


def predicted(
    kind: QuoteKind,
    *words: str,
    by: str | None = None,
    name: str | None = None,
    confidence: float = 0.5,
    text: str = TEXT,
) -> PredictedQuote:
    spans = tuple(at(part, text) for part in words)
    verbatim = () if kind == "indirect" else spans
    return PredictedQuote(kind, spans, verbatim, at(by, text) if by else None, name, confidence)


def document(*quotes: GoldQuote, ignored: tuple[Span, ...] = ()) -> Gold:
    return Gold("wire/1", TEXT, quotes=quotes, ignored=ignored)


def quotes_of(gold: Gold, *rows: PredictedQuote) -> QuoteFigures:
    figures = score_quotes(align([gold], {gold.doc_id: Prediction(quotes=rows)}))
    assert figures is not None
    return figures


def verbatim_of(gold: Gold, *rows: PredictedQuote) -> VerbatimFigures:
    figures = score_verbatim(align([gold], {gold.doc_id: Prediction(quotes=rows)}))
    assert figures is not None
    return figures


HARBOUR = gold_quote("direct", "The harbour is closed,", "Go home.", by="Ines Caron")
BOATS = gold_quote("indirect", "that boats sank", by="Omar Lund")


def test_letters_leave_out_marks_and_blanks() -> None:
    assert letters("“No, 5!”", [(0, 8)]) == {1, 2, 5}


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("He said “no way” twice.", ["no way"]),
        ('A "straight one" and ‘a British one’.', ["straight one", "a British one"]),
        ("‘It’s the boys’ boat,’ she said.", []),
        ("It ends with “an open mark", []),
        ("One letter “a” is no quotation.", []),
    ],
)
def test_quotations_are_what_stands_between_marks(text: str, inside: list[str]) -> None:
    assert [text[start:end] for start, end in quotations(text)] == inside


@pytest.mark.parametrize(
    ("mention", "is_same"),
    [((10, 20), True), ((15, 20), True), ((5, 15), True), ((4, 15), False), (None, False)],
)
def test_a_mention_is_right_when_half_of_it_lies_in_the_gold_one(
    mention: Span | None, is_same: bool
) -> None:
    assert is_same_mention(mention, [(10, 20), (90, 99)]) is is_same


@pytest.mark.parametrize(
    ("name", "is_same"),
    [
        ("Ines Caron", True),
        ("INES CARON", True),
        ("Deputy Foreign Minister Ines Caron", True),
        ("The New Deputy Minister Ines Caron", False),
        ("Caron", False),
        ("Ines Caron Foundation", False),
        (None, False),
    ],
)
def test_only_a_full_name_is_right(name: str | None, is_same: bool) -> None:
    assert is_same_name(name, "Ines Caron") is is_same


@pytest.mark.parametrize(
    ("name", "gold", "is_right"),
    [
        ("HCA", "Harbour Control Agency", True),
        ("Caron", "Ines Caron", False),
        ("HCA", "Ines Caron", False),
    ],
)
def test_a_body_may_go_by_its_alias_a_person_may_not(name: str, gold: str, is_right: bool) -> None:
    known = (
        GoldName("Harbour Control Agency", "ORG", ("HCA",)),
        GoldName("Ines Caron", "PERSON", ("Caron",)),
    )
    assert is_right_name(name, gold, known) is is_right


def test_a_found_quote_shares_half_of_its_letters() -> None:
    # “The harbour is closed” has 18 letters, “Go home” 6: 18 of 24 are shared.
    figures = quotes_of(
        document(HARBOUR, BOATS),
        predicted("direct", "The harbour is closed", by="Caron"),
        predicted("indirect", "boats", by="Omar Lund"),  # 5 of 13 letters
    )
    assert figures.direct.found.recall == Ratio(1, 1)
    assert figures.direct.speaker == Ratio(1, 1)
    assert figures.indirect.found.recall == Ratio(0, 1)
    assert figures.indirect.found.precision == Ratio(0, 1)
    assert figures.indirect.speaker == Ratio(0, 0)


def test_a_quote_is_found_once_by_the_row_most_like_it() -> None:
    figures = quotes_of(
        document(HARBOUR),
        predicted("direct", "The harbour is closed", by="Omar Lund"),
        predicted("direct", "The harbour is closed", "Go home", by="Ines Caron"),
    )
    assert figures.direct.found.precision == Ratio(1, 2)
    assert figures.direct.found.recall == Ratio(1, 1)
    assert figures.direct.speaker == Ratio(1, 1)


def test_the_parts_of_a_quote_are_right_rows_but_find_it_once() -> None:
    figures = quotes_of(
        document(HARBOUR),
        predicted("direct", "The harbour is closed"),
        predicted("direct", "Go home"),
    )
    assert figures.direct.found.precision == Ratio(2, 2)
    assert figures.direct.found.recall == Ratio(1, 1)


def test_a_hit_counts_for_the_kind_that_was_predicted() -> None:
    figures = quotes_of(document(BOATS), predicted("mixed", "that boats sank"))
    assert figures.mixed.found.precision == Ratio(1, 1)
    assert figures.indirect.found.recall == Ratio(1, 1)
    assert figures.indirect.found.precision == Ratio(0, 0)


def test_beliefs_and_nested_quotes_are_not_asked_for() -> None:
    gold = document(
        HARBOUR,
        gold_quote("indirect", "that boats sank", is_reporting=False),
        gold_quote("direct", "Go home", is_nested=True),
    )
    figures = quotes_of(gold, predicted("indirect", "that boats sank"))
    assert figures.indirect.found.recall == Ratio(0, 0)
    assert figures.indirect.found.precision == Ratio(1, 1)
    assert figures.direct.found.recall == Ratio(0, 1)


def test_rows_in_ignored_text_are_neither_right_nor_wrong() -> None:
    gold = document(HARBOUR, ignored=(at("that boats sank"),))
    figures = quotes_of(gold, predicted("indirect", "said that boats sank"))
    assert figures.indirect.found.precision == Ratio(0, 0)


def test_scare_quotes_are_best_left_alone() -> None:
    # “storm” and “sad joke” touch no gold quote; half of “sad joke” is not more than half.
    figures = quotes_of(document(HARBOUR), predicted("direct", "storm"), predicted("mixed", "sad"))
    assert figures.left_alone == Ratio(1, 2)


def test_full_names_are_judged_where_the_gold_gives_them() -> None:
    gold = document(
        gold_quote("direct", "The harbour is closed,", name="Ines Caron"),
        gold_quote("direct", "Go home.", by="Ines Caron", name="Ines Caron"),
        BOATS,
    )
    figures = quotes_of(
        gold,
        predicted("direct", "The harbour is closed", name="Minister Ines Caron"),
        predicted("direct", "Go home", by="Ines Caron", name="Caron"),
        predicted("indirect", "that boats sank", name="Omar Lund"),
    )
    assert figures.resolved == Ratio(1, 2)


def test_letters_in_marks_do_not_care_how_rows_are_grouped() -> None:
    whole = verbatim_of(
        document(HARBOUR),
        predicted("direct", "The harbour is closed", "Go home", by="Caron"),
    )
    pieces = verbatim_of(
        document(HARBOUR),
        predicted("direct", "The harbour is closed", by="Caron"),
        predicted("mixed", "Go home", by="Caron"),
    )
    assert whole == pieces
    assert whole.found.recall == whole.found.precision == whole.attributed == Ratio(24, 24)
    assert whole.misattributed == Ratio(0, 24)


def test_letters_without_a_speaker_are_missing_and_with_a_wrong_one_wrong() -> None:
    figures = verbatim_of(
        document(HARBOUR),
        predicted("direct", "The harbour is closed"),
        predicted("direct", "Go home", by="Omar Lund"),
    )
    assert figures.attributed == Ratio(0, 24)
    assert figures.misattributed == Ratio(6, 24)


def test_rows_that_dispute_a_letter_are_wrong_together() -> None:
    rows = [predicted("direct", "Go home", by=by) for by in ("Omar Lund", "Ines Caron")]
    figures = verbatim_of(document(HARBOUR), *rows, predicted("direct", "Go", by="Ines Caron"))
    assert figures.attributed == Ratio(0, 24)
    assert figures.misattributed == Ratio(6, 24)


def test_letters_called_verbatim_must_be_said_and_in_marks() -> None:
    # 6 letters of “Go home” are right; 5 of “storm” are in marks but nobody's; 5 of “boats” in
    # neither.
    figures = verbatim_of(
        document(HARBOUR),
        predicted("direct", "Go home"),
        predicted("direct", "storm"),
        predicted("mixed", "boats"),
    )
    assert figures.found.precision == Ratio(6, 16)


def test_gold_without_quotes_has_no_quote_figures() -> None:
    alignments = align([document()], {"wire/1": Prediction()})
    assert score_quotes(alignments) is None
    assert score_verbatim(alignments) is None


def piece(words: str, speaker: str | None, by: str | None = None) -> GoldPiece:
    return GoldPiece(at(words), speaker, (at(by),) if by else ())


PAGE = Gold(
    "page/1",
    TEXT,
    pieces=(
        piece("The harbour is closed,", "Ines Caron", by="Ines Caron"),
        piece("Go home.", "Ines Caron", by="Her"),
        piece("sad joke", "Omar Lund"),
        piece("storm", None),
    ),
    names=(GoldName("Ines Caron", "PERSON", ("Caron",)), GoldName("Omar Lund", "PERSON", ())),
)


def test_a_piece_is_named_by_the_full_name_alone() -> None:
    rows = (
        predicted("direct", "The harbour is closed", name="Ines Caron", confidence=0.95),
        predicted("direct", "Go home", name="Ines Caron", confidence=0.9),
        predicted("mixed", "called the “storm” a “sad joke”", name="Lund", confidence=0.92),
        predicted("indirect", "that boats sank", name="Omar Lund"),
    )
    figures = score_pieces([PAGE], {"page/1": Prediction(quotes=rows)})
    assert figures is not None
    assert figures.recall == Ratio(4, 4)
    assert figures.named == Ratio(2, 3)
    assert figures.misnamed == Ratio(1, 3)
    assert figures.confident == Ratio(3, 3)
    assert figures.confident_right == Ratio(2, 3)
    assert figures.documents == {"page/1": Ratio(2, 4)}


def test_a_piece_with_two_names_is_misnamed() -> None:
    rows = tuple(predicted("direct", "Go home", name=name) for name in ("Ines Caron", "Omar Lund"))
    figures = score_pieces([PAGE], {"page/1": Prediction(quotes=rows)})
    assert figures is not None
    assert figures.recall == Ratio(1, 4)
    assert figures.named == Ratio(0, 3)
    assert figures.misnamed == Ratio(1, 3)
    assert figures.confident == Ratio(0, 1)


def test_spans_of_four_words_must_lie_on_pieces() -> None:
    # Of “Her deputy, Omar Lund” nothing is a piece; “Go home” is too short to count.
    rows = (
        predicted("direct", "The harbour is closed", "Go home"),
        predicted("direct", "Her deputy, Omar Lund"),
    )
    figures = score_pieces([PAGE], {"page/1": Prediction(quotes=rows)})
    assert figures is not None
    assert figures.precision == Ratio(1, 2)


def test_a_span_far_longer_than_a_piece_does_not_find_it() -> None:
    text = "“" + "Rain fell. " * 30 + "It was a sad joke.”"
    page = Gold("page/2", text, pieces=(GoldPiece(at("sad joke", text), None),))
    row = predicted("direct", text[1:-1], text=text)
    figures = score_pieces([page], {"page/2": Prediction(quotes=(row,))})
    assert figures is not None
    assert figures.recall == Ratio(0, 1)


def test_statements_ask_for_a_quotation_in_them_and_its_full_name() -> None:
    def statement(words: str, name: str | None, kind: QuoteKind = "mixed") -> GoldQuote:
        return GoldQuote(kind, (at(words),), (), name, is_statement=True)

    gold = Gold(
        "web/1",
        TEXT,
        quotes=(
            statement("“The harbour is closed,” Ines Caron said.", "Ines Caron"),
            statement("“Go home.”", "Ines Caron"),
            statement("Her deputy, Omar Lund, called the “storm” a “sad joke”", "Omar Lund"),
            statement("said that boats sank.", "Omar Lund", "indirect"),
            statement("Omar Lund", None),
        ),
    )
    rows = (
        predicted("direct", "The harbour is closed", name="Ines Caron"),
        predicted("direct", "sad joke", name="Ines Caron"),
    )
    figures = score_statements([gold], {"web/1": Prediction(quotes=rows)})
    assert figures is not None
    assert figures.found == Ratio(2, 3)
    assert figures.resolved == Ratio(1, 3)
    assert figures.misnamed == Ratio(1, 3)
    assert align([gold], {"web/1": Prediction(quotes=rows)}) == []


def test_a_speaker_is_judged_by_name_else_by_mention_else_not() -> None:
    gold = document(
        gold_quote("direct", "The harbour is closed,", by="Ines Caron", name="Ines Caron"),
        gold_quote("direct", "Go home.", by="Ines Caron"),
        BOATS,
    )
    rows = (
        predicted("direct", "The harbour is closed", by="Her", name="Ines Caron", confidence=0.9),
        predicted("direct", "Go home", by="Omar Lund", name="Omar Lund", confidence=0.7),
        predicted("indirect", "that boats sank", confidence=0.1),
    )
    alignments = align([gold], {"wire/1": Prediction(quotes=rows)})
    assert list(speaker_verdicts(alignments)) == [Verdict(0.9, True), Verdict(0.7, False)]


def test_a_row_over_several_pieces_must_be_right_for_all() -> None:
    rows = (
        predicted("direct", "The harbour is closed", "Go home", name="Ines Caron", confidence=0.8),
        predicted("mixed", "Go home", "sad joke", name="Ines Caron", confidence=0.6),
        predicted("direct", "Go home", by="Her", confidence=0.4),
        predicted("direct", "storm", by="Omar Lund", name="Omar Lund", confidence=0.2),
    )
    verdicts = list(piece_verdicts([PAGE], {"page/1": Prediction(quotes=rows)}))
    assert verdicts == [Verdict(0.8, True), Verdict(0.6, False), Verdict(0.4, True)]


@pytest.mark.parametrize(
    ("confidence", "number"), [(0.0, 0), (0.09, 0), (0.1, 1), (0.29, 2), (0.7, 7), (1.0, 9)]
)
def test_confidence_falls_into_ten_bins(confidence: float, number: int) -> None:
    rows = bins([Verdict(confidence, True), Verdict(confidence, False)])
    assert len(rows) == 10
    assert [i for i, row in enumerate(rows) if row.right.of] == [number]
    assert rows[number].right == Ratio(1, 2)
    assert rows[number].lower <= confidence
