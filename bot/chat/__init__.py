"""A conversation with one person, on any platform: events come in, turns go out."""
