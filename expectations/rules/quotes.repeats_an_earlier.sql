-- error by article: A repeated quote refers to an earlier one of its article that repeats none itself.
SELECT quotes.quote_id, quotes.repeats_quote_id
FROM quotes
JOIN quotes AS earlier ON earlier.quote_id = quotes.repeats_quote_id
WHERE earlier.article_id <> quotes.article_id
   OR earlier.quote_no >= quotes.quote_no
   OR earlier.repeats_quote_id IS NOT NULL
