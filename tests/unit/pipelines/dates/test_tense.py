"""The parse tells what is past from what is to come."""

from datetime import date

import pytest
from spacy.language import Language

from pipelines.articles.article import Block, Published
from pipelines.dates.finder import find_dates
from pipelines.parsing import parse

#: A Wednesday.
WEDNESDAY = Published(edtf="2019-10-16", day=date(2019, 10, 16))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The mayor of Varnholm resigned on Monday.", "2019-10-14"),
        ("The council will vote on Monday.", "2019-10-21"),
        ("The ferry is scheduled to leave Ostrand on Monday.", "2019-10-21"),
        ("Workers plan to return on Monday.", "2019-10-21"),
        ("They said Monday's ruling was unfair.", "2019-10-14"),
        ("Until Thursday, they had not called her a suspect.", "2019-10-10"),
        ("She was elected in May.", "2019-05"),
        ("She will be sworn in in May.", "2020-05"),
        ("The bridge collapsed on Aug. 7.", "2019-08-07"),
        ("The treaty will take effect on Feb. 1.", "2020-02-01"),
    ],
)
def test_the_governing_verb_tells_which_day_is_meant(nlp: Language, text: str, value: str) -> None:
    blocks = [Block("body", 0, len(text))]
    found = find_dates(text, blocks, WEDNESDAY, parse(nlp, text, blocks))
    assert [x.timex_value for x in found] == [value]


def test_a_persons_name_is_no_month(nlp: Language) -> None:
    text = "The ruling pleased April Norwood, who founded the Ostrand museum."
    blocks = [Block("body", 0, len(text))]
    assert find_dates(text, blocks, WEDNESDAY, parse(nlp, text, blocks)) == []
