"""Files of any kind that hold incidents, read into one form."""
