"""How fast, how large and how right, beside what others use? ``python -m bench [FILES…] [--write] [--cold]``.

Read ``speed.py`` for what is measured and its targets, ``peers.py`` for who is compared and how.
"""

import bot as bot  # keeps BLAS to one thread, so it must come before anything that imports numpy
