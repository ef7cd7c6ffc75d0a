"""Put on `sys.path` of a Python that has no torch."""
