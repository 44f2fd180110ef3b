"""A city's safety programmes, answered in Telegram: Update → chat → engine → Answer → render → Telegram.

Folder order is import order: errors, config, kb, engine, store, monitor, chat, web, app, cli.
"""

import os

# The encoder and OpenBLAS each keep a pool of threads that spin while they wait: together they fight for the cores,
# and a question takes 95 ms instead of 13, on a busy machine seconds (docs/design.md). Must stand before numpy.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

__version__ = "0.1.0"
