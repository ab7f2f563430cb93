"""What was mistyped, or typed in letters."""
