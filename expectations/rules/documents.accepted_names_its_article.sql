-- error: An accepted document names the article that was read from it.
SELECT documents.document_id, documents.source_id, documents.article_id
FROM documents
JOIN articles USING (source_id)
WHERE documents.status = 'accepted' AND documents.article_id IS DISTINCT FROM articles.article_id
