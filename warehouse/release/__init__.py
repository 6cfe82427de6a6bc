"""Releases: immutable, versioned copies of the published tables, for the public.

Belongs here: what a release folder holds and how it is made (`cut`), checked (`verify`) and
compared (`changes`), and what its machine-readable files say, all of it derived from the contracts.

Does not belong here: how rows are made, what must be true of them, printing.
"""
