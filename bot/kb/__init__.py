"""YAML → frozen models, with file and line for every mistake."""
