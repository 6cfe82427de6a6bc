-- error by article: published_edtf begins with published_on, where the day is known.
SELECT article_id, published_on, published_edtf
FROM articles
WHERE published_on IS NOT NULL
  AND NOT starts_with(coalesce(published_edtf, ''), strftime(published_on, '%Y-%m-%d'))
