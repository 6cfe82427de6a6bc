-- error by article: The quotes of an article are numbered 0, 1, 2 and so on in the order in which they begin.
SELECT quote_id, quote_no
FROM (
    SELECT
        quote_id,
        quote_no,
        start_char,
        row_number() OVER article - 1 AS place,
        lag(start_char) OVER article AS previous_start
    FROM quotes
    WHERE quote_no >= 0 AND start_char >= 0
    WINDOW article AS (PARTITION BY article_id ORDER BY quote_no)
)
WHERE quote_no <> place OR start_char < previous_start
