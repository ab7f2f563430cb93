"""Documents set in the forms and formats that offices use, with what a reader must find in them."""
