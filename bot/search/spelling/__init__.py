"""Corrects questions that were mistyped, or typed in letters."""
