-- error: A published id that lives on as another one is merged, another one active, absent or withdrawn.
SELECT entity_id, status, lives_on_as
FROM registry
WHERE (status = 'merged' AND lives_on_as IS NULL)
   OR (status IN ('active', 'absent', 'withdrawn') AND lives_on_as IS NOT NULL)
