"""Mentions, coreference within an article, and one entity for one thing across the corpus."""
