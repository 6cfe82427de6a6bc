"""Who wrote it: the byline forms of news texts, and the names in them.

Forms: “By A and B”, “Author: A”, “Words by A”, “Text: A”, “Written by A on …”, “A, Agency”,
“A | Paper”, “A for The Paper”, “A in Oslo and B in Rome”, a bare name beside the publication date.
"""

import re

from pipelines.articles.lexicon import entries

_OPENER = re.compile(
    r"(?:[^|•·]{0,24}[|•·]\s*)?"
    r"(?:(?:words?|text|story|article|analysis|report(?:ed|ing)?|written|posted|published|review"
    r"|column|opinion|created|told|interview|an? \w+)\s){0,2}"
    r"(?:by\b|authors?(?:\sof\s(?:the|this)\sarticle)?\s?:|writers?\s?:|reporters?\s?:|byline\s?:|words\s?:|text\s?:)\s*:?\s*",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\s*([,;&]|\band\b|\bwith\b|\bby\b)\s*", re.IGNORECASE)
#: Where the names end: a separator, an address, a handle, a button, a number.
_END = re.compile(
    r"\s*(?:[|•·@(\[<]|\s[-–—]\s|https?:|\b\d+\s"
    r"|\b(?:follow|twitter|facebook|email|contributor|published|updated|posted|photo\w*|illustrat\w+"
    r"|videos?|graphics?|edited|reviewed|translated|fact)\b).*$",
    re.IGNORECASE,
)
#: Where one name ends: “of the Valley Post”, “in Oslo”.
_NAME_END = re.compile(
    r"\s(?:(?i:for|of|in|at|from)\s(?:the\s)?[A-Z]|(?i:is|on|senior)\b).*$|\s(?i:on|for|in|at|from)$"
)
_VERB = re.compile(r"\s(?:is|was|has)\s")
_NAME_WORD = re.compile(r"(?:[^\W\d_][\w.'’‘-]*|[A-Z]\.)$")
_PARTICLES = frozenset(
    {"de", "la", "del", "der", "den", "van", "von", "bin", "al", "el", "da", "dos", "di", "le"}
    | {"du", "ter", "ten", "ibn", "y", "e"}
)
_MOST_WORDS = 5
_LONGEST_TOLD, _LONGEST_BARE = 200, 120


def read_byline(line: str) -> tuple[str, ...]:
    """The authors on a line that says that it is a byline, none where it is none."""
    if len(line) > _LONGEST_TOLD:
        return ()
    opener = _OPENER.match(line)
    if not opener:
        name, _, paper = line.partition(" | ")
        is_told = any(w in entries("paper_words.txt") for w in paper.casefold().split())
        return read_bare_names(name) if is_told else ()
    return _names(line[opener.end() :], is_told=True)


def read_bare_names(line: str) -> tuple[str, ...]:
    """The authors on a line that is nothing but names (and jobs): “Ann Lee and AP”."""
    if len(line) > _LONGEST_BARE or line.endswith((".", "!", "?", ":")) or _VERB.search(line):
        return ()
    return _names(line, is_told=False)


def _names(line: str, *, is_told: bool) -> tuple[str, ...]:
    """The names that a line begins with; a first piece that is none makes the line none."""
    first, *rest = _JOINT.split(_END.sub("", _split_slash(line)))
    name = _clean(first)
    if not _is_name(name, is_told=is_told):
        return ()
    names, was_name = [_spell(name)], True
    for joint, piece in zip(rest[::2], rest[1::2], strict=True):
        name = _clean(piece)
        is_told_beside = not was_name or " " not in name or _is_job(piece) or _is_paper(name)
        is_beside = joint == "," and is_told_beside
        was_name = not is_beside and _is_name(name, is_told=True) and not _is_job(piece)
        if was_name and _spell(name) not in names:
            names.append(_spell(name))
    return tuple(names)


def _spell(name: str) -> str:
    """A person's name in capitals as it is usually written: `IDA MCLEAN` as `Ida McLean`."""
    words = name.split()
    common = entries("not_names.txt")
    if len(words) < 2 or not name.isupper() or any(w.casefold() in common for w in words):
        return name
    spelt = re.sub(r"[^\W\d_]{2,}", lambda word: word.group().capitalize(), name)
    return re.sub(r"\bMc([a-z])", lambda match: f"Mc{match[1].upper()}", spelt)


def _split_slash(line: str) -> str:
    """`A Name/B Name` as two names."""
    parts = [part.strip() for part in line.split("/")]
    is_names = len(parts) == 2 and all(_is_name(part, is_told=False) for part in parts)
    return ", ".join(parts) if is_names else line


def _clean(piece: str) -> str:
    """A name without the place, paper or job after it."""
    words = _NAME_END.sub("", piece).split()
    roles = entries("byline_roles.txt")
    job = next(
        (n for n, w in enumerate(words) if n > 1 and w.casefold().strip(".,") in roles), None
    )
    return _without_outlet(" ".join(words[:job]).strip(" .,:;|*-–—"), " ".join(words))


def _without_outlet(name: str, piece: str) -> str:
    """A name of two words or more without the outlet that a page glued to it."""
    small = piece.casefold()
    glued = [o for o in entries("outlets.txt") if small.endswith(f" {o}")]
    person = piece[: len(piece) - len(max(glued, key=len, default=""))].rstrip()
    return person if glued and " " in person else name


def _is_job(piece: str) -> bool:
    """Whether a piece after a name tells the person's job or paper instead of a second name."""
    words = [word.strip(".,") for word in piece.casefold().split()]
    jobs = sum(word in entries("byline_roles.txt") for word in words)
    return jobs * 2 >= len(words) or any(word in entries("paper_words.txt") for word in words)


def _is_paper(name: str) -> bool:
    words = name.casefold().split()
    return words[0] == "the" or words[-1] in entries("paper_titles.txt")


def _is_name(name: str, *, is_told: bool) -> bool:
    """Whether a piece of a line has the shape of a name; a byline that says so needs less."""
    words = name.split()
    if not 1 <= len(words) <= _MOST_WORDS or not all(map(_NAME_WORD.match, words)):
        return False
    if not (words[0][0].isupper() and words[-1][0].isupper()):
        return False
    if any(not w[0].isupper() and w.casefold() not in _PARTICLES for w in words):
        return False
    if any(w.endswith(("'s", "’s")) for w in words):
        return False
    if is_told:
        return len(name) > 1 and name.casefold() not in entries("no_authors.txt")
    common = entries("not_names.txt")
    return len(words) >= 2 and not any(word.casefold().strip(".") in common for word in words)
