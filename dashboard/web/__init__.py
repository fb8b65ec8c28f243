"""HTTP routes beside the page, and the browser's files."""
