"""The publication gate for serious case reviews."""
