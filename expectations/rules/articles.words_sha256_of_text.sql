-- error: words_sha256 is the SHA-256 of the article's text without its ASCII white space.
-- The case of its digits is left to the column's pattern.
SELECT article_id, articles.words_sha256
FROM articles
JOIN texts USING (article_id)
WHERE lower(articles.words_sha256) <> texts.words_sha256
