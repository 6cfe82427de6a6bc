"""The three classes of CoNLL that entities are scored in, and what others call them."""

from typing import Final

PERSON: Final = "PER"
ORGANISATION: Final = "ORG"
PLACE: Final = "LOC"

#: CoNLL's classes by the labels of CoNLL, OntoNotes (our own), GUM and MEANTIME.
LABELS: Final[dict[str, str]] = {
    "PER": PERSON,
    "PERSON": PERSON,
    "ORG": ORGANISATION,
    "ORGANIZATION": ORGANISATION,
    "LOC": PLACE,
    "LOCATION": PLACE,
    "PLACE": PLACE,
    "GPE": PLACE,
    "FAC": PLACE,
}
