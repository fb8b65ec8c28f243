"""The shell: what the reader sees and touches."""
