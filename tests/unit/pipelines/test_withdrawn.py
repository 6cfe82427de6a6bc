"""What hangs on a withdrawn entity or quote leaves the tables with it."""

from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from pipelines.entities.across.withdrawn import LeftOut
from pipelines.ids import digest_id
from pipelines.resolve import Links, Resolved
from pipelines.withdrawn import (
    MENTION_COLUMNS,
    QUOTE_COLUMNS,
    Gone,
    find_gone,
    withdrawn_rows,
    without,
)
from warehouse.tables import ARTICLES, MENTIONS, QUOTE_SPANS, QUOTES, REGISTRY, WITHDRAWN
from warehouse.tables.withdrawals import Withdrawal, Withdrawals, document_id

A, B = digest_id("a", "1"), digest_id("a", "2")
MIRA, MOE = digest_id("e", "mira"), digest_id("e", "moe")
NOBODY = frozenset[str]()


def found(*out: str) -> Resolved:
    """Article A names Mira first and Moe second, B only Moe."""
    named = pa.table({"entity_id": [MIRA, MOE]})
    links = Links(pa.array([A, B]), np.array([0, 2, 3]), np.array([0, 1, 1], dtype=np.int32))
    left_out = LeftOut(frozenset(out), frozenset({"mira solvang", "solvang"}), frozenset())
    return Resolved(named, named, links, REGISTRY.schema.empty_table(), {}, left_out)


def quote(key: str, article: str, number: int, who: int | None, **more: str) -> dict[str, Any]:
    nothing = {"repeats_quote_id": None, "speaker_mention_id": None}
    row = {"quote_id": key, "article_id": article, "local_no": who, "quote_no": number}
    return nothing | row | more


def gone(*quotes: dict[str, Any], out: tuple[str, ...] = (), asked: tuple[str, ...] = ()) -> Gone:
    mentions = [
        {"mention_id": "m1", "article_id": A, "local_no": 0},
        {"mention_id": "m2", "article_id": A, "local_no": 1},
    ]
    rows = pa.Table.from_pylist(mentions).select(list(MENTION_COLUMNS))
    numbers = {"local_no", "quote_no"}
    types = [(n, pa.int32() if n in numbers else pa.string()) for n in QUOTE_COLUMNS]
    said = pa.Table.from_pylist(list(quotes), schema=pa.schema(types))
    return find_gone([(rows, said)], found(*out), asked)


def test_with_an_entity_go_its_mentions_and_what_it_said() -> None:
    out = gone(quote("q1", A, 0, 0), quote("q2", A, 1, 1), quote("q3", B, 0, 0), out=(MIRA,))
    assert out.mentions == {"m1"}
    assert out.quotes == {"q1"}
    assert out.numbers == {"q2": 0}, "only the article that lost a quote is numbered anew"


def test_a_quote_goes_whose_speaker_is_named_by_a_mention_that_goes() -> None:
    assert gone(quote("q1", A, 0, None, speaker_mention_id="m1"), out=(MIRA,)).quotes == {"q1"}


@pytest.mark.parametrize("asked", ["q1", "q2", "q3"])
def test_with_a_quote_go_its_repeats(asked: str) -> None:
    out = gone(
        quote("q1", A, 0, 0),
        quote("q2", A, 1, 0, repeats_quote_id="q1"),
        quote("q3", A, 2, 0, repeats_quote_id="q1"),
        quote("q4", A, 3, 0),
        asked=(asked,),
    )
    assert out.quotes == {"q1", "q2", "q3"}
    assert out.numbers == {"q4": 0}


def test_without_withdrawals_nothing_is_read() -> None:
    def never() -> Any:  # noqa: ANN401 (it ends)
        raise AssertionError
        yield

    assert find_gone(never(), found(), ()) == Gone()


def test_the_rows_that_are_left() -> None:
    out = gone(quote("q1", A, 0, 0), quote("q2", A, 1, 1), out=(MIRA,))
    quotes = pa.table(
        {
            "quote_id": ["q1", "q2"],
            "quote_no": pa.array([0, 1], pa.int32()),
            "speaker_role": ["harbour master", "Solvang’s deputy"],
        }
    )
    assert without(QUOTES, quotes, out).to_pylist() == [
        {"quote_id": "q2", "quote_no": 0, "speaker_role": None}
    ]
    spans = pa.table({"quote_id": ["q1", "q1", "q2"]})
    assert without(QUOTE_SPANS, spans, out)["quote_id"].to_pylist() == ["q2"]
    mentions = pa.table({"mention_id": ["m1", "m2"]})
    assert without(MENTIONS, mentions, out)["mention_id"].to_pylist() == ["m2"]


def test_nobody_is_named_as_author_who_was_withdrawn() -> None:
    out = Gone(left_out=LeftOut(frozenset({MIRA}), NOBODY, frozenset({"mira solvang"})))
    articles = pa.table({"authors": [["Mira Solvang", "Ida Moe"], []]})
    assert without(ARTICLES, articles, out)["authors"].to_pylist() == [["Ida Moe"], []]


def test_a_build_tells_what_was_withdrawn() -> None:
    told = Withdrawals(
        {"a.txt": Withdrawal("retracted", A, "0" * 64), "b.txt": Withdrawal("harm")},
        {MIRA: Withdrawal("person")},
    )
    rows = withdrawn_rows(told).to_pylist()
    assert withdrawn_rows(told).schema.equals(WITHDRAWN.schema)
    assert {(r["id"], r["kind"], r["reason"], r["with_id"], r["release"]) for r in rows} == {
        (document_id("a.txt"), "document", "retracted", None, None),
        (A, "article", "retracted", document_id("a.txt"), None),
        (document_id("b.txt"), "document", "harm", None, None),
        (MIRA, "entity", "person", None, None),
    }
