"""Write the JSON Schemas that editors use, and link them in the first line of every file.

usage: python -m tools.schema [KNOWLEDGE] [--check]

``--check`` writes nothing and fails where something is not as it would be written.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from bot.kb.schema import FOLDER, files, kind_of, linked

ROOT = Path(__file__).resolve().parent.parent


def main(argv: list[str]) -> int:
    is_check, rest = "--check" in argv, [word for word in argv if word != "--check"]
    knowledge = Path(rest[0]) if rest else ROOT / "knowledge"
    stale = list(outdated(knowledge))
    for path, content in stale:
        sys.stdout.write(f"{path}\n")
        if not is_check:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
    return 1 if is_check and stale else 0


def outdated(knowledge: Path) -> Iterator[tuple[Path, bytes]]:
    """Every file that is not as it should be, with what it should be."""
    for name, text in files().items():
        path = knowledge / FOLDER / name
        if not path.is_file() or path.read_bytes() != text.encode():
            yield path, text.encode()
    for path in sorted(knowledge.rglob("*.yaml")):
        where, text = path.relative_to(knowledge).as_posix(), path.read_bytes().decode("utf-8")
        if kind_of(where) and (told := linked(where, text)) != text:
            yield path, told.encode()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
