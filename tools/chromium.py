"""Debian's Chromium as tests and pictures start it: nothing of it speaks to another host."""

from pathlib import Path

CHROMIUM = Path("/usr/bin/chromium")
ARGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
