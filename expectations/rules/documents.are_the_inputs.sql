-- error: The rows of documents are the files and records that an independent walk counts.
SELECT source_id, 'has no row' AS fault
FROM walked
ANTI JOIN documents USING (source_id)
UNION ALL
SELECT source_id, 'is not in the seeds' AS fault
FROM documents
ANTI JOIN walked USING (source_id)
WHERE source_id IS NOT NULL
