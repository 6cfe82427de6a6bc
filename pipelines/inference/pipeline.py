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

from pipelines.inference import arcs as arc_rules
from pipelines.inference import names as name_rules
from pipelines.inference import tags as tag_rules
from pipelines.inference.attributes import Attributes, is_askable
from pipelines.inference.dependencies import Arcs, Dependencies
from pipelines.inference.embedding import TokenVectors, is_embedder
from pipelines.inference.forms import Forms, forms_of

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
    """What replaces the components of a pipeline."""

    vectors: TokenVectors
    tags: tag_rules.TagDecoder
    dependencies: Dependencies
    attributes: Attributes
    names: name_rules.EntityDecoder
    labels: Mapping[str, int]


def analyse(nlp: Language, articles: Sequence[Sequence[str]]) -> list[list[Table]]:
    """The analysis of each of the articles' texts, a row a token and a column each of `COLUMNS`.

    It is what `nlp.pipe` says of the text, but for the rounding of sums. What is said of an
    article does not depend on the others.
    """
    parts = _parts(nlp)
    if parts is None:
        return [[doc.to_array(COLUMNS) for doc in _piped(nlp, texts)] for texts in articles]
    tables = iter(_tables(parts, forms_of(nlp, [text for texts in articles for text in texts])))
    return [[next(tables) for _ in texts] for texts in articles]


def _piped(nlp: Language, texts: Sequence[str]) -> Iterable[Any]:
    return nlp.pipe(texts)


def _tables(parts: _Parts, forms: Forms) -> list[Table]:
    """What is said of each text."""
    if not len(forms.columns):
        return [table_of([]) for _ in forms.docs]
    vectors, name_vectors = parts.vectors.of(forms)
    arcs = parts.dependencies.of(forms, vectors)
    told = parts.attributes.columns(forms, parts.tags.tags(vectors), arcs.labels)
    names = np.zeros((len(told), 2), dtype=np.uint64)
    names[:, 0] = OUTSIDE
    for start, end, label in parts.names.entities(forms, name_vectors, _sentence_starts(arcs)):
        names[start:end] = (INSIDE, parts.labels[label])
        names[start, 0] = BEGIN
    whole = np.column_stack([forms.columns[:, ::2], told, arcs.heads, names])
    return np.split(whole, forms.bounds[1:-1])


def _sentence_starts(arcs: Arcs) -> NDArray[np.bool_]:
    """Whether each token is the first of those that hang on the same root."""
    roots = np.arange(len(arcs.heads)) + arcs.heads.view(np.int64)
    while not np.array_equal(above := roots[roots], roots):
        roots = above
    is_start = np.zeros(len(roots), dtype=bool)
    is_start[np.unique(roots, return_index=True)[1]] = True
    return is_start


def table_of(rows: Sequence[Mapping[str, int]]) -> Table:
    """A table of rows given by column; what a row does not say is 0."""
    values = [[row.get(column, 0) for column in COLUMNS] for row in rows]
    return np.array(values, dtype=np.uint64).reshape(len(rows), len(COLUMNS))


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
    readable = (
        is_embedder(found["tok2vec"].model)
        and tag_rules.is_decodable(found["tagger"])
        and arc_rules.is_decodable(found["parser"])
        and is_askable(ruler)
        and name_rules.is_decodable(recognizer)
        and is_embedder(name_rules.embedder(recognizer))
    )
    if not readable or lemmatizer.mode != "rule":
        return None
    return _Parts(
        TokenVectors([found["tok2vec"].model, name_rules.embedder(recognizer)], nlp.vocab),
        tag_rules.TagDecoder(found["tagger"]),
        Dependencies(found["parser"]),
        Attributes(ruler, lemmatizer, nlp.vocab),
        name_rules.EntityDecoder(recognizer),
        {label: nlp.vocab.strings[label] for label in recognizer.labels},
    )
