-- error: The rows of documents are the files and records that an independent walk counts.
-- A file that was written to meanwhile says so on a row of its own; how many records it held at
-- the time of the walk tells nothing.
WITH changed AS (
    SELECT source_id FROM documents WHERE reason = 'changed_while_read'
),
faults AS (
    SELECT source_id, 'has no row' AS fault
    FROM walked
    ANTI JOIN documents USING (source_id)
    UNION ALL
    SELECT source_id, 'is not in the seeds' AS fault
    FROM documents
    ANTI JOIN walked USING (source_id)
    WHERE source_id IS NOT NULL
)
SELECT faults.source_id, faults.fault
FROM faults
ANTI JOIN changed
    ON faults.source_id = changed.source_id
    OR starts_with(faults.source_id, changed.source_id || '#')
    OR starts_with(faults.source_id, changed.source_id || '!')
