"""Who did it: actors, their other names, parents and sides."""
