"""Print the rows that polars, pyarrow and pandas read in each table of a release."""

import json
import sys
from pathlib import Path

import pandas
import polars
import pyarrow.parquet

found = {
    path.stem: {
        "polars": polars.read_parquet(path).height,
        "pyarrow": pyarrow.parquet.read_table(path).num_rows,
        "pandas": len(pandas.read_parquet(path)),
    }
    for path in sorted((Path(sys.argv[1]) / "data").glob("*.parquet"))
}
print(json.dumps(found))
