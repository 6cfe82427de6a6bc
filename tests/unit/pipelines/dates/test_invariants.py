"""What holds of the expressions found in any text whatever."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.articles.article import Block, Published
from pipelines.dates.finder import find_dates
from pipelines.dates.words import holidays, phrases, word_classes

WORDS = sorted(
    {word.capitalize() for word in word_classes()}
    | set(word_classes())
    | {" ".join((first, *p.rest)) for first, found in phrases().items() for p in found}
    | {" ".join((first, *p.rest)).title() for first, found in holidays().items() for p in found}
    | {"of", "in", "on", "to", "and", "from", "by", "will", "said", ",", ".", "-", "'s", ":", "/"}
    | {"1", "7", "29", "30", "31", "45", "99", "1998", "2014", "2,000", "0", "0000", "12:30"}
    | {"31.12.2020", "2018-06-30", "a.m.", "B.C.", "’80s", "\n\n", "\n", "“", "”", "ſ", "٣"}
)
TEXTS = st.lists(
    st.sampled_from(WORDS).flatmap(lambda word: st.sampled_from([word, f"{word} "])), max_size=40
).map("".join)
DAYS = st.dates() | st.none()


def published(day: date | None) -> Published:
    return Published(edtf=day.isoformat() if day else None, day=day)


@settings(max_examples=50, deadline=None)
@given(TEXTS | st.text(), DAYS)
def test_spans_are_in_order_and_apart(text: str, day: date | None) -> None:
    found = find_dates(text, [Block("body", 0, len(text))], published(day))
    at = 0
    for x in found:
        assert at <= x.start < x.end <= len(text)
        assert text[x.start : x.end].strip() == text[x.start : x.end]
        at = x.end


@settings(max_examples=50, deadline=None)
@given(TEXTS, DAYS)
def test_intervals_are_whole_and_right_way_round(text: str, day: date | None) -> None:
    for x in find_dates(text, [Block("body", 0, len(text))], published(day)):
        assert (x.earliest is None) == (x.latest is None)
        if x.earliest is not None and x.latest is not None:
            assert x.earliest <= x.latest
        if x.timex_type in ("DURATION", "SET"):
            assert (x.edtf, x.earliest, x.granularity) == (None, None, "none")
        assert 0 < x.confidence <= 1


@settings(max_examples=50, deadline=None)
@given(TEXTS)
def test_without_a_publication_date_what_is_told_is_what_every_day_tells(text: str) -> None:
    blocks = [Block("body", 0, len(text))]
    unknown = find_dates(text, blocks, Published())
    known = find_dates(text, blocks, published(date(2017, 5, 20)))
    assert [(x.start, x.end) for x in unknown] == [(x.start, x.end) for x in known]
    for one, other in zip(unknown, known, strict=True):
        if one.earliest is not None:
            assert (one.earliest, one.latest) == (other.earliest, other.latest)
