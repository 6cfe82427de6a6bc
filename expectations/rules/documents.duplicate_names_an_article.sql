-- error: Every duplicate names the article that it duplicates.
-- That the article exists and was accepted follows from documents.article_id.foreign_key and
-- articles.source_was_accepted.
SELECT document_id, source_id
FROM documents
WHERE status = 'duplicate' AND article_id IS NULL
