-- Where an id that someone cited leads now: every id ever published, and those of this build.
CREATE VIEW entity_history AS
SELECT
    r.entity_id,
    r.name,
    r.type,
    r.status,
    coalesce(r.lives_on_as, r.entity_id) AS lives_on_as,
    living.name AS lives_on_as_name,
    e.entity_id IS NOT NULL AS is_in_entities,
    r.first_release,
    r.last_release
FROM registry AS r
LEFT JOIN entities AS e ON e.entity_id = coalesce(r.lives_on_as, r.entity_id)
LEFT JOIN registry AS living ON living.entity_id = coalesce(r.lives_on_as, r.entity_id)
UNION ALL
SELECT entity_id, name, type, 'active', entity_id, name, true, NULL, NULL
FROM entities
ANTI JOIN registry USING (entity_id);

COMMENT ON VIEW entity_history IS 'One row per entity id ever published, and per id that no release has published yet: the id that lives on, itself where it still does. Join an id of an old citation here to find its row in entities.';
