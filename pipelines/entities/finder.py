"""The mentions of an article and the things they mean."""

from collections.abc import Sequence

from spacy.tokens import Doc

from pipelines.articles.article import Block
from pipelines.entities.clusters import Cluster, Clusters, cluster_names
from pipelines.entities.currencies import CurrencySpan, apart_from_names, currency_spans
from pipelines.entities.groupmention import resolve_groups
from pipelines.entities.mention import LocalEntity, Mention
from pipelines.entities.pronouns import resolve_pronouns
from pipelines.entities.references import Reference, joined
from pipelines.entities.rolemention import RoleReader
from pipelines.entities.spans import NameSpan
from pipelines.entities.tokens import Tokens, read_tokens
from pipelines.entities.votes import name_spans


def find_mentions(
    doc: Doc, text: str, blocks: Sequence[Block]
) -> tuple[list[Mention], list[LocalEntity]]:
    """Find what an article names, and which mentions mean the same thing.

    Args:
        doc: the article as `pipelines.parsing.parse` gives it, unread blocks as single tokens.
        text: the article's text, into which the offsets count code points.
        blocks: the article's blocks.

    Returns:
        The mentions by place, none in an unread block; and the things they mean, to which
        `Mention.local` points. A mention may lie inside another (“NATO” in “the NATO chief”),
        which then comes first,
        and “US” in “US dollars”; none crosses another.
    """
    tokens = read_tokens(doc)
    spans, money = apart_from_names(name_spans(tokens), currency_spans(tokens))
    named = cluster_names(tokens, spans)
    names = _name_references(spans, named)
    groups = resolve_groups(tokens, named.clusters, names)
    roles = RoleReader(tokens, named.clusters, names).mentions()
    heard = resolve_pronouns(tokens, named.clusters, joined(roles, names))
    known = [r for r in roles if r.target is not None]
    currencies = _currency_references(tokens, money, named.clusters)
    found = sorted([*names, *currencies, *groups, *known, *heard], key=lambda r: (r.start, -r.end))
    return _rows(tokens, found, named.clusters)


def _rows(
    tokens: Tokens, references: Sequence[Reference], clusters: Sequence[Cluster]
) -> tuple[list[Mention], list[LocalEntity]]:
    """The mentions, and the things that have one, numbered by first mention."""
    number: dict[int, int] = {}
    for r in references:
        if r.target is not None:
            number.setdefault(r.target, len(number))
    mentions = [
        _mention(tokens, r, None if r.target is None else number[r.target]) for r in references
    ]
    return mentions, [_local_entity(clusters[target]) for target in number]


def _name_references(spans: Sequence[NameSpan], named: Clusters) -> list[Reference]:
    found = []
    for span, target in zip(spans, named.of_span, strict=True):
        number, confidence = target if target is not None else (None, 0.0)
        found.append(Reference(span.start, span.end, span.type, "name", number, confidence))
    return found


def _currency_references(
    tokens: Tokens, money: Sequence[CurrencySpan], clusters: list[Cluster]
) -> list[Reference]:
    """A reference for each currency, and a cluster for each that is new."""
    number: dict[str, int] = {}
    found = []
    for span in money:
        currency = span.currency
        if currency.code not in number:
            number[currency.code] = len(clusters)
            clusters.append(Cluster("PRODUCT", country=currency.country, fixed_name=currency.name))
        target = number[currency.code]
        clusters[target].names[tokens.phrase(span.start, span.end)] += 1
        found.append(Reference(span.start, span.end, "PRODUCT", "name", target, 0.95))
    return found


def _mention(tokens: Tokens, reference: Reference, local: int | None) -> Mention:
    last = reference.end - 1
    return Mention(
        tokens.start[reference.start],
        tokens.start[last] + len(tokens.text[last]),
        reference.type,
        reference.form,
        local,
        reference.confidence,
    )


def _local_entity(cluster: Cluster) -> LocalEntity:
    name = cluster.name
    aliases = tuple(sorted(n for n in cluster.names if n != name))
    return LocalEntity(name, cluster.type, aliases, tuple(cluster.roles), cluster.country)
