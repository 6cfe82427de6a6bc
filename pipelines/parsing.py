"""spaCy, once per article: the one analysis that names, dates and statements share."""

import warnings
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.pipeline import Lemmatizer
from spacy.tokens import Doc, Span

from pipelines.articles.article import UNREAD_KINDS, Block
from pipelines.inference.pipeline import COLUMNS, OUTSIDE, Table, analyse, table_of
from pipelines.versions import DEFAULT_MODEL as DEFAULT_MODEL
from pipelines.versions import UnknownModelError as UnknownModelError
from pipelines.versions import model_id

#: The table of a rule lemmatizer that holds the words it knows, by part of speech.
_WORDS = "lemma_index"


@cache
def load_model(name: str = DEFAULT_MODEL) -> Language:
    """Load an installed spaCy pipeline by package name or path, once per process.

    Raises:
        UnknownModelError: nothing of that name is installed, the path holds no pipeline, or the
            pipeline lacks a tagger, parser, lemmatizer or named-entity recogniser.
    """
    model_id(name)
    try:
        with warnings.catch_warnings():
            # W095: the model was trained with an earlier spaCy; the figures we give are its own.
            warnings.filterwarnings("ignore", message=r"\[W095\]")
            return _looking_up_fast(spacy.load(name))
    except (OSError, ImportError, ValueError) as error:
        raise UnknownModelError(
            f"The spaCy pipeline “{name}” cannot be loaded: {error}. Install it anew, or leave "
            f"OTR_MODEL unset to use {DEFAULT_MODEL}."
        ) from error


def _looking_up_fast(nlp: Language) -> Language:
    """The same pipeline, in which its rule lemmatizer finds the words it knows at once.

    They are lists, that of the nouns 57,528 long, of which it asks for each new word whether some
    forms are in it. As keys they can be written to disk again.
    """
    for _, component in nlp.pipeline:
        if isinstance(component, Lemmatizer) and component.lookups.has_table(_WORDS):
            words = component.lookups.get_table(_WORDS)
            for part_of_speech in list(words):
                words[part_of_speech] = dict.fromkeys(words[part_of_speech])
    return nlp


def parse(nlp: Language, text: str, blocks: Sequence[Block]) -> Doc:
    """Analyse an article's readable blocks, each on its own, as one `Doc` of the whole text.

    `token.idx` is a code-point offset into `text`. Sentences never cross a block. What is not
    read (teasers, boilerplate, the white space between blocks) stands as single tokens with
    `pos_ == "SPACE"`; `sentences` leaves them out.
    """
    return parse_all(nlp, [(text, blocks)])[0]


def parse_all(nlp: Language, articles: Sequence[tuple[str, Sequence[Block]]]) -> list[Doc]:
    """`parse` several articles, which is faster than one at a time and says the same of each."""
    parts = [_readable(text, blocks) for text, blocks in articles]
    flat = [[part.replace("\n", " ").replace("\t", " ") for _, part in own] for own in parts]
    analyses = analyse(nlp, flat)
    return [
        _whole(nlp, text, own, tables)
        for (text, _), own, tables in zip(articles, parts, analyses, strict=True)
    ]


def _readable(text: str, blocks: Sequence[Block]) -> list[tuple[int, str]]:
    """The blocks that are read, without the white space behind, and where each starts."""
    parts = [(b.start, text[b.start : b.end].rstrip()) for b in blocks if _is_read(b)]
    return [(start, part) for start, part in parts if part]


def _whole(
    nlp: Language, text: str, parts: Sequence[tuple[int, str]], analyses: Sequence[Table]
) -> Doc:
    tables: list[Table] = []
    position = 0
    for (start, part), table in zip(parts, analyses, strict=True):
        tables += [_gap(nlp, text[position:start]), table]
        position = start + len(part)
    tables.append(_gap(nlp, text[position:]))
    return _doc(nlp, np.concatenate(tables))


def _gap(nlp: Language, text: str) -> Table:
    """Unread text (white space, boilerplate, teasers) as one token, its own sentence."""
    if not text:
        return table_of([])
    strings = nlp.vocab.strings
    row = {"ORTH": strings.add(text), "POS": strings["SPACE"], "DEP": strings.add("ROOT")}
    return table_of([{**row, "ENT_IOB": OUTSIDE}])


def _doc(nlp: Language, table: Table) -> Doc:
    strings = nlp.vocab.strings
    words = [strings[orth] for orth in table[:, 0].tolist()]
    doc: Any = Doc(nlp.vocab, words=words, spaces=table[:, 1].astype(bool).tolist())
    analysed: Doc = doc.from_array(COLUMNS[2:], table[:, 2:]) if words else doc
    return analysed


def sentences(doc: Doc) -> Iterator[Span]:
    """The sentences of what was read, in order."""
    return (s for s in doc.sents if not all(token.pos_ == "SPACE" for token in s))


def _is_read(block: Block) -> bool:
    return block.kind not in UNREAD_KINDS
