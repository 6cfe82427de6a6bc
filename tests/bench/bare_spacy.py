"""The bare spaCy pipeline over a JSONL file of texts: what the build is measured against."""

import json
import sys
from pathlib import Path

from pipelines.parsing import load_model


def main(path: str) -> None:
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    for _ in load_model().pipe(texts):
        pass


if __name__ == "__main__":
    main(sys.argv[1])
