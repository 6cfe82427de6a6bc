-- What was rejected or a duplicate, and why?
SELECT source_id, status, reason, detail
FROM rejects;
