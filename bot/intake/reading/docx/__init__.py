"""Word documents (docx), read from their XML: what Word would show, as paragraphs."""
