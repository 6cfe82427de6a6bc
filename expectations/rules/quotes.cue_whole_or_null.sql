-- error by article: cue, cue_start and cue_end are null together.
SELECT quote_id, cue, cue_start, cue_end
FROM quotes
WHERE (cue IS NULL) <> (cue_start IS NULL)
   OR (cue_start IS NULL) <> (cue_end IS NULL)
