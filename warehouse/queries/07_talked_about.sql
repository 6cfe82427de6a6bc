-- Who is talked about most inside quotes, and by whom?
SELECT entity, speaker, count(*) AS n_mentions, count(DISTINCT quote_id) AS n_quotes
FROM quote_mentions
WHERE entity IS NOT NULL AND speaker IS NOT NULL AND entity <> speaker
GROUP BY ALL
ORDER BY n_quotes DESC, n_mentions DESC, entity, speaker
LIMIT 20;
