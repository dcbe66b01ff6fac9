"""Who is who: what an article names, matched with what is known already."""
