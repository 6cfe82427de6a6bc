-- error: No rejected document names an article.
SELECT document_id, source_id, article_id
FROM documents
WHERE status = 'rejected' AND article_id IS NOT NULL
