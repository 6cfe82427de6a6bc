-- error: An accepted document names the article that was read from it.
-- One without an article is left to documents.accepted_has_article.
SELECT documents.document_id, documents.source_id, documents.article_id
FROM documents
SEMI JOIN (SELECT source_id FROM articles WHERE article_id IS NOT NULL) AS named USING (source_id)
ANTI JOIN articles USING (source_id, article_id)
WHERE documents.status = 'accepted'
