"""Records to and from other programs."""
