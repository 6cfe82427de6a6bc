-- error: A quote begins where its first span begins and ends where its last one ends.
-- Offsets that are none are left to their ranges.
SELECT quote_id, start_char, end_char
FROM quotes
JOIN (
    SELECT quote_id, min(start_char) AS first_start, max(end_char) AS last_end
    FROM quote_spans
    GROUP BY quote_id
) USING (quote_id)
WHERE 0 <= start_char
  AND start_char < end_char
  AND (start_char <> first_start OR end_char <> last_end)
