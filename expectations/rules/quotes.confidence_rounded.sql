-- error by article: confidence is rounded to .01.
SELECT quote_id, confidence
FROM quotes
WHERE confidence <> round(confidence, 2)
