-- warning by article: The article's language is known.
SELECT article_id, source_id
FROM articles
WHERE language IS NULL
