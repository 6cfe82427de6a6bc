-- error by article: A build cuts no span: the whole of it ends where its text ends.
-- Offsets out of order or range are left to the rules on those.
SELECT quote_id, span_no, end_char, uncut_end_char
FROM quote_spans
WHERE 0 <= start_char
  AND start_char < end_char
  AND (uncut_end_char <> end_char OR uncut_end_byte <> end_byte)
