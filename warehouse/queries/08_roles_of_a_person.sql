-- What do the texts call each person who speaks?
SELECT speaker, country, unnest(roles) AS role
FROM speakers
WHERE type = 'PERSON'
ORDER BY speaker, role;
