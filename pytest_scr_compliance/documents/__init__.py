"""Bytes → blocks: one reader per format."""
