"""A stream becomes records: decoding, the input formats, what a person knows about a source.

Does not belong here: what the text says (that is `articles`).
"""
