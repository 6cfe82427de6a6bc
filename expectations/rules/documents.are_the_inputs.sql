-- error: The rows of documents are the files and records that an independent walk counts.
-- A file that changed after the build had listed it is left out: how many records it holds at the
-- time of the walk tells nothing. A row whose file is gone is left out where names came or went
-- in its folder since: the file was deleted. A file that is there unchanged and has no row is always told.
WITH changed AS (
    SELECT source_id FROM documents WHERE reason = 'changed_while_read'
    UNION
    SELECT source_id FROM walked WHERE is_changed
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
    OR (
        faults.fault = 'is not in the seeds'
        AND (
            changed.source_id = '/'
            OR (ends_with(changed.source_id, '/') AND starts_with(faults.source_id, changed.source_id))
        )
    )
