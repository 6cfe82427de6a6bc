-- error: The rows of documents are the files and records that an independent walk counts.
SELECT
    source_id,
    CASE WHEN walked.source_id IS NULL THEN 'not in the seeds' ELSE 'has no row' END AS fault
FROM documents
FULL JOIN walked USING (source_id)
WHERE walked.source_id IS NULL OR documents.source_id IS NULL
