"""What is drafted and waits for a person to accept it. Nothing here answers a resident."""
