-- Who and what is talked about inside a quote.
CREATE VIEW quote_mentions AS
SELECT
    q.quote_id,
    q.speaker_name AS speaker,
    q.speaker_entity_id,
    e.entity_id,
    e.name AS entity,
    e.type AS entity_type,
    m.mention_id,
    m.text AS mention,
    m.form,
    q.text AS quote,
    q.article_id,
    m.start_char,
    m.end_char
FROM quotes AS q
JOIN quote_spans AS s USING (quote_id)
JOIN mentions AS m
    ON m.article_id = q.article_id
    AND m.start_char >= s.start_char
    -- A public release may show less of the span.
    AND m.end_char <= s.uncut_end_char
LEFT JOIN entities AS e ON e.entity_id = m.entity_id;

COMMENT ON VIEW quote_mentions IS 'One row per mention that lies inside a quote: who is talked about, and by whom.';
