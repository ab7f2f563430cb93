"""Exports held documents to the formats that other systems read."""
