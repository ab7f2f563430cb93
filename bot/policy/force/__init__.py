"""Whether a document is in force on a day, by what it says about itself and what others say about it."""
