-- Read by analysts first: one row a statement, with all it takes to quote it.
CREATE VIEW statements AS
SELECT
    q.quote_id,
    q.speaker_name AS speaker,
    q.speaker_role AS role,
    q.speaker_text,
    q.speaker_form,
    q.speaker_entity_id,
    q.kind,
    q.text AS quote,
    q.cue,
    d.edtf AS said_edtf,
    d.earliest AS said_earliest,
    d.latest AS said_latest,
    d.text AS said_text,
    a.title,
    a.publisher,
    a.published_on,
    a.published_edtf,
    a.url,
    q.article_id,
    q.start_char,
    q.end_char,
    q.confidence
FROM quotes AS q
JOIN articles AS a USING (article_id)
LEFT JOIN dates AS d USING (date_id)
-- The same words again, as a headline or a pull quote, are no new statement.
WHERE q.repeats_quote_id IS NULL
-- Nor is what a near-duplicate repeats of the article that it repeats, or of an earlier repeat.
AND NOT EXISTS (
    FROM quotes AS said
    JOIN articles AS earlier USING (article_id)
    WHERE coalesce(earlier.near_duplicate_of, earlier.article_id) = a.near_duplicate_of
    AND (
        earlier.near_duplicate_of IS NULL
        OR (coalesce(earlier.published_edtf, '~'), earlier.article_id)
            < (coalesce(a.published_edtf, '~'), a.article_id)
    )
    AND trim(lower(regexp_replace(said.text, '[^\p{L}\p{N}]+', ' ', 'g')))
        = trim(lower(regexp_replace(q.text, '[^\p{L}\p{N}]+', ' ', 'g')))
);

COMMENT ON VIEW statements IS 'One row per statement: speaker, role, kind, quote, when it was said, and where it stands. Repeats inside an article, and what a near-duplicate article repeats, are left out.';
