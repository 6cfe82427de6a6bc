"""A stream becomes records: decoding, the input formats, what a person knows about a source.

`reader` is the way in: it knows the formats by their suffixes, each read by a module of its own,
and turns what goes wrong with a file or member into a record with its reason. The limits and the
names of columns that are understood stand in `warehouse.tables.inputs`.

Does not belong here: what the text says (`articles`), and where files lie (`warehouse.storage`).
"""
