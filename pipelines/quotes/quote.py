"""The shape that finding statements in an article yields."""

from dataclasses import dataclass

from warehouse.tables.quotes import QuoteKind as QuoteKind
from warehouse.tables.quotes import SpeakerForm as SpeakerForm


@dataclass(frozen=True, slots=True)
class QuoteSpan:
    """A stretch of a statement, without outer marks; `is_verbatim` inside quotation marks."""

    start: int
    end: int
    is_verbatim: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """An attributed statement. All offsets are half-open code points into the article's text.

    `speaker` is the mention of the speaker in the text (“Jens Stoltenberg”, “the NATO chief”,
    “he”, “officials”), `speaker_mention` the index of that same mention in the article's list of
    `Mention`, where there is one. `speaker_local` is the index of the speaker in the article's
    list of `LocalEntity`, None where the speaker cannot be told; it may be known where `speaker`
    is a pronoun, or even None. `speaker_role` is what the text calls the speaker, here and now.
    `date` is the index of the time expression that says when it was said. `confidence` is that of
    the speaker (0 to 1).
    """

    kind: QuoteKind
    spans: tuple[QuoteSpan, ...]
    speaker: tuple[int, int] | None
    speaker_mention: int | None
    speaker_local: int | None
    speaker_form: SpeakerForm
    speaker_role: str | None
    cue: tuple[int, int] | None
    date: int | None
    confidence: float
