"""How much personal data does redaction leave, and what does it spoil? Files of messages → a table by kind.

usage: python -m tools.privacy [FILE…]

A file holds one JSON object a line: ``{"q", "secrets": [{"kind", "text"}], "keep": [what must stay]}``. A secret is
gone when nothing of it that identifies is left: of a number, an e-mail or an id no four signs in a row, of an address
no number, of a name no part. Without files those of ``tests/data`` are measured, and the phrasings of the knowledge.
"""

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.kb.load import Knowledge, load
from bot.store.redact import Redactor
from bot.store.redact.marks import MARK
from bot.store.redact.spoken import HANGUL_RUN, VALUE, WORDS, hangul_digits
from bot.store.redact.view import View

ROOT = Path(__file__).resolve().parent.parent
FILES = tuple(ROOT / f"tests/data/privacy_{writer}.jsonl" for writer in "abcd")
RUN = 4
"""So many signs in a row identify."""
KOREAN = {
    "mobile": "휴대전화",
    "landline": "일반전화",
    "resident_no": "주민등록번호",
    "foreigner_no": "외국인등록번호",
    "card": "카드번호",
    "account": "계좌번호",
    "passport": "여권번호",
    "licence": "면허번호",
    "plate": "차량번호",
    "email": "이메일",
    "messenger": "메신저 아이디",
    "id_no": "사번·학번·접수번호 등",
    "foreign_phone": "외국 전화번호",
    "code": "비밀번호·CVC·유효기간",
    "device": "기기 번호·IP",
    "birth": "생년월일",
    "address": "주소",
    "name": "이름",
}
_SAME = {
    "rrn": "resident_no",
    "foreigner_reg": "foreigner_no",
    "driver_licence": "licence",
    "birthday": "birth",
    "case_no": "id_no",
    "visa": "id_no",
    "door_code": "code",
    "card_cvc": "code",
    "card_expiry": "code",
    "device_id": "device",
    "ip": "device",
}
"""What writers call the same kind."""
_FIGURES = re.compile(r"\d+")
_READ_OUT = re.compile(rf"{VALUE}{{2,}}(?=호|번지|번길)")
_PART = re.compile(r"[^\W\d_]{2,}")
_SEPARATED = re.compile(r"(?<=[^\W_])[\W_ㅡ]+(?=[^\W_])")
_LOOKS = str.maketrans("oilо", "0110")
_LIKE_FIGURES = re.compile(r"[\dolіiо]*\d[\dolіiо]*")
_WORD = re.compile(r"[a-zа-я']+")


@dataclass(frozen=True)
class Secret:
    """Something personal in a message."""

    kind: str
    text: str


@dataclass(frozen=True)
class Message:
    """What somebody typed, what in it is personal, and what has to stay."""

    q: str
    secrets: tuple[Secret, ...]
    keep: tuple[str, ...]

    @classmethod
    def of(cls, row: dict[str, Any]) -> "Message":
        secrets = tuple(Secret(_SAME.get(s["kind"], s["kind"]), s["text"]) for s in row.get("secrets", ()))
        return cls(row["q"], secrets, tuple(row.get("keep", ())))


@dataclass(frozen=True)
class Measure:
    """What is left of messages after redaction."""

    left: dict[str, list[tuple[str, str]]]
    found: Counter[str]
    harmed: list[tuple[str, str]]
    harmless: int

    @property
    def gone(self) -> dict[str, float]:
        """The share that is gone, by kind."""
        return {kind: 1 - len(self.left.get(kind, ())) / count for kind, count in self.found.items()}

    @property
    def unharmed(self) -> float:
        return 1 - len(self.harmed) / self.harmless if self.harmless else 1.0


def read(paths: Iterable[Path]) -> list[Message]:
    return [Message.of(json.loads(line)) for path in paths for line in path.read_text("utf-8").splitlines() if line]


def measure(redactor: Redactor, messages: Sequence[Message]) -> Measure:
    """Redact every message and look for what is left."""
    left: dict[str, list[tuple[str, str]]] = defaultdict(list)
    found: Counter[str] = Counter()
    harmed: list[tuple[str, str]] = []
    for message in messages:
        out = redactor.redact(message.q)
        for secret in message.secrets:
            found[secret.kind] += 1
            if not is_gone(secret, message.q, out):
                left[secret.kind].append((secret.text, out))
        is_changed = not message.secrets and out != message.q
        if is_changed or any(word not in out for word in message.keep):
            harmed.append((message.q, out))
    return Measure(left, found, harmed, sum(bool(m.keep) or not m.secrets for m in messages))


