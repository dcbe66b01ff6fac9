"""Bytes to articles: reading, decoding, clean text with zones, metadata, offsets into the original."""
