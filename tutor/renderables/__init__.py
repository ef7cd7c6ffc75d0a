"""Events to printable content: pure functions of (event, width, charset), each picture with a twin in words."""
