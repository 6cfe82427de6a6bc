-- error by article: words_sha256 is the SHA-256 of the article's text without its ASCII white space.
-- The case of its digits is left to the column's pattern.
SELECT article_id, words_sha256
FROM texts
WHERE lower(words_sha256) <> sha256_of_words
