-- error: An article is a near-duplicate of another one, which is none itself.
SELECT articles.article_id, articles.near_duplicate_of
FROM articles
JOIN articles AS original ON original.article_id = articles.near_duplicate_of
WHERE original.near_duplicate_of IS NOT NULL
