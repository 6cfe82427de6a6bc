-- error by article: A quote's text is the text of its spans, joined by ` … `.
-- Most quotes have one span; to compare them without aggregating halves the time.
WITH counted AS (SELECT quote_id, count(*) AS n_spans FROM quote_spans GROUP BY quote_id)

SELECT quote_id
FROM quotes
JOIN counted USING (quote_id)
JOIN quote_spans USING (quote_id)
WHERE n_spans = 1 AND quotes.text <> quote_spans.text
UNION ALL
SELECT quote_id
FROM quotes
JOIN (
    SELECT quote_id, string_agg(text, ' … ' ORDER BY span_no, start_char) AS joined
    FROM quote_spans
    SEMI JOIN (SELECT quote_id FROM counted WHERE n_spans > 1) AS several USING (quote_id)
    GROUP BY quote_id
) AS several USING (quote_id)
WHERE quotes.text <> joined
