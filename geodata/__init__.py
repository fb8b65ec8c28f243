"""Read incidents, place them by the gazetteer, keep them in a store and export them."""
