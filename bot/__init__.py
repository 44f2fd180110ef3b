"""A city's safety programmes, answered in Telegram: Update → chat → engine → Answer → render → Telegram.

Folder order is import order: errors, config, kb, engine, store, monitor, chat, web, app, cli.
"""

import os

# The encoder and OpenBLAS each keep a pool of threads that spin while they wait: together they fight for the cores,
# and a question takes 95 ms instead of 10, on a busy machine seconds. OpenBLAS gets one thread; the encoder's threads
# spin briefly between two steps (not at all: 24 ms; without end: 120 ms beside busy neighbours), then sleep
# (docs/design.md). Must stand before numpy.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("GOMP_SPINCOUNT", "1000")

__version__ = "0.1.0"
