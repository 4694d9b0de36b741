"""Text → spans that can point to a person."""
