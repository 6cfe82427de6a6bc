-- error by article: The spans of a quote are numbered 0, 1, 2 and so on.
SELECT quote_id, span_no
FROM (
    SELECT
        quote_id,
        span_no,
        dense_rank() OVER (PARTITION BY quote_id ORDER BY span_no) - 1 AS place
    FROM quote_spans
    WHERE span_no >= 0
)
WHERE span_no <> place
