-- error by article: Every article has at least one block.
SELECT articles.article_id
FROM articles
ANTI JOIN blocks USING (article_id)
WHERE articles.article_id IS NOT NULL
