-- error: The rows of documents are the files and records that an independent walk counts.
-- A file that changed after the build had listed it is left out: how many records it holds at the
-- time of the walk tells nothing. A row whose file is gone is left out where names came or went
-- since in its folder, or in the one that its folder stood in: the file was deleted. A file that
-- is there unchanged and has no row, or a row too many, is always told.
WITH changed AS (
    SELECT source_id FROM documents WHERE reason = 'changed_while_read'
    UNION
    SELECT source_id FROM walked WHERE kind = 'file' AND is_changed
),
lost AS (
    SELECT walked.source_id
    FROM walked
    ANTI JOIN documents USING (source_id)
    WHERE walked.kind = 'input'
),
made_up AS (
    SELECT documents.source_id
    FROM documents
    ANTI JOIN (SELECT source_id FROM walked WHERE kind = 'input') AS inputs USING (source_id)
    WHERE documents.source_id IS NOT NULL
),
-- Rows of files that are not there.
without_file AS (
    SELECT made_up.source_id
    FROM made_up
    ANTI JOIN (SELECT source_id FROM walked WHERE kind = 'file') AS files
        ON made_up.source_id = files.source_id
        OR (
            starts_with(made_up.source_id, files.source_id)
            AND substr(made_up.source_id, length(files.source_id) + 1, 1) IN ('#', '!', '~')
        )
),
-- Those whose folder, or the nearest above it that is still there, lost or got names.
deleted AS (
    SELECT without_file.source_id
    FROM without_file
    JOIN walked
        ON walked.kind = 'folder'
        AND (walked.source_id = '/' OR starts_with(without_file.source_id, walked.source_id))
    GROUP BY without_file.source_id
    HAVING arg_max(walked.is_changed, CASE walked.source_id WHEN '/' THEN 0 ELSE length(walked.source_id) END)
),
faults AS (
    SELECT source_id, 'has no row' AS fault FROM lost
    UNION ALL
    SELECT source_id, 'is not in the seeds' AS fault FROM made_up ANTI JOIN deleted USING (source_id)
)
SELECT faults.source_id, faults.fault
FROM faults
ANTI JOIN changed
    ON faults.source_id = changed.source_id
    OR starts_with(faults.source_id, changed.source_id || '#')
    OR starts_with(faults.source_id, changed.source_id || '!')
