"""registry: every entity id ever published, so that each still leads somewhere."""

from typing import Literal, get_args

import pyarrow as pa

from warehouse.tables.mentions import TYPE_DOC, EntityType
from warehouse.tables.spec import STRINGS, Column, Table, id_pattern

RegistryStatus = Literal["active", "absent", "merged", "withdrawn"]

RELEASE_PATTERN = r"\d{4}\.\d{1,2}\.\d+"
#: Stands for the name of what was withdrawn.
NO_NAME = "[withdrawn]"

REGISTRY = Table(
    name="registry",
    doc=(
        "One row per entity id that a release ever published, as it was last published. "
        "Only a release adds rows; none is ever taken out. Of one that was withdrawn, and of those "
        "that live on as it, only the id, the type and the releases are kept."
    ),
    primary_key=("entity_id",),
    columns=(
        Column("entity_id", pa.string(), "The published id.", unique=True, pattern=id_pattern("e")),
        Column(
            "name",
            pa.string(),
            f"Its fullest name when it was last published; `{NO_NAME}` where that is not kept.",
            words="fact",
        ),
        Column("type", pa.string(), TYPE_DOC, values=get_args(EntityType)),
        Column(
            "aliases",
            STRINGS,
            "Its other names when it was last published, sorted.",
            words="fact",
        ),
        Column(
            "roles",
            STRINGS,
            "What the texts called it when it was last published, sorted.",
            words="fact",
        ),
        Column(
            "country",
            pa.string(),
            "ISO 3166-1 alpha-2 code of its country when it was last published.",
            nullable=True,
            pattern=r"[A-Z]{2}",
        ),
        Column(
            "status",
            pa.string(),
            "`active`: a row of `entities`. `absent`: no text names it any more. `merged`: it "
            "turned out to be another one. `withdrawn`: it is to be in no release any more.",
            values=get_args(RegistryStatus),
        ),
        Column(
            "lives_on_as",
            pa.string(),
            "The id that lives on, once two turned out to be one: that which was published first. "
            "Never itself a merged one.",
            nullable=True,
            references="registry.entity_id",
        ),
        Column(
            "first_release", pa.string(), "The release that published it.", pattern=RELEASE_PATTERN
        ),
        Column(
            "last_release",
            pa.string(),
            "The last release in which it was a row of `entities`.",
            pattern=RELEASE_PATTERN,
        ),
        Column(
            "name_digests",
            STRINGS,
            "Of one whose name is not kept the first 16 hex digits of the SHA-256 of what its "
            "names come to, its own before the others, so that it is known again and stays out.",
            nullable=True,
        ),
    ),
)
