"""The far side: standard library and torch only, launched by path, imported by nobody here but through `wire`."""
