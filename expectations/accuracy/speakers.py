"""Who is named as the speaker of each gold quote, found or not; and the hard cases one by one.

A speaker is named by the full name. A quote whose speaker the text does not name (“officials”) is
right without a name: a wrong name is worse than none.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from expectations.accuracy.alignment import SAME, Alignment
from expectations.accuracy.gold import GoldQuote
from expectations.accuracy.names import is_right_name
from expectations.accuracy.predictions import PredictedQuote
from expectations.accuracy.ratios import NOTHING, ZERO, PrecisionRecall, Ratio
from expectations.accuracy.spans import letters, overlap


@dataclass(frozen=True, slots=True)
class CaseFigures:
    """Quotes of one hard case: found; and, of all of them, named right and named wrong."""

    found: Ratio = ZERO
    right: Ratio = ZERO
    wrong: Ratio = ZERO


@dataclass(frozen=True, slots=True)
class SpeakerFigures:
    """Speakers of the gold's quotes.

    `named`: of those whose speaker has a name, found with that name; `misnamed`: of all, found with
    a name that is not the speaker's; `nobody`: of the found ones whose speaker has no name, left
    without one. `cues`: of the found ones whose cue is marked, those with a cue that overlaps it.
    `when`: links to the time expression that says when it was said. `cases` are the quotes by what
    is hard about them, `left_alone` what looks like a quote and is none, by the reason why.
    """

    named: Ratio
    misnamed: Ratio
    nobody: Ratio
    cues: Ratio
    when: PrecisionRecall
    cases: dict[str, CaseFigures]
    left_alone: dict[str, Ratio]


def score_speakers(alignments: list[Alignment]) -> SpeakerFigures | None:
    """Score the quotes of documents that say who is who in them; None where none does."""
    known = [alignment for alignment in alignments if alignment.names]
    judged = [verdict for alignment in known for verdict in _judge(alignment)]
    if not judged:
        return None
    found = [(gold, row) for gold, row, _, _ in judged if row is not None]
    return SpeakerFigures(
        named=Ratio.count(is_right for gold, _, is_right, _ in judged if gold.speaker_name),
        misnamed=Ratio.count(is_wrong for _, _, _, is_wrong in judged),
        nobody=Ratio.count(
            row.speaker_name is None for gold, row in found if not gold.speaker_name
        ),
        cues=Ratio.count(
            row.cue is not None and any(overlap(row.cue, cue) > 0 for cue in gold.cue)
            for gold, row in found
            if gold.cue
        ),
        when=sum((_when(gold, row) for gold, row in found), start=NOTHING),
        cases=_cases(judged),
        left_alone=_left_alone(known),
    )


_Judged = tuple[GoldQuote, PredictedQuote | None, bool, bool]


def _judge(alignment: Alignment) -> Iterator[_Judged]:
    """Each gold quote, the row that found it, and whether that names the speaker right or wrong."""
    for target in alignment.targets:
        row = alignment.found(target)
        name = target.quote.speaker_name
        given = row.speaker_name if row else None
        if name:
            is_same = is_right_name(given, name, alignment.names)
            yield target.quote, row, is_same, given is not None and not is_same
        else:
            yield target.quote, row, row is not None and given is None, given is not None


def _when(gold: GoldQuote, row: PredictedQuote) -> PrecisionRecall:
    is_right = row.when is not None and any(overlap(row.when, when) > 0 for when in gold.when)
    return PrecisionRecall(
        Ratio(int(is_right), int(row.when is not None)), Ratio(int(is_right), int(bool(gold.when)))
    )


def _cases(judged: Iterable[_Judged]) -> dict[str, CaseFigures]:
    by_case: dict[str, list[_Judged]] = defaultdict(list)
    for verdict in judged:
        for case in verdict[0].cases:
            by_case[case].append(verdict)
    return {
        case: CaseFigures(
            found=Ratio.count(row is not None for _, row, _, _ in verdicts),
            right=Ratio.count(is_right for _, _, is_right, _ in verdicts),
            wrong=Ratio.count(is_wrong for _, _, _, is_wrong in verdicts),
        )
        for case, verdicts in sorted(by_case.items())
    }


def _left_alone(alignments: Iterable[Alignment]) -> dict[str, Ratio]:
    """What is no quote and not part of one is left alone where no row covers half of it."""
    outcomes: dict[str, list[bool]] = defaultdict(list)
    for alignment in alignments:
        said = [candidate.letters for candidate in alignment.candidates]
        for item in alignment.not_quotes:
            covered = letters(alignment.text, [item.span])
            if not covered & alignment.gold_letters:
                is_said = any(len(covered & row) >= SAME * len(covered) for row in said)
                outcomes[item.case].append(not is_said)
    return {case: Ratio.count(outcome) for case, outcome in sorted(outcomes.items())}
