"""The code editor and the pure functions behind its keys."""
