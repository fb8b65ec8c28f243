"""The commands of `python -m geodata`, one a file."""
