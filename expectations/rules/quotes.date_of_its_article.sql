-- error by article: The date that says when a quote was said stands in the quote's article.
SELECT quote_id, date_id
FROM quotes
JOIN dates USING (date_id)
WHERE quotes.article_id <> dates.article_id
