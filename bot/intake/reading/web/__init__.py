"""Web pages, read as a browser shows them, without menus and other surroundings of the document."""
