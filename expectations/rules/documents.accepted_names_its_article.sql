-- error: An accepted document names the article that was read from it.
-- One without an article is left to documents.accepted_has_article.
SELECT documents.document_id, documents.source_id, documents.article_id
FROM documents
JOIN (SELECT source_id, list(article_id) AS named FROM articles GROUP BY source_id)
    USING (source_id)
WHERE documents.status = 'accepted'
  AND named <> [NULL]
  AND (documents.article_id IS NULL OR NOT list_contains(named, documents.article_id))
