-- error by article: The mention of a quote's speaker overlaps none of the quote's own spans.
SELECT DISTINCT quote_id, speaker_text
FROM quotes
JOIN quote_spans USING (quote_id)
WHERE speaker_start < quote_spans.end_char AND quote_spans.start_char < speaker_end
