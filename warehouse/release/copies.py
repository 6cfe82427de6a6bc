"""Which article of a release a copy of a text is: the very same, near to it, or none."""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from warehouse.tables.articles import words_sha256

#: So many words of a quote tell where it stands; fewer stand in more than one article.
_WORDS = 7
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Copy:
    """A text that somebody holds: `text` is None where it cannot be read, and `detail` says why."""

    name: str
    text: str | None
    url: str | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What a release says of an article by which a copy of it is known.

    The two digests are those of the table `articles`; `quotes` are what was said in it.
    """

    article_id: str
    source_id: str
    url: str | None
    content_sha256: str
    words_sha256: str
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Near:
    """An article that a copy comes near to, and how one can see that."""

    article_id: str
    why: str


def content_sha256(text: str) -> str:
    """The digest by which a release knows a text."""
    return hashlib.sha256(text.encode()).hexdigest()


class Articles:
    """The articles of a release, found by copies of their texts."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._by_content: dict[str, str] = {}
        self._by_words: dict[str, list[str]] = defaultdict(list)
        self._by_name: dict[str, str] = {}
        self._by_quote: dict[int, str] = {}
        for article in known:
            self._by_content[article.content_sha256] = article.article_id
            self._by_words[article.words_sha256].append(article.article_id)
            self._by_name[article.source_id] = article.article_id
            if article.url:
                self._by_name[article.url] = article.article_id
            for quote in article.quotes:
                for run in _runs(quote):
                    self._by_quote.setdefault(run, article.article_id)
                    break

    def same(self, text: str) -> str | None:
        """The article whose text this is."""
        return self._by_content.get(content_sha256(text))

    def near(self, copy: Copy) -> list[Near]:
        """The articles that a copy of none comes near to: one, or several that it cannot tell."""
        text = copy.text or ""
        if same := self._by_words.get(words_sha256(text)) if text.strip() else None:
            return [Near(a, "only white space differs: line breaks, blanks or tabs") for a in same]
        for name, what in ((copy.name, "name"), (copy.url, "address")):
            if name and name in self._by_name:
                return [Near(self._by_name[name], f"it has the article's {what}, and another text")]
        hits = Counter(self._by_quote[run] for run in _runs(text) if run in self._by_quote)
        most = max(hits.values(), default=0)
        return [
            Near(article, f"{n} of the article's quotes begin as in it, and the text is another")
            for article, n in hits.items()
            if n == most
        ]


def _runs(text: str) -> Iterator[int]:
    """Every run of `_WORDS` words, as a number."""
    words = [word.casefold() for word in _WORD.findall(text)]
    for i in range(len(words) - _WORDS + 1):
        yield _number(words[i : i + _WORDS])


def _number(words: Sequence[str]) -> int:
    return int.from_bytes(hashlib.blake2b(" ".join(words).encode(), digest_size=8).digest(), "big")
