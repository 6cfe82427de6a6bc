"""Mentions, coreference within an article, and one entity for one thing across the corpus.

Belongs here: mending the model's names (`spans`, `forms`, `votes`), which of them mean one thing
(`clusters`), roles and pronouns that refer (`rolemention`, `groupmention`, `pronouns`), and which
things of different articles are one (`across`). Does not belong here: who said what, and whatever
needs a table.
"""
