-- What do the texts place in time, oldest first?
SELECT earliest, latest, date_text, context
FROM timeline
ORDER BY earliest, latest, context
LIMIT 30;
