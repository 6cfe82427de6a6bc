"""A whole spaCy pipeline over some texts at once, each component in the way that is cheapest."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline import (
    AttributeRuler,
    DependencyParser,
    EntityRecognizer,
    Lemmatizer,
    Tagger,
    Tok2Vec,
)
from spacy.tokens import Doc

from pipelines.inference.attributes import Attributes, is_askable
from pipelines.inference.embedding import TokenVectors
from pipelines.inference.names import Entity, EntityDecoder, is_decodable

#: The columns of an analysis, one a token attribute, as 64-bit numbers; heads are relative.
COLUMNS = ["ORTH", "SPACY", "TAG", "POS", "LEMMA", "DEP", "HEAD", "ENT_IOB", "ENT_TYPE"]
#: spaCy's codes of a token's place in an entity.
INSIDE, OUTSIDE, BEGIN = 1, 2, 3
_PIPES = {
    "tok2vec": Tok2Vec,
    "tagger": Tagger,
    "parser": DependencyParser,
    "attribute_ruler": AttributeRuler,
    "lemmatizer": Lemmatizer,
    "ner": EntityRecognizer,
}
Table = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class _Parts:
    """What replaces the components of a pipeline that are run otherwise."""

    vectors: TokenVectors
    attributes: Attributes
    names: EntityDecoder


def analyse(nlp: Language, texts: Sequence[str]) -> list[Table]:
    """Each text's analysis, a row a token and a column each of `COLUMNS`.

    It is what `nlp.pipe` says of the text, and does not depend on the other texts.
    """
    parts = _parts(nlp)
    if parts is None:
        piped: Iterable[Any] = nlp.pipe(texts)
        return [whole.to_array(COLUMNS) for whole in piped]
    docs: list[Any] = [nlp.make_doc(text) for text in texts]
    tables = iter(_analysed(nlp, parts, [doc for doc in docs if len(doc)]))
    return [next(tables) if len(doc) else table_of([]) for doc in docs]


def _analysed(nlp: Language, parts: _Parts, docs: Sequence[Any]) -> list[Table]:
    if not docs:
        return []
    for doc, vectors in zip(docs, parts.vectors.of(docs), strict=True):
        doc.tensor = vectors  # where spaCy's tagger and parser read them
    for name in ("tagger", "parser"):
        pipe: Any = nlp.get_pipe(name)
        pipe.set_annotations(docs, pipe.predict(docs))
    columns, entities = parts.attributes.columns(docs), parts.names.entities(docs)
    return [_table(*analysis) for analysis in zip(docs, columns, entities, strict=True)]


def table_of(rows: Sequence[Mapping[str, int]]) -> Table:
    """A table of rows given by column; what a row does not say is 0."""
    values = [[row.get(column, 0) for column in COLUMNS] for row in rows]
    return np.array(values, dtype=np.uint64).reshape(len(rows), len(COLUMNS))


def _table(doc: Doc, attributes: Table, entities: Sequence[Entity]) -> Table:
    names = np.zeros((len(doc), 2), dtype=np.uint64)
    names[:, 0] = OUTSIDE
    for start, end, label in entities:
        names[start:end] = (INSIDE, doc.vocab.strings[label])
        names[start, 0] = BEGIN
    form = doc.to_array(["ORTH", "SPACY", "HEAD"])
    return np.column_stack([form[:, :2], attributes, form[:, 2], names])


@cache
def _parts(nlp: Language) -> _Parts | None:
    """The replacements, or nothing where the pipeline is not just of the parts known here."""
    found: dict[str, Any] = dict(nlp.pipeline)
    known = list(found) == list(_PIPES) and all(
        isinstance(found[name], kind) for name, kind in _PIPES.items()
    )
    if not known:
        return None
    ruler, lemmatizer, recognizer = found["attribute_ruler"], found["lemmatizer"], found["ner"]
    if lemmatizer.mode != "rule" or not (is_askable(ruler) and is_decodable(recognizer)):
        return None
    return _Parts(
        TokenVectors(found["tok2vec"].model, nlp.vocab),
        Attributes(ruler, lemmatizer, nlp.vocab),
        EntityDecoder(recognizer),
    )
