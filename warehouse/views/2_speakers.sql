-- Who is on the record, and how often.
CREATE VIEW speakers AS
SELECT
    e.entity_id,
    e.name AS speaker,
    e.type,
    e.country,
    e.roles,
    count(*) AS n_statements,
    count(*) FILTER (s.kind = 'direct') AS n_direct,
    count(DISTINCT s.article_id) AS n_articles,
    min(s.published_on) AS first_published,
    max(s.published_on) AS last_published
FROM statements AS s
JOIN entities AS e ON e.entity_id = s.speaker_entity_id
GROUP BY ALL;

COMMENT ON VIEW speakers IS 'One row per entity that is known to have said something, with counts of its statements.';
