-- error by article: published_basis is `none` exactly where published_edtf is not known.
SELECT article_id, published_basis, published_edtf
FROM articles
WHERE (published_basis = 'none') <> (published_edtf IS NULL)
