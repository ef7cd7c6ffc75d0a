"""Events to printable content: pure functions of (event, width, charset)."""
