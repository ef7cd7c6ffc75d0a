"""Probes that turn a running program into facts."""
