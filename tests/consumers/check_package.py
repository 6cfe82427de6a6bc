"""Print what Frictionless finds wrong with a release's datapackage.json, and its tables."""

import json
import sys
from pathlib import Path

from frictionless import Package

path = Path(sys.argv[1]) / "datapackage.json"
report = Package.validate_descriptor(str(path))
package = Package.from_descriptor(str(path))
print(
    json.dumps(
        {
            "errors": [row[0] for row in report.flatten(["message"])],
            "tables": {r.name: [f.name for f in r.schema.fields] for r in package.resources},
        }
    )
)
