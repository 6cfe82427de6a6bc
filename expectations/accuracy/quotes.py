"""Quotes found, a kind at a time, and their speakers.

Recall is over the gold quotes of a kind; indirect ones only where their cue reports speech.
Precision is over the predicted quotes of a kind: a hit on a gold quote of any kind counts, for the
kinds shade into each other.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from expectations.accuracy.alignment import SAME, Alignment, Target
from expectations.accuracy.gold import GoldQuote
from expectations.accuracy.names import is_right_name
from expectations.accuracy.predictions import PredictedQuote
from expectations.accuracy.ratios import PrecisionRecall, Ratio
from expectations.accuracy.reliability import Verdict
from expectations.accuracy.spans import Letters, is_same_mention, jaccard, letters
from warehouse.tables.quotes import QuoteKind


@dataclass(frozen=True, slots=True)
class KindFigures:
    """Quotes of one kind. `speaker` is out of the found ones whose speaker's mention is marked."""

    found: PrecisionRecall
    speaker: Ratio


@dataclass(frozen=True, slots=True)
class QuoteFigures:
    """Quotes by kind; speakers by full name; quotations that are no quotes and were left alone.

    `resolved` is out of the found quotes whose speaker's full name the gold gives.
    """

    direct: KindFigures
    mixed: KindFigures
    indirect: KindFigures
    resolved: Ratio
    left_alone: Ratio


def score_quotes(alignments: list[Alignment]) -> QuoteFigures | None:
    """Score the quotes of all documents; None where the gold has none."""
    if not any(True for alignment in alignments for _ in _asked(alignment)):
        return None
    outcomes = [outcome for alignment in alignments for outcome in _outcomes(alignment)]
    return QuoteFigures(
        direct=_kind("direct", alignments, outcomes),
        mixed=_kind("mixed", alignments, outcomes),
        indirect=_kind("indirect", alignments, outcomes),
        resolved=Ratio.count(
            is_right_name(found.speaker_name, gold.speaker_name, alignment.names)
            for alignment in alignments
            for gold, found in _matches([alignment])
            if gold.speaker_name
        ),
        left_alone=Ratio.count(
            is_left for alignment in alignments for is_left in _scare_quotes(alignment)
        ),
    )


def speaker_verdicts(alignments: list[Alignment]) -> Iterator[Verdict]:
    """Whether each found quote has the right speaker, by full name where both sides give one.

    Otherwise by mention; a quote that names and points at nobody is no claim.
    """
    for alignment in alignments:
        for gold, found in _matches([alignment]):
            if gold.speaker_name and found.speaker_name:
                is_right = is_right_name(found.speaker_name, gold.speaker_name, alignment.names)
            elif gold.mention and found.mention:
                is_right = is_same_mention(found.mention, gold.mention)
            else:
                continue
            yield Verdict(found.confidence, is_right)


def _asked(alignment: Alignment) -> Iterator[Target]:
    return (t for t in alignment.targets if t.quote.kind != "indirect" or t.quote.is_reporting)


def _matches(alignments: Iterable[Alignment]) -> Iterator[tuple[GoldQuote, PredictedQuote]]:
    for alignment in alignments:
        for target in _asked(alignment):
            found = alignment.found(target)
            if found is not None:
                yield target.quote, found


def _kind(
    kind: QuoteKind, alignments: list[Alignment], outcomes: list[tuple[PredictedQuote, bool]]
) -> KindFigures:
    return KindFigures(
        found=PrecisionRecall(
            precision=Ratio.count(is_right for quote, is_right in outcomes if quote.kind == kind),
            recall=Ratio.count(
                target.found_by is not None
                for alignment in alignments
                for target in _asked(alignment)
                if target.quote.kind == kind
            ),
        ),
        speaker=Ratio.count(
            is_same_mention(found.mention, gold.mention)
            for gold, found in _matches(alignments)
            if gold.kind == kind and gold.mention
        ),
    )


def _outcomes(alignment: Alignment) -> Iterator[tuple[PredictedQuote, bool]]:
    """Each predicted quote and whether it is right.

    Beside those that found a gold quote, so is a direct one that is a part of a gold quote, or a
    quotation inside one, as long as no right quote has said any of it already.
    """
    found = {t.found_by for t in alignment.targets if t.found_by is not None}
    said: Letters = frozenset().union(*(alignment.candidates[i].letters for i in found))
    pieces = _pieces(alignment)
    for i, candidate in enumerate(alignment.candidates):
        is_right = i in found or (
            candidate.quote.kind == "direct"
            and said.isdisjoint(candidate.letters)
            and any(jaccard(candidate.letters, piece) >= SAME for piece in pieces)
        )
        if is_right:
            said |= candidate.letters
        yield candidate.quote, is_right


def _pieces(alignment: Alignment) -> list[Letters]:
    parts = [
        letters(alignment.text, [span])
        for target in alignment.targets
        for span in target.quote.spans
    ]
    return parts + [quoted for quoted in alignment.quoted if quoted <= alignment.gold_letters]


def _scare_quotes(alignment: Alignment) -> Iterator[bool]:
    """Whether each quotation that touches no gold quote was left alone.

    It is not where a predicted direct or mixed quote has more than half of its letters.
    """
    for quoted in alignment.quoted:
        if not quoted or quoted & alignment.gold_letters or quoted & alignment.ignored:
            continue
        yield not any(
            candidate.quote.is_quoted and len(candidate.letters & quoted) > len(quoted) / 2
            for candidate in alignment.candidates
        )
