-- error: Of the published ids those that are active, and no others, are rows of entities.
SELECT registry.entity_id, status
FROM registry
LEFT JOIN entities USING (entity_id)
WHERE (status = 'active' AND entities.entity_id IS NULL)
   OR (status <> 'active' AND entities.entity_id IS NOT NULL)
