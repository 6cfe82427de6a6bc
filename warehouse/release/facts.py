"""What a release says of itself, in each of its files the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from warehouse import parquet
from warehouse.release.build_record import BuildRecord
from warehouse.release.checkout import LOCK_FILE
from warehouse.release.contracts import SCHEMA_VERSION
from warehouse.release.hashes import digest_of_inputs
from warehouse.release.policy import Policy
from warehouse.release.profile import Profile
from warehouse.storage import sha256
from warehouse.tables import DOCUMENTS

NAME = "on-the-record"
TITLE = "On the Record"
SUBTITLE = "who said what, when, about whom"
DESCRIPTION = (
    "A dataset of attributed statements in news texts: each quote with its speaker, its cue, the "
    "day it was said on, the people, bodies, places and dates that the texts name, and the place "
    "of every one of them in the text."
)
KEYWORDS = ("quotations", "news", "speaker attribution", "named entities", "temporal expressions")
#: What the annotations are under; the texts are their publishers'.
LICENCE = "CC-BY-4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
AUTHOR = "On the Record contributors"
UNRELEASED = "unreleased"


@dataclass(frozen=True, slots=True)
class Facts:
    """A release in the words that all its files share.

    `commit`, `changed` and `packages_sha256` are those of the code that built the tables;
    `inputs_sha256` is over the inputs' source_id and sha256. `policy` is what a public release was
    cut by; None in a full one.
    """

    version: str
    released_on: date
    build: BuildRecord
    inputs_sha256: str
    profile: Profile = "public"
    policy: Policy | None = None

    @property
    def citation(self) -> str:
        """How to cite this version."""
        return citation(self.version, self.released_on)

    @property
    def in_parquet(self) -> dict[str, str]:
        """The key-value metadata of each Parquet file, which only the version and rows decide."""
        return {
            "dataset": TITLE,
            "version": self.version,
            "profile": self.profile,
            "schema_version": SCHEMA_VERSION,
            "licence": LICENCE,
            "citation": self.citation,
        }

    @property
    def in_database(self) -> dict[str, str | None]:
        """What the table `_release` says, by column."""
        return {
            "version": self.version,
            "profile": self.profile,
            "released_on": self.released_on.isoformat(),
            "schema_version": SCHEMA_VERSION,
            "model": self.build.model.name,
            "model_sha256": self.build.model.sha256,
            "code_commit": self.build.commit,
            "packages_sha256": self.build.packages_sha256,
            "inputs_sha256": self.inputs_sha256,
            "licence": LICENCE,
            "citation": self.citation,
        }


def about(tables: Path, model: str) -> dict[str, str | None]:
    """What the table `_release` says of a folder of tables that is published and not released."""
    documents = parquet.files(tables, DOCUMENTS.name)
    return {
        "version": UNRELEASED,
        "profile": "full",
        "schema_version": SCHEMA_VERSION,
        "model": model,
        "packages_sha256": sha256(LOCK_FILE),
        "inputs_sha256": digest_of_inputs(inputs(documents)),
        "licence": LICENCE,
    }


def inputs(documents: Iterable[Path]) -> dict[str, str | None]:
    """The digest of every input, by its source_id, from the files of the table documents."""
    query = "SELECT source_id, sha256 FROM read_parquet(?) ORDER BY source_id"
    with duckdb.connect() as connection:
        return dict(connection.execute(query, [[str(path) for path in documents]]).fetchall())


def citation(version: str, released_on: date) -> str:
    """The citation of a version, as a line of text."""
    return (
        f"{AUTHOR} ({released_on.year}). {TITLE}: {SUBTITLE} (version {version}) [Data set]. "
        f"{LICENCE}."
    )
