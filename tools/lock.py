"""Pin every dependency with hashes and without an index host: ``make lock`` (needs pip-tools)."""

import subprocess
import sys

FLAGS = (
    "-q --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --strip-extras --no-header"
)


def main() -> int:
    """Write both lock files."""
    for extra, target in (([], "requirements.lock"), (["--extra", "dev"], "requirements-dev.lock")):
        subprocess.run([sys.executable, "-m", "piptools", "compile", *FLAGS.split(), *extra, "-o", target], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
