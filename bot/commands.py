"""What each command does, with an engine in hand."""

import json
import logging
import sys
from argparse import Namespace
from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.app import build, run_polling
from bot.chat.memory import Memory
from bot.chat.render import Pages
from bot.chat.reply import Reply, plain
from bot.chat.talk import Holder
from bot.chat.terminal import chat
from bot.config import Settings
from bot.engine.answer import OUTCOMES, Answer, Missed, Urgent
from bot.engine.calibration import EVIDENCE
from bot.engine.encode import E5, Encoder
from bot.engine.frozen import freeze, key_of, thaw
from bot.engine.normalize import MAX_CHARS, normalize
from bot.engine.pipeline import Engine
from bot.engine.rules import RULES
from bot.errors import EncoderError, UsageError
from bot.kb.good import trusted
from bot.kb.load import Knowledge, load, version_of
from bot.kb.model import LANGUAGES, Language
from bot.monitor import evaluate as evaluation
from bot.monitor import jsonl
from bot.monitor.log import set_up
from bot.trial import run_trial

log = logging.getLogger(__name__)

KEEP = Path("var")
"""Where vectors and learned weights stay between runs."""
_SHAPE = '{"q": "…"}'
SHIPPED = ".kept"
"""The folder inside the knowledge with what ``tools.ship`` computed, so that the first start is quick."""


def engine(settings: Settings, no_encoder: bool = False) -> Engine:
    """The engine of the configured knowledge; by spelling alone, and saying so, where the encoder is missing."""
    encoder = None if no_encoder else _encoder()
    return _kept(settings, encoder) or _built(load(settings.knowledge_dir), settings, encoder)


def engine_of(knowledge: Knowledge, settings: Settings, no_encoder: bool = False) -> Engine:
    """The engine of a knowledge that is loaded. Where only facts changed the one before learns nothing anew."""
    encoder = None if no_encoder else _encoder()
    older = thaw(_path(encoder), key_of(knowledge.version, encoder), encoder, is_older_fine=True)
    return (older.with_facts(knowledge) if older else None) or _built(knowledge, settings, encoder)


def sturdy(settings: Settings, no_encoder: bool = False) -> Engine:
    """The same for citizens: where the knowledge is broken what was good last goes on, and the log says why."""
    encoder = None if no_encoder else _encoder()
    if found := _kept(settings, encoder):
        return found
    knowledge, problems = trusted(settings.knowledge_dir, KEEP / "knowledge")
    for problem in problems:
        log.error("the knowledge is broken, an older one goes on", extra={"problem": str(problem)})
    return _built(knowledge, settings, encoder)


def _kept(settings: Settings, encoder: Encoder | None) -> Engine | None:
    """An engine that was built before from the very same files, so that they need not be read again."""
    return thaw(_path(encoder), key_of(version_of(settings.knowledge_dir), encoder), encoder)


def _built(knowledge: Knowledge, settings: Settings, encoder: Encoder | None) -> Engine:
    found = Engine.build(knowledge, encoder, KEEP, _progress, ready=settings.knowledge_dir / SHIPPED)
    freeze(_path(encoder), key_of(knowledge.version, encoder), found)
    return found


def _path(encoder: Encoder | None) -> Path:
    return KEEP / f"engine-{'both' if encoder else 'letters'}.pickle"


def _encoder() -> Encoder | None:
    try:
        return E5()
    except EncoderError as error:
        log.warning("no encoder, searching by spelling alone", extra={"error": str(error)})
        return None


def _progress(done: int, total: int) -> None:
    end = "\n" if done == total else ""
    sys.stderr.write(f"\r뜻 벡터를 만드는 중 {done}/{total} (처음 한 번, 다음부터는 바뀐 표현만){end}")
    sys.stderr.flush()


def run(settings: Settings, terminal: bool, no_encoder: bool) -> int:
    """The bot in Telegram; without a token on a page of this machine, or in the terminal."""
    if terminal:
        chat(Holder(sturdy(settings, no_encoder)), sys.stdin, sys.stdout, Memory())
        return 0
    set_up(settings)
    if settings.telegram_bot_token is None:
        run_trial(settings, lambda: sturdy(settings, no_encoder))
        return 0
    run_polling(build(settings, sturdy(settings, no_encoder)))
    return 0


def refuse(args: Namespace) -> None:
    """Raise UsageError for what needs no engine to be seen."""
    if args.command == "ask" and args.question is None and not args.jsonl:
        raise UsageError('ask: 질문이 없습니다. 예: python -m bot ask "부엉이버스 요금 얼마예요?"')
    for path in args.files if args.command == "eval" else ():
        jsonl.lines(path)


