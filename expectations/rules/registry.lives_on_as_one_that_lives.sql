-- error: What a merged id lives on as is not merged itself, so that one step leads to it.
-- An id that is not in the registry is left to the foreign key.
SELECT merged.entity_id, merged.lives_on_as
FROM registry AS merged
JOIN registry AS living ON living.entity_id = merged.lives_on_as
WHERE living.lives_on_as IS NOT NULL
