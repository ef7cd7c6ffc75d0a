"""Lessons line by line, without a screen: for screen readers, pipes and dumb terminals."""
