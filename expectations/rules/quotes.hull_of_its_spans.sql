-- error by article: A quote begins where its first span begins and ends where its last one ends.
-- Offsets out of order or range, of the quote or its spans, are left to the rules on those.
SELECT quote_id, start_char, end_char
FROM quotes
JOIN (
    SELECT quote_id, min(start_char) AS first_start, max(end_char) AS last_end
    FROM quote_spans
    WHERE 0 <= start_char AND start_char < end_char
    GROUP BY quote_id
) USING (quote_id)
WHERE 0 <= start_char
  AND start_char < end_char
  AND (start_char <> first_start OR end_char <> last_end)
