"""The incidents in an engine, and every question asked of them."""
