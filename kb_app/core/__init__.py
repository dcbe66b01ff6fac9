"""Values and rules of the knowledge base; standard library only."""
