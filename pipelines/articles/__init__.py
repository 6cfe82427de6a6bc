"""A text becomes an article: blocks, title, byline, dateline, publication date.

Does not belong here: names, dates and statements inside the running text.
"""
