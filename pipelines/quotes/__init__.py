"""Attributed statements: the quoted and reported words, their cue, and the speaker's mention.

Belongs here: quotation marks (`marks`), reporting words and their clauses (`cues`, `clauses`,
`statements`), and who speaks (`speakers`, `discourse`, `resolve`). Does not belong here: who a name
is in general (that is `entities`), and whatever needs a table.
"""
