-- error by article: A build cuts no quote; only a public release does.
SELECT quote_id
FROM quotes
WHERE is_truncated
