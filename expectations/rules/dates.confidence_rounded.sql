-- error by article: confidence is rounded to .01.
SELECT date_id, confidence
FROM dates
WHERE confidence <> round(confidence, 2)
