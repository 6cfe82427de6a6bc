-- error: Of what was withdrawn, and of what lives on as it, no name, role or country is kept.
SELECT registry.entity_id, registry.status
FROM registry
LEFT JOIN registry AS living ON living.entity_id = registry.lives_on_as
WHERE 'withdrawn' IN (registry.status, living.status)
  AND (
      registry.name <> '[withdrawn]'
      OR len(registry.aliases) > 0
      OR len(registry.roles) > 0
      OR registry.country IS NOT NULL
  )
