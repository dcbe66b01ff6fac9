"""The lists of people and institutions."""
