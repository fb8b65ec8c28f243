"""Read incidents, place them by the gazetteer, keep them in a store and export them."""

__version__ = "0.1.0"
