-- Which quotes have no known speaker, and what does the text call them?
SELECT quote, kind, speaker_text, speaker_form, title
FROM statements
WHERE speaker IS NULL
ORDER BY title, start_char;
