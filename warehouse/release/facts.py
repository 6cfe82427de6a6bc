"""What a release says of itself, in each of its files the same."""

from dataclasses import dataclass
from datetime import date

from warehouse.release.build_record import BuildRecord
from warehouse.release.contracts import SCHEMA_VERSION

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
    `inputs_sha256` is over the inputs' source_id and sha256.
    """

    version: str
    released_on: date
    build: BuildRecord
    inputs_sha256: str

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
            "schema_version": SCHEMA_VERSION,
            "licence": LICENCE,
            "citation": self.citation,
        }

    @property
    def in_database(self) -> dict[str, str | None]:
        """What the table `_release` says, by column."""
        return {
            **of_build(self.build, self.inputs_sha256),
            "version": self.version,
            "released_on": self.released_on.isoformat(),
            "citation": self.citation,
        }


def of_build(build: BuildRecord, inputs_sha256: str) -> dict[str, str | None]:
    """What the table `_release` says of what is published and not released."""
    return {
        "version": UNRELEASED,
        "schema_version": SCHEMA_VERSION,
        "model": build.model.name,
        "model_sha256": build.model.sha256,
        "code_commit": build.commit,
        "packages_sha256": build.packages_sha256,
        "inputs_sha256": inputs_sha256,
        "licence": LICENCE,
    }


def citation(version: str, released_on: date) -> str:
    """The citation of a version, as a line of text."""
    return (
        f"{AUTHOR} ({released_on.year}). {TITLE}: {SUBTITLE} (version {version}) [Data set]. "
        f"{LICENCE}."
    )
