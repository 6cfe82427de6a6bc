-- error by article: speaker_text, speaker_start and speaker_end are null together.
SELECT quote_id, speaker_text, speaker_start, speaker_end
FROM quotes
WHERE (speaker_text IS NULL) <> (speaker_start IS NULL)
   OR (speaker_start IS NULL) <> (speaker_end IS NULL)
