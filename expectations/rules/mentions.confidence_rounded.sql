-- error: confidence is a number, rounded to .01.
-- One that is none (NaN) would pass its range: DuckDB trusts the limits that Parquet states.
SELECT mention_id, confidence
FROM mentions
WHERE isnan(confidence) OR confidence <> round(confidence, 2)
