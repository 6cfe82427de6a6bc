import random
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from spacy.language import Language

from pipelines.inference import attributes, dependencies, embedding, pipeline
from pipelines.inference.pipeline import COLUMNS, analyse
from pipelines.inference.products import product

TEXTS = [
    "“We’re gonna mend the weir,” Ida Brandt, mayor of Ostfelden, told the Delta Post on Friday.",
    "There is no money left.  There's only a promise, and it ain't much.",
    "Let's go, she said; you had better not, he thought. c'm on, y'all!",
    "\u00a0 \u2003",
    "The Ministry of Tides and the European Weir Bank lent Ostfelden $4.2 million in March 2019",
    "NO",
    "A third of the 1,200 mills closed, Reuters reported, after Prime Minister Jón Helgi Árnason "
    "and Nora van der Vliet-Oduya of the Left signed the “Accord of the Three Rivers” in Vienna.",
    "😀 @weir http://weir.example/a?b=c said http://weir.example",
    "He’d said he would; who'd have thought? I saw you, you saw it, it saw I.",
]


def piped(nlp: Language, text: str) -> pipeline.Table:
    doc: Any = next(iter(nlp.pipe([text])))
    table: pipeline.Table = doc.to_array(COLUMNS)
    return table


def values(analyses: list[list[pipeline.Table]]) -> list[list[list[int]]]:
    return [table.tolist() for tables in analyses for table in tables]


@pytest.mark.parametrize("text", TEXTS)
def test_the_analysis_is_that_of_spacy(nlp: Language, text: str) -> None:
    assert values(analyse(nlp, [[text]])) == [piped(nlp, text).tolist()]


def test_an_article_s_analysis_does_not_depend_on_the_articles_beside_it(nlp: Language) -> None:
    alone = [values(analyse(nlp, [[text]])) for text in TEXTS]
    mixed = random.Random(7).sample(range(len(TEXTS)), len(TEXTS))
    for chosen in (mixed, mixed[:3], mixed * 3):
        together = analyse(nlp, [[TEXTS[i]] for i in chosen])
        assert values(together) == [own for i in chosen for own in alone[i]]


@pytest.mark.parametrize(("longest", "together"), [(8, 8_000), (400, 10), (20, 1)])
def test_how_many_tokens_are_decoded_together_changes_nothing(
    nlp: Language, monkeypatch: pytest.MonkeyPatch, longest: int, together: int
) -> None:
    monkeypatch.setattr(dependencies, "_LONGEST", longest)
    monkeypatch.setattr(dependencies, "_TOGETHER", together)
    found = analyse(nlp, [TEXTS, TEXTS[:2]])
    assert values(found) == [piped(nlp, text).tolist() for text in (*TEXTS, *TEXTS[:2])]


def test_arcs_that_cross_others_are_put_where_they_belong(nlp: Language) -> None:
    text = "Which of the two mills did Ida Brandt, who had come late, want the council to sell?"
    assert values(analyse(nlp, [[text]])) == [piped(nlp, text).tolist()]


@pytest.mark.parametrize("times", [1, 3, 9])
def test_texts_may_be_longer_than_what_is_multiplied_at_a_time(nlp: Language, times: int) -> None:
    texts = [" ".join(TEXTS * times), *TEXTS, " ".join(TEXTS[-4:] * times)]
    assert values(analyse(nlp, [texts])) == [piped(nlp, text).tolist() for text in texts]


@pytest.mark.parametrize("rows", [1, 2, 63, 64, 65, 301])
@pytest.mark.parametrize("shape", [(64, 106), (96, 50), (96, 864), (288, 288)])
def test_a_row_of_our_product_does_not_depend_on_the_rows_beside_it(
    shape: tuple[int, int], rows: int
) -> None:
    draw = np.random.default_rng(rows)
    many = draw.standard_normal((400, shape[0])).astype(np.float32)
    weights = draw.standard_normal(shape).astype(np.float32)
    for at_once in (64, 256):
        whole = product(many, weights, at_once)
        assert np.allclose(whole, many @ weights, atol=1e-3)
        assert np.array_equal(product(many[40 : 40 + rows], weights, at_once), whole[40:][:rows])


@pytest.mark.parametrize("rows", [1, 2, 3, 5, 17, 64, 301])
def test_a_row_of_spacy_s_product_does_not_depend_on_the_rows_beside_it(
    nlp: Language, rows: int
) -> None:
    """What the tests above rest on, of the library that multiplies for spaCy on this machine."""
    draw = np.random.default_rng(rows)
    pipes: list[Any] = [nlp.get_pipe("tok2vec"), nlp.get_pipe("ner")]
    for pipe in pipes:
        for layer in pipe.model.walk():
            if layer.name in ("maxout", "linear"):
                many = draw.standard_normal((400, layer.get_dim("nI"))).astype(np.float32)
                few = np.ascontiguousarray(many[40 : 40 + rows])
                assert np.array_equal(layer.predict(few), layer.predict(many)[40 : 40 + rows])


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Little is remembered of kinds of token, and nothing of earlier texts."""
    monkeypatch.setattr(embedding, "MOST_KINDS", 5)
    monkeypatch.setattr(attributes, "MOST_KINDS", 5)
    pipeline._parts.cache_clear()
    yield
    pipeline._parts.cache_clear()


@pytest.mark.usefixtures("forgetful")
def test_what_is_remembered_of_earlier_texts_changes_nothing(nlp: Language) -> None:
    assert values(analyse(nlp, [TEXTS])) == [piped(nlp, t).tolist() for t in TEXTS]
    assert values(analyse(nlp, [TEXTS])) == [piped(nlp, t).tolist() for t in TEXTS]


def test_a_pipeline_of_other_parts_is_left_to_spacy(nlp: Language) -> None:
    with nlp.select_pipes(disable=["attribute_ruler"]):
        pipeline._parts.cache_clear()
        assert values(analyse(nlp, [TEXTS[:1]])) == [piped(nlp, TEXTS[0]).tolist()]
    pipeline._parts.cache_clear()


@pytest.mark.parametrize("texts", [[], [""], ["", ""]])
def test_no_text_has_no_tokens(nlp: Language, texts: list[str]) -> None:
    (tables,) = analyse(nlp, [texts])
    assert [table.shape for table in tables] == [(0, len(COLUMNS)) for _ in texts]
