-- How many statements were published each month? (Articles with no full date stand under NULL.)
SELECT date_trunc('month', published_on)::DATE AS month, count(*) AS n_statements
FROM statements
GROUP BY ALL
ORDER BY month NULLS LAST;
