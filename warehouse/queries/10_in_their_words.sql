-- The surest direct quotes: who, what, and the place in the article to check them.
SELECT speaker, quote, cue, title, start_char, end_char, confidence
FROM statements
WHERE kind = 'direct' AND confidence >= 0.9
ORDER BY speaker, title, start_char;
