"""Optional: entries whose vectors are near the question's, by an embedding model on another machine."""
