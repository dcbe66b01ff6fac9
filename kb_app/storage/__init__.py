"""The one place that speaks SQL: records in, records out."""
