"""Tables in CSV files: every row kept or refused with a reason."""
