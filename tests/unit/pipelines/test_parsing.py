from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.pipeline import Lemmatizer

from pipelines.articles.article import Block
from pipelines.parsing import UnknownModelError, load_model, parse, sentences

TITLE, AD, BODY = (
    "Mayor says no\n\n",
    "Sign up 🎻 for news!\n\n",
    "Ida Brandt said\nno. It rained.\n",
)
TEXT = TITLE + AD + BODY
BLOCKS = [
    Block("title", 0, len(TITLE)),
    Block("boilerplate", len(TITLE), len(TITLE + AD)),
    Block("body", len(TITLE + AD), len(TEXT)),
]


def test_tokens_lie_where_they_lie_in_the_article(nlp: Language) -> None:
    doc = parse(nlp, TEXT, BLOCKS)
    words = [token for token in doc if token.pos_ != "SPACE"]
    assert [t.text for t in words][:5] == ["Mayor", "says", "no", "Ida", "Brandt"]
    assert all(TEXT[t.idx : t.idx + len(t)] == t.text for t in words)


def test_the_words_a_lemmatizer_knows_are_found_at_once(nlp: Language) -> None:
    """In a list of 57,528 nouns they would be looked for one by one."""
    lemmatizer = nlp.get_pipe("lemmatizer")
    assert isinstance(lemmatizer, Lemmatizer)
    words = lemmatizer.lookups.get_table("lemma_index")
    assert {type(known) for known in words.values()} == {dict}
    ((ferries,),) = sentences(parse(nlp, "Ferries", [Block("body", 0, 7)]))
    assert ferries.lemma_ == "ferry"


def test_sentences_stay_in_their_block_and_boilerplate_is_not_read(nlp: Language) -> None:
    found = [TEXT[s.start_char : s.end_char] for s in sentences(parse(nlp, TEXT, BLOCKS))]
    assert [" ".join(s.split()) for s in found] == [
        "Mayor says no",
        "Ida Brandt said no.",
        "It rained.",
    ]


def test_names_and_syntax_survive(nlp: Language) -> None:
    doc = parse(nlp, TEXT, BLOCKS)
    assert "Ida Brandt" in [e.text for e in doc.ents]
    assert any(t.dep_ == "nsubj" and t.head.lemma_ == "say" for t in doc)


@pytest.mark.parametrize("text", ["", "\n", "🎻"])
def test_a_text_of_nothing_has_no_sentences_to_speak_of(nlp: Language, text: str) -> None:
    blocks = [Block("boilerplate", 0, len(text))] if text else []
    assert list(sentences(parse(nlp, text, blocks))) == []


def test_a_pipeline_without_a_parser_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(UnknownModelError, match="has no tagger and no parser"):
        load_model(str(tmp_path / "blank"))


def test_a_pipeline_is_loaded_by_its_path(tmp_path: Path, nlp: Language) -> None:
    nlp.to_disk(tmp_path / "model")
    assert load_model(str(tmp_path / "model")).pipe_names == nlp.pipe_names
