-- error by article: The first day of a date's interval is not after its last.
SELECT date_id, earliest, latest
FROM dates
WHERE earliest > latest
