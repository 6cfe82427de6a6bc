-- error: The blocks of an article lie end to end from the start of its text to the end.
-- A first block before 0 is left to the range of start_char.
SELECT article_id, block_no
FROM (
    SELECT
        article_id,
        block_no,
        start_char,
        end_char,
        row_number() OVER article AS place,
        lag(end_char) OVER article AS previous_end,
        lead(block_no) OVER article IS NULL AND block_no IS NOT NULL AS is_last
    FROM blocks
    WINDOW article AS (PARTITION BY article_id ORDER BY block_no, start_char)
)
JOIN (SELECT article_id, length(text) AS n_chars FROM articles) USING (article_id)
WHERE (place = 1 AND start_char > 0)
   OR (place > 1 AND start_char <> previous_end)
   OR (is_last AND end_char <> n_chars)
