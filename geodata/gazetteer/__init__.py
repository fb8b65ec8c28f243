"""Where it happened: places, their names and their areas."""
