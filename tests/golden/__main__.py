"""`make accuracy`: the golden documents through the real build, and the table of a release.

    python -m tests.golden FOLDER    # FOLDER/accuracy.md, accuracy.json and the gold files

The gold files (`articles.jsonl`, `five_texts.jsonl`) are for `otr eval` and for a look at them.
"""

import json
import sys
from pathlib import Path

from assets.ending import end_quietly
from tests.golden.accuracy import measure
from tests.golden.documents import articles, five_texts, write_gold
from warehouse.release import accuracy


def main(folder: Path) -> None:
    """Measure, print the report and write it beside the gold files, unless it is there already."""
    if accuracy.is_current(folder):
        print(f"{folder} holds the table of this commit already")
        return
    folder.mkdir(parents=True, exist_ok=True)
    gold_files = {"articles": folder / "articles.jsonl", "five_texts": folder / "five_texts.jsonl"}
    write_gold(articles(), gold_files["articles"])
    write_gold(five_texts(), gold_files["five_texts"])
    reports = [measure(name, path) for name, path in gold_files.items()]
    text = "# Accuracy\n\n" + "\n".join(report.markdown for report in reports)
    (folder / "accuracy.md").write_text(text, encoding="utf-8")
    records = [report.record for report in reports]
    (folder / "accuracy.json").write_text(
        json.dumps(records, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    accuracy.stamp(folder)
    print(text)


if __name__ == "__main__":
    end_quietly()
    main(Path(sys.argv[1]))
