"""What a clause refers to, and where that stands."""
