-- error: confidence is a number, rounded to .01.
-- One that is none (NaN) would pass its range: DuckDB trusts the limits that Parquet states.
SELECT quote_id, confidence
FROM quotes
WHERE isnan(confidence) OR confidence <> round(confidence, 2)
