-- error: confidence is a number, rounded to .01.
-- One that is none (NaN) would pass its range: DuckDB trusts the limits that Parquet states.
SELECT date_id, confidence
FROM dates
WHERE isnan(confidence) OR confidence <> round(confidence, 2)
