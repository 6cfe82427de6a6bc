-- error: A quote's text is the text of its spans, joined by ` … `.
SELECT quote_id
FROM quotes
JOIN (
    SELECT quote_id, string_agg(text, ' … ' ORDER BY span_no, start_char) AS joined
    FROM quote_spans
    GROUP BY quote_id
) USING (quote_id)
WHERE text <> joined
