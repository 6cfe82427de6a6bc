-- error: A range_id is shared by exactly two dates, of one article.
SELECT range_id
FROM dates
WHERE range_id IS NOT NULL
GROUP BY range_id
HAVING count(*) <> 2 OR count(DISTINCT article_id) > 1
