"""`withdrawn.toml`: what a person withdrew. A line a withdrawal; it holds no text and no name.

Part of the contract of `withdrawn`, for what reads the inputs and for what writes the lines.
"""

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from warehouse.tables.withdrawn import REASONS, WithdrawalReason

FILE_NAME = "withdrawn.toml"
_KEYS = frozenset({"reason", "article", "content"})
_CONTAINER_END = re.compile("[!#]")
_PATTERNS = {
    "entity": re.compile("e[0-9a-f]{16}"),
    "quote": re.compile("q[0-9a-f]{16}"),
    "article": re.compile("a[0-9a-f]{16}"),
    "content": re.compile("[0-9a-f]{64}"),
}
#: What stands first in a file that `otr withdraw` begins.
HEAD = f"""\
# What is to be in no release any more. `otr withdraw` writes a line each; no text and no name
# belongs here. To take one back, delete its line and build; of an entity that a release was made
# without, the id stays withdrawn, and it comes back under another one.
#
#   source."texts/000_a.txt" = {{ reason = "…", article = "a…", content = "…" }}
#   entity.e0123456789abcdef = {{ reason = "…" }}
#   quote.q0123456789abcdef = {{ reason = "…" }}
#
# A source covers what lies in it (the records of a file). Its article's id and the SHA-256 of its
# text, where they are known, keep out copies of it. The reasons:
#
{"".join(f"#   {code:13} {why}{chr(10)}" for code, why in REASONS.items())}
"""


class WithdrawnError(ValueError):
    """`withdrawn.toml` cannot be used as it stands, or a withdrawal cannot be written into it."""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Why something was withdrawn; of a source also what is known of its article.

    `article` is the id of the article that it was or repeated, `content` the SHA-256 of its text.
    """

    reason: WithdrawalReason
    article: str | None = None
    content: str | None = None


Lines = Mapping[str, Withdrawal]


@dataclass(frozen=True, slots=True)
class Withdrawals:
    """All of `withdrawn.toml`: the withdrawals by source_id, by entity_id and by quote_id."""

    sources: Lines = field(default_factory=dict)
    entities: Lines = field(default_factory=dict)
    quotes: Lines = field(default_factory=dict)

    def source_of(self, source_id: str) -> str | None:
        """The withdrawn source that an input is or lies in."""
        if not self.sources:
            return None
        return next((whole for whole in wholes(source_id) if whole in self.sources), None)

    def copies(self) -> dict[str, str]:
        """The withdrawn source by what a copy has of it: its article's id, its text's SHA-256."""
        return {
            of: source
            for source, line in self.sources.items()
            for of in (line.article, line.content)
            if of is not None
        }


NONE = Withdrawals()


def wholes(source_id: str) -> tuple[str, ...]:
    """An input, and the member of an archive and the file that it lies in."""
    ends = (m.start() for m in _CONTAINER_END.finditer(source_id))
    return (source_id, *(source_id[:end] for end in ends))


def document_id(source_id: str) -> str:
    """The id that the table documents has for an input."""
    return f"d{hashlib.sha256(source_id.encode()).hexdigest()[:16]}"


def read_withdrawals(toml: str) -> Withdrawals:
    """Read the text of `withdrawn.toml`.

    Raises:
        WithdrawnError: it is no TOML, something is withdrawn twice, a key, an id or a reason is
            none.
    """
    try:
        tables = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise WithdrawnError(f"{FILE_NAME} is not TOML, or names a thing twice: {error}.") from None
    if unknown := set(tables) - {"source", "entity", "quote"}:
        raise WithdrawnError(
            f"{FILE_NAME}: unknown key “{min(unknown)}”; a line begins with source, entity or "
            "quote."
        )
    found = {}
    for kind in ("source", "entity", "quote"):
        lines = tables.get(kind, {})
        if not isinstance(lines, dict):
            raise WithdrawnError(f'{FILE_NAME}: write {kind}."ID" = {{ reason = "…" }}.')
        found[kind] = {key: _line(kind, key, said) for key, said in lines.items()}
    return Withdrawals(found["source"], found["entity"], found["quote"])


def _line(kind: str, key: str, said: Any) -> Withdrawal:  # noqa: ANN401 (what TOML holds)
    where = f"{FILE_NAME}, {kind} “{key}”"
    if not isinstance(said, dict) or not all(isinstance(v, str) for v in said.values()):
        raise WithdrawnError(f'{where}: write = {{ reason = "…" }}.')
    known = _KEYS if kind == "source" else {"reason"}
    if unknown := set(said) - known:
        raise WithdrawnError(
            f"{where}: unknown key “{min(unknown)}”; the keys are {', '.join(sorted(known))}."
        )
    for name, value in ((kind, key), *said.items()):
        if name in _PATTERNS and not _PATTERNS[name].fullmatch(value):
            raise WithdrawnError(f"{where}: “{value}” is the id or digest of no {name}.")
    reason = known_reason(said.get("reason", ""), where)
    return Withdrawal(reason, said.get("article"), said.get("content"))


def known_reason(code: str, where: str) -> WithdrawalReason:
    """The code as one of the fixed set.

    Raises:
        WithdrawnError: it is none of them; the message lists them all.
    """
    for reason in REASONS:
        if reason == code:
            return reason
    listed = "".join(f"\n  {name:13} {why}" for name, why in REASONS.items())
    raise WithdrawnError(f"{where}: “{code}” is no reason; give one of{listed}")


def with_lines(toml: str, new: Withdrawals) -> str:
    """The text of `withdrawn.toml` with lines added at its end; all that stood there stays.

    Raises:
        WithdrawnError: the text cannot be used, or lines cannot simply follow it.
    """
    before = read_withdrawals(toml)
    lines = [
        *(f"source.{_quoted(key)} = {_table(line)}" for key, line in new.sources.items()),
        *(f"entity.{key} = {_table(line)}" for key, line in new.entities.items()),
        *(f"quote.{key} = {_table(line)}" for key, line in new.quotes.items()),
    ]
    start = toml if toml.strip() else HEAD
    text = start + ("" if start.endswith("\n") else "\n") + "".join(f"{line}\n" for line in lines)
    wanted = Withdrawals(
        {**before.sources, **new.sources},
        {**before.entities, **new.entities},
        {**before.quotes, **new.quotes},
    )
    if not _says(text, wanted):
        raise WithdrawnError(
            f"{FILE_NAME}: no line can be added below a [table]; write its lines as "
            'source."…" = { … }, entity.e… = { … } or quote.q… = { … }.'
        )
    return text


def _says(text: str, wanted: Withdrawals) -> bool:
    try:
        return read_withdrawals(text) == wanted
    except WithdrawnError:
        return False


def _table(line: Withdrawal) -> str:
    facts: Iterable[tuple[str, str | None]] = (
        ("reason", line.reason),
        ("article", line.article),
        ("content", line.content),
    )
    return "{ " + ", ".join(f'{name} = "{value}"' for name, value in facts if value) + " }"


def _quoted(key: str) -> str:
    """A TOML basic string; JSON's escapes are among its."""
    return json.dumps(key, ensure_ascii=False).replace("\x7f", "\\u007f")
