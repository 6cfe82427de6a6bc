"""Bodies and places by name: short forms, governments, capitals that speak for their country."""

from functools import lru_cache

from pipelines.entities import lexicon
from pipelines.entities.countries import Place, country_in, country_of, place
from pipelines.entities.names import fold, without_legal_form
from pipelines.entities.tokens import Tokens

#: Sorts of bodies that are called by the first words of their names.
_FIRMS = frozenset({"company", "bank", "airline", "club", "lawfirm", "newsagency"})
_RANKS = ("State of ", "City of ", "Commonwealth of ", "Kingdom of ", "Province of ")


def known(name: str) -> lexicon.Organisation | None:
    """The well-known body of this spelling, its country's name before it or not."""
    found = lexicon.organisations().get(name)
    if found is None:
        country, rest = split_country(name)
        found = lexicon.organisations().get(rest) if country else None
        if found is not None and found.country != country:
            return None
    return found


def key(name: str) -> str:
    """What two spellings of one body or place share within an article."""
    return fold(without_legal_form(name))


@lru_cache(maxsize=65536)
def split_country(name: str) -> tuple[str | None, str]:
    """The country that a name starts with, and the rest: “US Air Force” → US, “Air Force”."""
    words = name.split()
    for size in (3, 2, 1):
        if size < len(words):
            found = place(" ".join(words[:size]).removesuffix("'s").removesuffix("’s"))
            if found is not None and found.country and not found.is_capital:
                return found.country, " ".join(words[size:])
    return None, name


def government_of(name: str) -> Place | None:
    """The country whose government a name means: “the Norwegian Government”."""
    country, rest = split_country(name)
    if country and rest.lower() in ("government", "govt", "govt."):
        return country_of(country)
    if name.lower().startswith("government of "):
        found = place(name[len("government of ") :].removeprefix("the "))
        return found if found is not None and found.is_country else None
    return None


def without_rank(name: str) -> str:
    """A place's name without “State of”, “City of” before it."""
    return next((name[len(rank) :] for rank in _RANKS if name.startswith(rank)), name)


def country(name: str) -> str | None:
    """The country that a body belongs to, where reference data or its name tell."""
    found = known(name)
    if found is not None:
        return found.country
    return None if _is_between(name) else country_in(name)


def _is_between(name: str) -> bool:
    """Whether the place in a name tells no owner: “the Oslo Initiative”, “NATO Moldova Council”."""
    words = name.split()
    if words[-1].casefold() in lexicon.words("instruments.txt"):
        return True
    return any(word in lexicon.organisations() for word in words[:-1])


def kinds(name: str) -> frozenset[str]:
    """The sorts of body that reference data or the last word of a name tell."""
    found = known(name)
    if found is not None:
        return found.kinds
    head = lexicon.head_words().get(name.split()[-1].casefold())
    return frozenset({head.kind}) if head is not None and head.kind else frozenset()


@lru_cache(maxsize=65536)
def is_short_form(short: str, full: str) -> bool:
    """Whether `short` may stand for the body `full`: its first words, or its last.

    “Varga” for “Varga Capital Management”, “the Commission” for “the Fisheries Commission”; not
    “Varga” for “Varga Foundation” or “Varga Science Fair”.
    """
    if short in lexicon.organisations() and not _is_company_of(short, full):
        return False  # a famous name begins many others: “Facebook Share”
    if len(short.split()) > 1 and full.endswith(f" {short}"):
        owner = full.removesuffix(f" {short}")
        if known(owner) is not None:
            return True  # “Joint Staff” for “NATO Joint Staff”
    few, many = fold(short).split(), fold(without_legal_form(full)).split()
    if not few or len(few) >= len(many):
        return False
    if many[: len(few)] == few:
        return _is_firm_of(short, many[len(few) :])
    if many[-len(few) :] == few:
        head = lexicon.head_words().get(few[-1])
        return (head is not None and bool(head.kind)) or split_country(full)[1] == short
    return False


def _is_company_of(short: str, full: str) -> bool:
    """Whether the words after a famous company's name say no more than that it is one."""
    rest = fold(full).split()[len(fold(short).split()) :]
    head = lexicon.head_words().get(rest[-1]) if rest else None
    return head is not None and head.kind in _FIRMS


def _is_firm_of(short: str, rest: list[str]) -> bool:
    """Whether a body is called by its first words where `rest` follows them in its full name."""
    if place(short) is not None or place(" ".join(rest).title()) is not None:
        return False
    if rest[0] == "of":
        sort = lexicon.head_words().get(short.casefold())
        return sort is not None and bool(sort.kind)  # “the Ministry” for “Ministry of Fisheries”
    if kinds(short) - _FIRMS:
        return False
    head = lexicon.head_words().get(rest[-1])
    return (len(rest) == 1 and head is None) or (head is not None and head.kind in _FIRMS)


def is_metonym(tokens: Tokens, i: int) -> bool:
    """Whether a capital stands for its country's government: it speaks or decides."""
    head = tokens.head[i]
    if tokens.dep[i] == "conj" and place(tokens.text[head]) is not None and head != i:
        return is_metonym(tokens, head)  # “Oslo and Bern agreed”
    if tokens.dep[i] == "nsubj":
        return tokens.lemma[head].lower() in lexicon.words("agent_verbs.txt")
    return tokens.dep[i] == "pobj" and tokens.dep[head] == "agent"


def may_be_metonym(tokens: Tokens, i: int) -> bool:
    """Whether a capital may stand for a government that the text names: it is urged, or opposed.

    It also may where it owns what governments have: “Oslo's stance”.
    """
    before = i - 1
    if before >= 0 and tokens.sentence[before] == tokens.sentence[i]:
        if tokens.lower[before] == "against":
            return True
        done = {tokens.lemma[before].lower(), tokens.lower[before]}
        if done & lexicon.words("government_objects.txt"):
            return True
    owned = tokens.lemma[tokens.head[i]].lower()
    return tokens.dep[i] == "poss" and owned in lexicon.words("government_nouns.txt")
