"""Checks that decide, by behaviour, whether an answer is right."""
