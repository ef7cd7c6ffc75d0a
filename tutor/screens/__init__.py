"""Screens; each only routes."""
