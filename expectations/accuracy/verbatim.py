"""Letters inside quotation marks, found and attributed, however they are grouped into quotes.

Counting letters rather than quotes, as the overlap measure of PARC does (Pareti 2015), keeps the
figure from depending on where one statement ends and the next begins.
"""

from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass

from expectations.accuracy.alignment import Alignment
from expectations.accuracy.ratios import NOTHING, ZERO, PrecisionRecall, Ratio
from expectations.accuracy.spans import Letters, Span, is_same_mention, letters

#: Quotes that overlap and disagree on who spoke: a mention that is nowhere, so never right.
_DISPUTED: Span = (-1, -1)


@dataclass(frozen=True, slots=True)
class VerbatimFigures:
    """Quoted letters of direct and mixed quotes.

    `attributed` and `misattributed` are out of those whose speaker's mention is marked: given to
    that mention, and given to another one.
    """

    found: PrecisionRecall = NOTHING
    attributed: Ratio = ZERO
    misattributed: Ratio = ZERO

    def __add__(self, other: "VerbatimFigures") -> "VerbatimFigures":
        return VerbatimFigures(
            self.found + other.found,
            self.attributed + other.attributed,
            self.misattributed + other.misattributed,
        )


def score_verbatim(alignments: list[Alignment]) -> VerbatimFigures | None:
    """Score the quoted letters of all documents; None where the gold has none."""
    total = sum((_document(alignment) for alignment in alignments), start=VerbatimFigures())
    return total if total.found.recall.of else None


def _document(alignment: Alignment) -> VerbatimFigures:
    marked: Letters = frozenset().union(*alignment.quoted)
    speakers = _speakers(alignment)
    recall = attributed = misattributed = ZERO
    for target in alignment.targets:
        if target.quote.kind == "indirect":
            continue
        wanted = target.letters & marked
        found = wanted & speakers.keys()
        recall += Ratio(len(found), len(wanted))
        if target.quote.mention:
            given = Counter(speakers[letter] for letter in found)
            n_named = found_by_mention = 0
            for mention, n_letters in given.items():
                if mention is not None:
                    n_named += n_letters
                if is_same_mention(mention, target.quote.mention):
                    found_by_mention += n_letters
            attributed += Ratio(found_by_mention, len(wanted))
            misattributed += Ratio(n_named - found_by_mention, len(wanted))
    return VerbatimFigures(
        PrecisionRecall(_precision(alignment, marked, speakers.keys()), recall),
        attributed,
        misattributed,
    )


def _verbatim(alignment: Alignment) -> Iterator[tuple[Span | None, Letters]]:
    """The speaker's mention and the verbatim letters of each direct or mixed quote."""
    for candidate in alignment.candidates:
        if candidate.quote.is_quoted:
            yield candidate.quote.mention, letters(alignment.text, candidate.quote.verbatim)


def _speakers(alignment: Alignment) -> dict[int, Span | None]:
    """The mention that each predicted verbatim letter is given to, None where to nobody."""
    speakers: dict[int, Span | None] = {}
    for mention, said in _verbatim(alignment):
        for letter in said:
            is_agreed = speakers.get(letter, mention) == mention
            speakers[letter] = mention if is_agreed else _DISPUTED
    return speakers


def _precision(alignment: Alignment, marked: Letters, predicted: Set[int]) -> Ratio:
    """Called verbatim and right, out of all called so: in the marks, or neither there nor gold."""
    inside = (marked & predicted) - alignment.ignored
    n_outside = sum(len(said - marked - alignment.gold_letters) for _, said in _verbatim(alignment))
    return Ratio(len(inside & alignment.gold_letters), len(inside) + n_outside)
