"""What the learner has done, kept in one SQLite file."""
