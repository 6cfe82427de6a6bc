-- Who is quoted most?
SELECT speaker, type, country, n_statements, n_direct, n_articles
FROM speakers
ORDER BY n_statements DESC, speaker
LIMIT 20;
