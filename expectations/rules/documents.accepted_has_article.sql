-- error: Every accepted document has its article.
SELECT documents.document_id, documents.source_id
FROM documents
ANTI JOIN articles USING (source_id)
WHERE documents.status = 'accepted' AND documents.source_id IS NOT NULL