def is_gone(secret: Secret, before: str, out: str) -> bool:
    """Whether nothing of a secret that identifies is left."""
    if secret.text in out:
        return False
    if secret.kind == "name":
        return not _parts(secret.text) & _parts(out) or not _told(secret.text, out)
    if secret.kind in ("address", "birth"):
        return not _numbers_left(secret.text, before, out)
    if secret.kind in ("email", "messenger"):
        return not _runs(_signs(secret.text)) & _runs(_signs(out))
    return not _runs(_figures(secret.text), r"\d+") & _runs(_figures(out), r"\d+")


def _told(name: str, out: str) -> bool:
    """Whether a part of the name stands as a word, or at the head of one: 철수가."""
    words = _parts(out)
    return any(word.startswith(part) for part in _parts(name) for word in words)


def _parts(text: str) -> set[str]:
    plain = View.of(MARK.sub(" ", text)).plain
    return set(_PART.findall(plain))


def _numbers_left(secret: str, before: str, out: str) -> bool:
    """Whether a number of an address or a birthday stands more often than outside of it."""
    elsewhere, after = _numbers(before.replace(secret, " ", 1)), _numbers(MARK.sub(" ", out))
    return any(after[number] > elsewhere[number] for number in _numbers(secret))


def _numbers(text: str) -> Counter[str]:
    plain = View.of(text).plain
    return Counter([*_FIGURES.findall(plain), *_READ_OUT.findall(plain)])


def _signs(text: str) -> str:
    return _SEPARATED.sub("", View.of(MARK.sub("\n‹", text)).plain)


def _figures(text: str) -> str:
    """With what is said or written in letters as figures, and without what separates them."""
    plain = _LIKE_FIGURES.sub(lambda m: m[0].translate(_LOOKS), View.of(MARK.sub("\n‹", text)).plain)
    plain = HANGUL_RUN.sub(lambda m: hangul_digits(m[0]), _WORD.sub(lambda m: WORDS.get(m[0], m[0]), plain))
    return re.sub(r"(?<=\d)[^\w‹]+(?=\d)|(?<=\d)[_ㅡ](?=\d)", "", plain)


def _runs(text: str, signs: str = r"[^\W_]+") -> set[str]:
    stretches = re.findall(signs, text)
    return {s[i : i + RUN] for s in stretches for i in range(len(s) - RUN + 1) if s[i : i + RUN].strip("0")}


def phrasings(knowledge: Knowledge) -> Iterator[str]:
    """Ordinary questions: what the knowledge itself says that people ask."""
    for programme in knowledge.programmes:
        yield from programme.phrasings
    for cards in knowledge.translations.values():
        yield from (question for card in cards.values() for question in card.questions)
    for topic in knowledge.elsewhere.topics:
        yield from topic.examples


def table(measured: dict[str, Measure]) -> str:
    """Markdown, a line a kind, a column a file."""
    counted = {kind for m in measured.values() for kind in m.found}
    kinds = [kind for kind in (*KOREAN, *sorted(counted - KOREAN.keys())) if kind in counted]
    lines = ["| 종류 | " + " | ".join(measured) + " |", "|---|" + "---|" * len(measured)]
    for kind in kinds:
        lines.append(f"| {KOREAN.get(kind, kind)} | " + " | ".join(_cell(m, kind) for m in measured.values()) + " |")
    spoiled = (f"{m.unharmed:.1%} ({m.harmless - len(m.harmed)}/{m.harmless})" for m in measured.values())
    return "\n".join([*lines, "| 그대로 남아야 할 글 | " + " | ".join(spoiled) + " |"])


def _cell(measured: Measure, kind: str) -> str:
    count = measured.found[kind]
    return f"{measured.gone[kind]:.1%} ({count - len(measured.left.get(kind, ()))}/{count})" if count else ""


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.privacy", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=FILES)
    parser.add_argument("--left", action="store_true", help="also show what is left and what is spoiled")
    args = parser.parse_args(argv)
    knowledge = load(ROOT / "knowledge")
    redactor = Redactor.of(knowledge)
    measured = {path.stem: measure(redactor, read([path])) for path in args.files}
    print(table(measured))
    asked = list(phrasings(knowledge))
    changed = [(text, out) for text in asked if (out := redactor.redact(text)) != text]
    print(f"\n지식에 있는 질문 {len(asked):,}개 가운데 바뀐 것: {len(changed)}개 ({len(changed) / len(asked):.2%})")
    if args.left:
        _show(measured, changed)
    return 0


def _show(measured: dict[str, Measure], changed: list[tuple[str, str]]) -> None:
    for name, m in measured.items():
        for kind, left in m.left.items():
            for text, out in left:
                print(f"{name} {kind}: {text!r} in {out!r}", file=sys.stderr)
        for q, out in m.harmed:
            print(f"{name} spoiled: {q!r} → {out!r}", file=sys.stderr)
    for text, out in changed:
        print(f"changed: {text!r} → {out!r}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
