-- error: The input that an article was read from is an accepted document.
SELECT articles.article_id, source_id, documents.status
FROM articles
JOIN documents USING (source_id)
WHERE documents.status <> 'accepted'
