-- error by article: speaker_form is `none` exactly where the text has no mention of the speaker.
SELECT quote_id, speaker_form, speaker_text
FROM quotes
WHERE (speaker_form = 'none') <> (speaker_text IS NULL)
