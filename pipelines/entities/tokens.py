"""The columns of a parsed article that the rules of this room read, as plain lists."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, count
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:  # what decides across the corpus reads no parse, and spaCy takes a second
    from spacy.tokens import Doc

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Tokens:
    """One list a column, by token number; `head` holds token numbers, `end` code points."""

    doc: "Doc"
    text: list[str]
    lower: list[str]
    is_spaced: list[bool]
    tag: list[str]
    pos: list[str]
    dep: list[str]
    lemma: list[str]
    head: list[int]
    start: list[int]
    sentence: list[int]

    def __len__(self) -> int:
        return len(self.text)

    def phrase(self, start: int, end: int) -> str:
        """The words from `start` to `end` (half-open) as written, single blanks between them."""
        parts = []
        for i in range(start, end):
            parts.append(self.text[i])
            if self.is_spaced[i] and i + 1 < end:
                parts.append(" ")
        return "".join(parts)

    def root(self, start: int, end: int) -> int:
        """The token of the span on which its others hang."""
        for i in range(start, end):
            if not start <= self.head[i] < end or self.head[i] == i:
                return i
        return end - 1

    def is_capital(self, i: int) -> bool:
        """Whether a token is written as a name is: a capital among its first letters."""
        return is_capital(self.text[i])


def read_tokens(doc: "Doc") -> Tokens:
    """The columns of `doc`."""
    columns = doc.to_array(["ORTH", "TAG", "POS", "DEP", "LEMMA"]).T.tolist()
    text, tag, pos, dep, lemma = _strings(doc, columns)
    lower = {word: word.lower() for word in set(text)}
    flags = doc.to_array(["SPACY", "SENT_START", "HEAD"]).view("int64").T.tolist()
    is_spaced = list(map(bool, flags[0]))
    head = list(map(int.__add__, range(len(text)), flags[2]))
    return Tokens(
        doc,
        text,
        list(map(lower.__getitem__, text)),
        is_spaced,
        tag,
        pos,
        dep,
        lemma,
        head,
        _starts(text, is_spaced),
        _sentence_numbers(pos, flags[1]),
    )


def _strings(doc: "Doc", columns: list[list[int]]) -> list[list[str]]:
    """The strings of columns of spaCy's string ids."""
    strings = doc.vocab.strings
    of_id = {n: strings[n] for n in set().union(*columns)}
    return [list(map(of_id.__getitem__, column)) for column in columns]


def _starts(text: list[str], is_spaced: list[bool]) -> list[int]:
    """Where each token starts, in code points."""
    starts = []
    position = 0
    for word, spaced in zip(text, is_spaced, strict=True):
        starts.append(position)
        position += len(word) + spaced
    return starts


def _sentence_numbers(pos: list[str], sentence_start: list[int]) -> list[int]:
    """For each token its sentence; what was not read has that of the one before."""
    numbers: list[int] = []
    n = 0
    for kind, start in zip(pos, sentence_start, strict=True):
        n += start == 1 and kind != "SPACE"
        numbers.append(n)
    return numbers


def is_capital(word: str) -> bool:
    """Whether a word has a capital among its first three letters."""
    return any(c.isupper() for c in word[:3])


class Phrasebook(Generic[T]):
    """Phrases of several words, looked up where they start; of several the longest."""

    def __init__(self, phrases: Iterable[tuple[Sequence[str], T]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        seen: set[tuple[str, ...]] = set()
        for words, value in phrases:
            key = tuple(words)
            if key and key not in seen:
                seen.add(key)
                self._by_first.setdefault(key[0], []).append((key, value))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def places(self, words: Sequence[str]) -> list[int]:
        """The words at which a phrase may start: at no other does `at` find one."""
        return list(compress(count(), map(self._by_first.__contains__, words)))

    def at(self, words: Sequence[str], i: int) -> tuple[int, T] | None:
        """The end of the longest phrase that starts at word `i`, and its value."""
        for phrase, value in self._by_first.get(words[i], ()):
            end = i + len(phrase)
            if len(phrase) == 1 or tuple(words[i:end]) == phrase:
                return end, value
        return None


def cut_like_spacy(phrase: str) -> list[str]:
    """The words of a phrase from our lists as spaCy cuts them: at blanks and inner hyphens."""
    words: list[str] = []
    for part in phrase.split():
        for n, piece in enumerate(part.split("-")):
            if n:
                words.append("-")
            if piece:
                words.append(piece)
    return words


def phrasebook(entries: Mapping[str, T]) -> Phrasebook[T]:
    """A phrasebook of the keys of `entries`, cut as spaCy cuts them."""
    return Phrasebook((cut_like_spacy(phrase), value) for phrase, value in entries.items())
