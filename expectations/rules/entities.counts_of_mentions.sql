-- error: n_mentions and n_articles count the mentions that refer to the entity.
-- Counts below 1 are left to the ranges of their columns.
SELECT entity_id, n_mentions, n_articles
FROM entities
LEFT JOIN (
    SELECT entity_id, sum(n) AS found, count(article_id) AS found_articles
    FROM (SELECT entity_id, article_id, count(*) AS n FROM mentions GROUP BY entity_id, article_id)
    GROUP BY entity_id
) USING (entity_id)
WHERE entity_id IS NOT NULL
  AND (
      (n_mentions >= 1 AND n_mentions <> coalesce(found, 0))
      OR (n_articles >= 1 AND n_articles <> coalesce(found_articles, 0))
  )