def ask(by: Engine, question: str) -> int:
    """One question from the command line."""
    _, reply = _reply(by, question, None)
    buttons = " ".join(f"[{button.text}]" for row in reply.buttons for button in row)
    sys.stdout.write(f"{plain(reply.html)}\n{buttons}\n")
    return 0


def ask_lines(by: Engine, lines: Iterable[str | bytes]) -> int:
    """One question a line, one answer a line."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            sys.stdout.write(_json(by, line, f"standard input, line {number}") + "\n")
            sys.stdout.flush()
    return 0


def _json(by: Engine, line: str | bytes, where: str) -> str:
    row = jsonl.row(line, where, _SHAPE)
    question = jsonl.text(row, "q", where, _SHAPE)
    hint = None if row.get("lang") is None else _language(jsonl.text(row, "lang", where, _SHAPE))
    answer, reply = _reply(by, question, hint)
    out: dict[str, object] = {
        "outcome": OUTCOMES[type(answer)],
        "entries": [{"id": hit.id, "score": hit.score} for hit in answer.hits],
        "hotlines": list(answer.hotlines) if isinstance(answer, Urgent) else [],
        "lang": by.language(question, hint) or "other",
        "text": plain(reply.html),
    }
    if answer.aspect:
        out["aspect"] = answer.aspect
    return json.dumps(out, ensure_ascii=False)


def _language(code: str) -> Language | None:
    """One of ours, from a code as Telegram sends it (``en``, ``zh-hans``)."""
    return next((language for language in LANGUAGES if language == code.split("-")[0].lower()), None)


def _reply(by: Engine, question: str, hint: Language | None) -> tuple[Answer, Reply]:
    """As in the chat, where a message without a word in it is asked for one."""
    if not normalize(question):
        return Missed(()), Pages(by.knowledge, hint).nothing_typed()
    answer, language = by.answer(question), by.language(question, hint)
    return answer, Pages(by.knowledge, language or "en").answer(answer, len(question) > MAX_CHARS, language is None)


def explain(by: Engine, question: str) -> int:
    """Per candidate what each rule gave, the thresholds, the band, the time of each step."""
    told = by.explain(question)
    bands = by.calibration.bands
    read = told.query.text + (" (자판을 바로잡음)" if told.query.repaired else "")
    alarm = told.alarm
    danger = "  ".join(f"{name} {value:.2f}" for name, value in zip(EVIDENCE, alarm.evidence, strict=True))
    verdict = alarm.kind if alarm.is_danger else "위험 아님"
    out = [
        f"위험      {alarm.probability:.3f} (기준 {by.guard.caution.bar}) {verdict}",
        f"          {danger}  규칙 {alarm.sign or '-'}  반대 {alarm.harmless or '-'}",
    ]
    out += [
        f"언어      {told.language or '여섯 언어가 아님'}",
        f"읽은 글   {read}",
        f"찾는 방법 {'뜻과 철자' if by.encoder else '철자만(인코더 없음)'}",
        "",
    ]
    out.append("확률    " + " ".join(f"{rule.name:>9}" for rule in RULES) + "  후보")
    for row in told.ranked[:8]:
        given = " ".join(f"{value:9.2f}" for value in row.given)
        out.append(f"{row.probability:6.3f}  {given}  {row.owner.kind}:{row.owner.id}")
    out += [
        "",
        *(
            f"{rule.name:>9}  × {weight:6.2f}  {rule.reason}"
            for rule, weight in zip(RULES, by.calibration.weights, strict=True)
        ),
    ]
    out += ["", f"답 ≥ {bands.answer}  ·  고르기 ≥ {bands.offer}  ·  인사·다른 주제 ≥ {bands.chat}"]
    out.append(f"결과 {OUTCOMES[type(told.answer)]}  aspect={told.answer.aspect or '-'}")
    out.append("시간 " + "  ".join(f"{name} {ms:.1f} ms" for name, ms in told.steps))
    sys.stdout.write("\n".join(out) + "\n")
    return 0


def evaluate(by: Engine, files: Sequence[Path], mistakes: bool) -> int:
    """A table of shares for each file and, for Korean questions of ours, together."""
    korean: list[evaluation.Result] = []
    for path in files:
        results = [evaluation.judge(by, question) for question in evaluation.questions(path)]
        korean += [r for r in results if r.question.accept and r.question.lang == "ko"]
        if results:
            sys.stdout.write(evaluation.table(path.stem, results) + "\n")
        for row in results if mistakes else []:
            if (row.question.accept and not row.first) or (not row.question.accept and row.outcome == "outright"):
                sys.stdout.write(f"    {row.outcome:8} {row.score:.2f} {row.ids[:2]} {row.question.q[:70]}\n")
    if korean:
        sys.stdout.write(evaluation.table("Korean together", korean) + "\n")
    return 0
