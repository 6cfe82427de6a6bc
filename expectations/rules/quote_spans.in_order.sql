-- error by article: The spans of a quote follow each other in the text and do not overlap.
SELECT quote_id, span_no
FROM (
    SELECT
        quote_id,
        span_no,
        start_char,
        lag(end_char) OVER (PARTITION BY quote_id ORDER BY span_no, start_char) AS previous_end
    FROM quote_spans
)
WHERE start_char < previous_end
