"""What tests of several rooms share."""

import pytest
from spacy.language import Language

from pipelines.parsing import load_model


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The spaCy pipeline, loaded once."""
    return load_model()
