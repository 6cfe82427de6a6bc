"""Which articles repeat which other ones.

Belongs here: what needs more than one article. What is found in one article does not depend on it:
a change here extracts nothing anew.
"""
