"""The tests of Kartoteka; the tree mirrors kb_app."""
