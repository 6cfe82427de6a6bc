-- What did Stoltenberg say about Russia, and when?
SELECT DISTINCT
    s.quote,
    s.kind,
    coalesce(s.said_edtf, s.said_text) AS said,
    s.published_edtf AS published,
    s.title
FROM statements AS s
JOIN quote_mentions AS m USING (quote_id)
WHERE s.speaker = 'Jens Stoltenberg' AND m.entity = 'Russia'
ORDER BY s.title, s.quote;
