"""Write the golden documents as gold files, for `otr eval` and for a look at them.

    python -m tests.golden FOLDER     # FOLDER/articles.jsonl and FOLDER/five_texts.jsonl
"""

import sys
from pathlib import Path

from tests.golden.documents import articles, five_texts, write_gold

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
write_gold(articles(), folder / "articles.jsonl")
write_gold(five_texts(), folder / "five_texts.jsonl")
