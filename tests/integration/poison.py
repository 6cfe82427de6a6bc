"""A language model with a part that kills the process which reads a certain word, for tests.

The part is a spaCy component in a folder of its own, announced as packages announce theirs, so that
every process with the folder on its path finds it.
"""

import importlib.util
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from pipelines.versions import DEFAULT_MODEL

WORD = "Umbrellafish"
_COMPONENT = f"""
import os, signal
from pathlib import Path
from spacy.language import Language

@Language.component("poison")
def poison(doc):
    if "{WORD}" in doc.text and Path(__file__).with_name("armed").exists():
        os.kill(os.getpid(), signal.SIGSEGV)
    return doc
"""


@dataclass(frozen=True, slots=True)
class Poison:
    """The model's folder, and the folder that has to be on the path."""

    model: Path
    package: Path

    @property
    def armed(self) -> Path:
        """While this file is there, the word kills."""
        return self.package / "armed"


def make_poison(folder: Path) -> Poison:
    """Make the model from the default one."""
    package, model = folder / "package", folder / "model"
    info = package / "poison-1.0.dist-info"
    info.mkdir(parents=True)
    (package / "poison.py").write_text(_COMPONENT)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: poison\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[spacy_factories]\npoison = poison:poison\n")
    spec = importlib.util.find_spec(DEFAULT_MODEL)
    assert spec is not None
    original = Path(str(spec.origin)).parent
    (source,) = (p.parent for p in original.glob("**/config.cfg"))
    shutil.copytree(source, model)
    meta = json.loads((original / "meta.json").read_text())
    meta["pipeline"].append("poison")
    (model / "meta.json").write_text(json.dumps(meta))
    config = (model / "config.cfg").read_text()
    config = config.replace('"ner"]', '"ner","poison"]', 1)
    (model / "config.cfg").write_text(config + '\n[components.poison]\nfactory = "poison"\n')
    poison = Poison(model, package)
    poison.armed.touch()
    return poison
