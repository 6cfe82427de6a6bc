-- error by article: The blocks of an article lie end to end from the start of its text to the end.
-- A first block before 0 is left to the range of start_char.
SELECT article_id, block_no
FROM (
    SELECT
        article_id,
        block_no,
        start_char,
        end_char,
        row_number() OVER in_order AS place,
        count(*) OVER (PARTITION BY article_id) AS n_blocks,
        lag(end_char) OVER in_order AS previous_end
    FROM blocks
    WINDOW in_order AS (PARTITION BY article_id ORDER BY block_no, start_char)
)
JOIN texts USING (article_id)
WHERE (place = 1 AND start_char > 0)
   OR (place > 1 AND start_char <> previous_end)
   OR (place = n_blocks AND end_char <> n_chars)
