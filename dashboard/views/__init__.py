"""One panel of the page a module."""
