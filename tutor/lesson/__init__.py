"""What a lesson is, how its file is read, and which lessons there are."""
