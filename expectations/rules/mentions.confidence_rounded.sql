-- error by article: confidence is rounded to .01.
SELECT mention_id, confidence
FROM mentions
WHERE confidence <> round(confidence, 2)
