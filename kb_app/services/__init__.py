"""What a person can do with a knowledge base, one module a verb; no window, no SQL."""
