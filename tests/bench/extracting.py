"""Extraction alone: `python -m tests.bench.extracting SEEDS WAREHOUSE`.

What it takes is what a build of new documents takes at least.
"""

import sys

from assets.extraction import extract_batches
from assets.settings import settings

if __name__ == "__main__":
    extract_batches(settings(sys.argv[1], sys.argv[2], environment={}), None)
