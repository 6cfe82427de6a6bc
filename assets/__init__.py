"""The Dagster graph: thin assets, checks, resources, definitions, and the `otr` command.

An asset here reads, calls one function of another room, and returns. Logic does not belong here.
"""
