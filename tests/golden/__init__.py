"""Golden documents: articles that we wrote and annotated by hand, and the five texts of the seeds.

What belongs here: the annotated articles (`articles/`), the annotations of the five texts
(`five_texts/`) and what turns both into gold documents. What does not: measures, which are in
`expectations.accuracy`, and what the system finds in these documents.
"""
