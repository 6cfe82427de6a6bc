-- error: speaker_name is the name of the entity that speaker_entity_id refers to.
SELECT quote_id, speaker_name, entities.name
FROM quotes
JOIN entities ON entities.entity_id = quotes.speaker_entity_id
WHERE speaker_name IS DISTINCT FROM entities.name
