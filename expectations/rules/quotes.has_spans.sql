-- error by article: Every quote has at least one span.
SELECT quotes.quote_id
FROM quotes
ANTI JOIN quote_spans USING (quote_id)
WHERE quotes.quote_id IS NOT NULL
