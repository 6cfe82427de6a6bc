"""How bytes become rows: pure functions, a package a table.

Belongs here: reading a stream into records (`documents`), a text into blocks and metadata
(`articles`), mentions and the entities behind them (`entities`), time expressions (`dates`),
attributed statements (`quotes`), one record into all its rows (`process`), the language model
(`inference`, `parsing`), many records on many workers (`engines`, `workers`), and what only the
whole corpus tells (`resolve`). Plain values in, rows out.

Does not belong here: Dagster, Great Expectations, SQL, paths of inputs or outputs.
"""
