"""The window: shows records and passes on what the person wishes."""
