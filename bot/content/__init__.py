"""Every kind of file in knowledge/, read as values of the rooms below; what `check` finds in them."""
