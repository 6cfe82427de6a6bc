"""A spaCy pipeline's own weights and rules, run at a fraction of what `nlp.pipe` costs.

What belongs here answers as spaCy's component does, token by token, and knows nothing of articles.
A pipeline that holds anything else is left to `nlp.pipe`.
"""
