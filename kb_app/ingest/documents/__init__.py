"""Readers of document formats: PDF, Word, OpenDocument, RTF and EPUB to articles."""
