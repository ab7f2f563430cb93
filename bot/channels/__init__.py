"""How people reach the service: JSON for staff and programs, pages for residents."""
