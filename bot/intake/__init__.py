"""Files of offices become drafts, which wait until a person accepts them. Nothing here answers a resident."""
