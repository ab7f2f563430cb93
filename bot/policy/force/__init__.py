"""Whether a document is in force on a day: what it says of itself, and what others say of it."""
