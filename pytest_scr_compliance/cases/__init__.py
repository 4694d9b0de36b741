"""Paths → Case: find the folders, load YAML with line numbers, validate against the schema."""
