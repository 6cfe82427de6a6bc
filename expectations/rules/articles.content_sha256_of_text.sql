-- error by article: content_sha256 is the SHA-256 of the article's text.
-- The case of its digits is left to the column's pattern.
SELECT article_id, content_sha256
FROM texts
WHERE lower(content_sha256) <> sha256
