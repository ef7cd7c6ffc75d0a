"""Tools that prove a lesson: lint, test, mutate, transcript."""
