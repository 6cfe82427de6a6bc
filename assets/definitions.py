"""What Dagster loads: the graph, with the settings that the environment gives."""

from assets.graph import build_defs
from assets.settings import settings

defs = build_defs(settings())
