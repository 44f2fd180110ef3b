"""How it is going: logs, checks, figures."""
