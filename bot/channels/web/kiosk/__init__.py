"""The kiosk: large screens in community centres, wiped after each person."""
