"""Pages for residents: plain HTML that works without JavaScript."""
