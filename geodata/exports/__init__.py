"""Lists of incidents as files, one format a module."""
