-- error: What was withdrawn is in no other table: no entity, no quote, no article of that id.
SELECT withdrawn.id, withdrawn.kind
FROM withdrawn
WHERE id IN (SELECT entity_id FROM entities)
   OR id IN (SELECT quote_id FROM quotes)
   OR id IN (SELECT article_id FROM articles)
   OR id IN (SELECT document_id FROM documents WHERE status <> 'rejected')
