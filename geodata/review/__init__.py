"""What a reader has decided about the names and duplicates of a table."""
