"""Where the rows of a text differ from what a careful reader found, one line a difference."""

from collections.abc import Iterator

from expectations.accuracy.alignment import Alignment, align
from expectations.accuracy.gold import Gold, GoldQuote
from expectations.accuracy.names import is_right_name, words
from expectations.accuracy.predictions import PredictedQuote, Prediction
from expectations.accuracy.spans import Span, overlap

_SHOWN = 48


def differences(gold: Gold, prediction: Prediction) -> list[str]:
    """Every difference in quotes, names and dates, by place.

    A quote differs where it is missing or extra, in kind, speaker or words; a name where it is not
    found as such or leads to another full name; a date where it is missing, extra or placed
    otherwise. What careful readers may differ on is left out.
    """
    return sorted(
        f"{gold.doc_id[:3]} {difference}"
        for differs in (_quotes, _names, _dates)
        for difference in differs(gold, prediction)
    )


def _shown(text: str, spans: tuple[Span, ...]) -> str:
    said = " … ".join(" ".join(text[start:end].split()) for start, end in spans)
    said = said if len(said) <= _SHOWN else said[:_SHOWN].rstrip() + " …"
    return f"{said} at {spans[0][0]}"


def _quotes(gold: Gold, prediction: Prediction) -> Iterator[str]:
    (alignment,) = align([gold], {gold.doc_id: prediction})
    found = {target.found_by for target in alignment.targets}
    for index, candidate in enumerate(alignment.candidates):
        if index not in found:
            yield f"quote extra: {_shown(gold.text, candidate.quote.spans)}"
    for target in alignment.targets:
        shown = _shown(gold.text, target.quote.spans)
        row = alignment.found(target)
        if row is None:
            yield f"quote missing: {shown}"
        else:
            yield from (f"{what}: {shown}" for what in _quote(alignment, target.quote, row))


def _quote(alignment: Alignment, wanted: GoldQuote, row: PredictedQuote) -> Iterator[str]:
    if row.kind != wanted.kind:
        yield f"quote {row.kind}, not {wanted.kind}"
    if wanted.speaker_name is None:
        is_right = row.speaker_name is None
    else:
        is_right = is_right_name(row.speaker_name, wanted.speaker_name, alignment.names)
    if not is_right:
        yield f"quote of {row.speaker_name}, not {wanted.speaker_name}"
    if _words(alignment.text, row.spans) != _words(alignment.text, wanted.spans):
        yield "quote with other words"


def _words(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [word for start, end in spans for word in words(text[start:end])]


def _names(gold: Gold, prediction: Prediction) -> Iterator[str]:
    for entity in gold.entities or ():
        if entity.is_name:
            here = [m for m in prediction.mentions if m.span == entity.span]
            shown = gold.text[slice(*entity.span)]
            if not here:
                yield f"name missing: {shown} at {entity.span[0]}"
            elif not is_right_name(here[0].name, entity.group or "", gold.names):
                yield f"name {shown} at {entity.span[0]} is {here[0].name}, not {entity.group}"


def _dates(gold: Gold, prediction: Prediction) -> Iterator[str]:
    for date in prediction.dates:
        if not any(overlap(date.span, wanted.span) > 0 for wanted in gold.dates or ()):
            yield f"date extra: {gold.text[slice(*date.span)]} at {date.span[0]}"
    for wanted in gold.dates or ():
        shown = f"{gold.text[slice(*wanted.span)]} at {wanted.span[0]}"
        here = [date for date in prediction.dates if overlap(date.span, wanted.span) > 0]
        if not wanted.is_optional and not here:
            yield f"date missing: {shown}"
        elif not wanted.is_optional and wanted.value not in {date.value for date in here}:
            yield f"date {here[0].value}, not {wanted.value}: {shown}"
