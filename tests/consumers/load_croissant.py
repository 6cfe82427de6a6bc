"""Validate a release's croissant.json and print the records it loads of each table."""

import json
import sys
from pathlib import Path

import mlcroissant

path = Path(sys.argv[1]) / "croissant.json"
dataset = mlcroissant.Dataset(jsonld=path)
issues = dataset.metadata.ctx.issues
records = {s.name: sum(1 for _ in dataset.records(s.uuid)) for s in dataset.metadata.record_sets}
print(
    json.dumps(
        {
            "errors": sorted(map(str, issues.errors)),
            "warnings": sorted(map(str, issues.warnings)),
            "records": records,
        }
    )
)
