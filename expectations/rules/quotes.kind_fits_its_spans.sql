-- error by article: All of a direct quote stood in quotation marks, some of a mixed, none of an indirect one.
SELECT quote_id, kind
FROM quotes
JOIN (
    SELECT quote_id, bool_or(is_verbatim) AS any_verbatim, bool_and(is_verbatim) AS all_verbatim
    FROM quote_spans
    GROUP BY quote_id
) USING (quote_id)
WHERE (kind = 'direct' AND NOT all_verbatim)
   OR (kind = 'mixed' AND NOT any_verbatim)
   OR (kind = 'indirect' AND any_verbatim)
