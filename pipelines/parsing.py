"""spaCy, once per article: the one analysis that names, dates and statements share."""

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from pipelines.articles.article import UNREAD_KINDS, Block
from pipelines.versions import DEFAULT_MODEL as DEFAULT_MODEL
from pipelines.versions import UnknownModelError as UnknownModelError
from pipelines.versions import model_id


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
            return spacy.load(name)
    except (OSError, ImportError, ValueError) as error:
        raise UnknownModelError(
            f"The spaCy pipeline “{name}” cannot be loaded: {error}. Install it anew, or leave "
            f"OTR_MODEL unset to use {DEFAULT_MODEL}."
        ) from error


@dataclass(slots=True)
class _Columns:
    """The token columns from which a `Doc` is made."""

    words: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    morphs: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    ents: list[str] = field(default_factory=list)

    def add_gap(self, text: str) -> None:
        """Add unread text (white space, boilerplate, teasers) as one token, its own sentence."""
        if text:
            self.heads.append(len(self.words))
            self.words.append(text)
            self.spaces.append(False)
            self.deps.append("ROOT")
            self.pos.append("SPACE")
            self.ents.append("O")
            for column in (self.tags, self.morphs, self.lemmas):
                column.append("")

    def add_doc(self, doc: Doc) -> None:
        base = len(self.words)
        for token in doc:
            self.words.append(token.text)
            self.spaces.append(bool(token.whitespace_))
            self.tags.append(token.tag_)
            self.pos.append(token.pos_)
            self.morphs.append(str(token.morph))
            self.lemmas.append(token.lemma_)
            self.heads.append(base + token.head.i)
            self.deps.append(token.dep_ or "dep")
            label = f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O"
            self.ents.append(label)


def parse(nlp: Language, text: str, blocks: Sequence[Block]) -> Doc:
    """Analyse an article's readable blocks, each on its own, as one `Doc` of the whole text.

    `token.idx` is a code-point offset into `text`. Sentences never cross a block. What is not
    read (teasers, boilerplate, the white space between blocks) stands as single tokens with
    `pos_ == "SPACE"`; `sentences` leaves them out.
    """
    readable = [(b.start, text[b.start : b.end].rstrip()) for b in blocks if _is_read(b)]
    columns, position = _Columns(), 0
    flat = ((part.replace("\n", " ").replace("\t", " "), start) for start, part in readable if part)
    for doc, start in nlp.pipe(flat, as_tuples=True):
        columns.add_gap(text[position:start])
        columns.add_doc(doc)
        position = start + len(doc.text)
    columns.add_gap(text[position:])
    return Doc(
        nlp.vocab,
        words=columns.words,
        spaces=columns.spaces,
        tags=columns.tags,
        pos=columns.pos,
        morphs=columns.morphs,
        lemmas=columns.lemmas,
        heads=columns.heads,
        deps=columns.deps,
        ents=columns.ents,
    )


def sentences(doc: Doc) -> Iterator[Span]:
    """The sentences of what was read, in order."""
    return (s for s in doc.sents if not all(token.pos_ == "SPACE" for token in s))


def _is_read(block: Block) -> bool:
    return block.kind not in UNREAD_KINDS
