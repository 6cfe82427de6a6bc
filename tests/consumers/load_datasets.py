"""Print the rows that Hugging Face's datasets loads of each table, whole and streaming."""

import json
import os
import sys

os.environ |= {"HF_HUB_OFFLINE": "1", "HF_HOME": sys.argv[2], "HF_DATASETS_CACHE": sys.argv[2]}
import datasets

folder = sys.argv[1]
datasets.disable_progress_bars()
found = {}
for name in datasets.get_dataset_config_names(folder):
    whole = datasets.load_dataset(folder, name, split="train")
    stream = datasets.load_dataset(folder, name, split="train", streaming=True)
    found[name] = {"whole": whole.num_rows, "streaming": sum(1 for _ in stream)}
default = datasets.load_dataset(folder, split="train")
print(json.dumps({"tables": found, "default": default.column_names}))
