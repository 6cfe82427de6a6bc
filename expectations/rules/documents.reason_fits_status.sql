-- error: An accepted document has no reason, a duplicate that of one, a rejected one another.
SELECT document_id, source_id, status, reason
FROM documents
WHERE (status = 'accepted' AND reason IS NOT NULL)
   OR (status = 'duplicate' AND coalesce(reason, '') NOT IN ('same_content', 'same_url'))
   OR (status = 'rejected' AND coalesce(reason, 'same_url') IN ('same_content', 'same_url'))
