-- warning by article: The article has a body.
SELECT article_id, source_id
FROM articles
WHERE body = ''
