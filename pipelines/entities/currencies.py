"""Currencies by name or sign: “the rouble”, “US$5 m”, “Canadian dollars” (ISO 4217)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

import pycountry

from pipelines.entities import lexicon
from pipelines.entities.countries import place
from pipelines.entities.spans import NameSpan
from pipelines.entities.tokens import Phrasebook, Tokens, phrasebook

#: Codes of ISO 4217 that are no money but funds and units of account.
_FUNDS = frozenset({"BOV", "CHE", "CHW", "CLF", "COU", "MXV", "USN", "UYI", "UYW"})
#: How many words a country's name before a currency may have.
_WIDEST = 4


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency: its ISO 4217 code and name, and the one country that issues it, if one does."""

    code: str
    name: str
    country: str | None

    @property
    def id(self) -> str:
        """The id that its entity carries."""
        return f"iso4217:{self.code}"


@dataclass(frozen=True, slots=True)
class _Word:
    """A word for money; see currencies.csv."""

    code: str
    listed: frozenset[str]
    is_common: bool


@dataclass(frozen=True, slots=True)
class CurrencySpan:
    """Tokens `start` to `end` (half-open) that name a currency; its word begins at `word`."""

    start: int
    word: int
    end: int
    currency: Currency


def currency_named(name: str) -> Currency | None:
    """The currency that ISO 4217 calls so."""
    return _by_name().get(name)


def currency_spans(tokens: Tokens) -> list[CurrencySpan]:
    """The currencies that a text names, in order of place.

    A country before the word tells which (“Canadian dollars”), a sign may (“US$”). A word alone
    means the one that the text tells so; where it tells none, the one that the word stands for
    in all news (“the rouble”), and where it stands for several (“dollars”), none.
    """
    told: list[CurrencySpan] = []
    alone: list[tuple[int, int, _Word]] = []
    behind = 0
    for i in sorted({*_signs().places(tokens.text), *_words().places(tokens.lower)}):
        hit = _signs().at(tokens.text, i) or _words().at(tokens.lower, i)
        if hit is None or i < behind:
            continue
        end, word = hit
        behind = end
        start, country = _country_before(tokens, i)
        if not tokens.text[i].isalpha():
            told.append(CurrencySpan(i, i, end, _by_code()[word.code]))
        elif country is not None:
            found = _of_country(word.listed, country)
            told += [CurrencySpan(start, i, end, found)] if found is not None else []
        elif _is_money(tokens, i, end, word):
            alone.append((i, end, word))
    named = {span.currency for span in told}
    meant = ((i, end, _meant(word, named)) for i, end, word in alone)
    told += [CurrencySpan(i, i, end, found) for i, end, found in meant if found is not None]
    return sorted(told, key=lambda span: span.start)


def apart_from_names(
    names: Sequence[NameSpan], money: Sequence[CurrencySpan]
) -> tuple[list[NameSpan], list[CurrencySpan]]:
    """The names and currencies of a text, none crossing another.

    Inside a currency's name the country's stays a name of its own; a longer name that the word is
    part of (“Dollar Street”) is no currency.
    """
    owner = {i: n for n, m in enumerate(money) for i in range(m.start, m.end)}
    longer = {
        i
        for s in names
        if owner.get(s.start, -1) != owner.get(s.end - 1, -2)
        for i in range(s.start, s.end)
    }
    kept = [m for m in money if longer.isdisjoint(range(m.start, m.end))]
    covered = {i for m in kept for i in range(m.word, m.end)}
    return [s for s in names if covered.isdisjoint(range(s.start, s.end))], kept


def _country_before(tokens: Tokens, word: int) -> tuple[int, str | None]:
    """Where the name of a country or people before this token starts, and its code."""
    for size in range(min(_WIDEST, word), 0, -1):
        start = word - size
        found = place(tokens.phrase(start, word).strip())
        if found is not None and found.country and tokens.sentence[start] == tokens.sentence[word]:
            return start, found.country
    return word, None


def _is_money(tokens: Tokens, start: int, end: int, word: _Word) -> bool:
    """Whether a word alone is used for money, and is no part of a name or of another noun."""
    last = end - 1
    opens = not start or tokens.sentence[start - 1] != tokens.sentence[start]
    if not tokens.text[start].islower() and (word.is_common or not opens):
        return False
    if tokens.dep[last] in ("compound", "amod") or not _may_be_noun(tokens, last, word):
        return False
    if tokens.lower[end : end + 1] == ["of"]:
        return False
    if not word.is_common:
        return True
    return not opens and (
        tokens.tag[start - 1] in ("CD", "IN", "TO") or tokens.lower[start - 1] == "the"
    )


def _may_be_noun(tokens: Tokens, i: int, word: _Word) -> bool:
    """Whether the parse has a noun; of a rare word that means money alone it need not."""
    return tokens.tag[i] in ("NN", "NNS") or not word.is_common


def _meant(word: _Word, named: Collection[Currency]) -> Currency | None:
    """The currency that a word alone means in a text that names these with their country."""
    so_called = {c for c in named if word.listed & _words_of(c)}
    if so_called:
        return next(iter(so_called)) if len(so_called) == 1 else None
    return _by_code().get(word.code)


def _of_country(listed: Collection[str], country: str) -> Currency | None:
    """The one currency of a country that is called by one of these words."""
    fits = [
        c
        for c in _by_code().values()
        if c.country == country and c.code not in _FUNDS and _words_of(c) & set(listed)
    ]
    return fits[0] if len(fits) == 1 else None


def _words_of(currency: Currency) -> set[str]:
    return set(currency.name.lower().split())


@cache
def _by_code() -> dict[str, Currency]:
    """ISO 4217: the first two letters of a country's own currency are its ISO 3166-1 code."""
    found = {}
    for listed in pycountry.currencies:
        country = pycountry.countries.get(alpha_2=listed.alpha_3[:2])
        code = None if country is None else country.alpha_2
        found[listed.alpha_3] = Currency(listed.alpha_3, listed.name, code)
    return found


@cache
def _by_name() -> dict[str, Currency]:
    return {c.name: c for c in _by_code().values() if c.code not in _FUNDS}


@cache
def _rows() -> dict[str, _Word]:
    return {
        word: _Word(row["code"], frozenset(lexicon.cut(row["listed"])), bool(row["is_common"]))
        for row in lexicon.csv_rows("currencies.csv")
        for word in lexicon.cut(row["words"])
    }


@cache
def _words() -> Phrasebook[_Word]:
    return phrasebook({name: word for name, word in _rows().items() if name[0].islower()})


@cache
def _signs() -> Phrasebook[_Word]:
    return phrasebook({name: word for name, word in _rows().items() if not name[0].islower()})
