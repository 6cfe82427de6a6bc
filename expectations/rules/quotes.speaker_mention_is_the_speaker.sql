-- error by article: The mention that a quote's speaker_mention_id refers to is the speaker's place in the text.
SELECT quote_id, speaker_mention_id
FROM quotes
JOIN mentions ON mentions.mention_id = quotes.speaker_mention_id
WHERE quotes.article_id <> mentions.article_id
   OR quotes.speaker_start IS DISTINCT FROM mentions.start_char
   OR quotes.speaker_end IS DISTINCT FROM mentions.end_char
