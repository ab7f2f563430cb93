"""A held document, or all of them, in the forms that other systems read."""
