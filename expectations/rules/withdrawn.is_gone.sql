-- error: What was withdrawn is in no other table: no entity, no quote, no article of that id.
SELECT withdrawn.id, withdrawn.kind
FROM withdrawn
SEMI JOIN (
    SELECT entity_id AS id FROM entities
    UNION ALL SELECT quote_id FROM quotes
    UNION ALL SELECT article_id FROM articles
    UNION ALL SELECT document_id FROM documents WHERE status <> 'rejected'
) AS kept USING (id)
