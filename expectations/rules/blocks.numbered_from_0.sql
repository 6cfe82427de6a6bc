-- error by article: The blocks of an article are numbered 0, 1, 2 and so on.
SELECT article_id, block_no
FROM (
    SELECT
        article_id,
        block_no,
        dense_rank() OVER (PARTITION BY article_id ORDER BY block_no) - 1 AS place
    FROM blocks
    WHERE block_no >= 0
)
WHERE block_no <> place
