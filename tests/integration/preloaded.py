"""What a build imports and loads, so that processes forked from here begin at once."""

import expectations.gx
from assets import build, merging
from pipelines import process
from pipelines.articles import page_reader
from pipelines.parsing import load_model

MODULES = (build, expectations.gx, merging, page_reader, process)
load_model()
