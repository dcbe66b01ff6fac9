"""Kartoteka: an offline knowledge base of people, institutions and events."""

__version__ = "0.1.0"
