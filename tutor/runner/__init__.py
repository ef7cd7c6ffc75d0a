"""The interface's side of the process boundary: start the worker, send runs, iterate events, stop."""
