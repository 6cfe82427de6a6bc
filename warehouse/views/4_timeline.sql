-- What the texts place in time, in the order of time.
CREATE VIEW timeline AS
SELECT
    d.earliest,
    d.latest,
    d.granularity,
    d.edtf,
    d.text AS date_text,
    trim(regexp_replace(
        substr(a.text, greatest(1, d.start_char - 79), d.end_char - d.start_char + 160),
        '\s+', ' ', 'g'
    )) AS context,
    q.quote_id,
    q.speaker_name AS speaker,
    a.title,
    a.published_on,
    d.article_id,
    d.date_id,
    d.confidence
FROM dates AS d
JOIN articles AS a USING (article_id)
LEFT JOIN quotes AS q USING (date_id)
WHERE d.earliest IS NOT NULL
ORDER BY d.earliest, d.latest, d.article_id, d.start_char;

COMMENT ON VIEW timeline IS 'One row per time expression that could be placed in time, with the words around it, and the statement that it dates, if any.';
