-- Which entities are named together most often, in how many articles?
WITH named AS (
    SELECT DISTINCT article_id, e.entity_id, e.name
    FROM mentions JOIN entities AS e USING (entity_id)
)
SELECT a.name AS entity, b.name AS other, count(*) AS n_articles
FROM named AS a
JOIN named AS b ON a.article_id = b.article_id AND a.entity_id < b.entity_id
GROUP BY ALL
ORDER BY n_articles DESC, entity, other
LIMIT 20;
