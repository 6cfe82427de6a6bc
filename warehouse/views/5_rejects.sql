-- What was not accepted, and why.
CREATE VIEW rejects AS
SELECT source_id, status, reason, detail, batch, media_type, n_bytes, article_id, document_id
FROM documents
WHERE status <> 'accepted'
ORDER BY source_id;

COMMENT ON VIEW rejects IS 'One row per input that became no article of its own, with the reason in a sentence.';
