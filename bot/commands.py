"""What each command does, with an engine in hand."""

import asyncio
import json
import logging
import sys
from argparse import Namespace
from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.app import App, Beside, build, parts, run_bot
from bot.chat.memory import Memory
from bot.chat.render import Pages
from bot.chat.reply import Reply, plain
from bot.chat.talk import Holder
from bot.chat.terminal import chat
from bot.config import Settings
from bot.engine.answer import OUTCOMES, Answer, Missed, Urgent
from bot.engine.calibration import EVIDENCE
from bot.engine.normalize import MAX_CHARS, normalize
from bot.engine.pipeline import Engine
from bot.engine.rules import RULES
from bot.engines import KEEP, SHIPPED, sturdy
from bot.errors import UsageError
from bot.kb.model import LANGUAGES, Language
from bot.monitor import evaluate as evaluation
from bot.monitor import jsonl, ring
from bot.monitor.draft import work as drafting
from bot.monitor.log import catching, set_up
from bot.reload import Places, Reloaded, Reloader, Told
from bot.trial import run_trial

log = logging.getLogger(__name__)

_SHAPE = '{"q": "…"}'
_MANY = 40
"""More programmes in an article than this take longer than a second to look up."""


def run(settings: Settings, terminal: bool, no_encoder: bool) -> int:
    """The bot in Telegram; without a token on a page of this machine, or in the terminal."""
    if terminal:
        chat(Holder(sturdy(settings, no_encoder)), sys.stdin, sys.stdout, Memory())
        return 0
    set_up(settings)
    if settings.admin_password:
        ring.begin(settings)
    with catching():
        _serve(settings, no_encoder)
    return 0


def _serve(settings: Settings, no_encoder: bool) -> None:
    if settings.telegram_bot_token is None:
        run_trial(settings, lambda: sturdy(settings, no_encoder), reloading(settings))
    else:
        run_bot(build(settings, sturdy(settings, no_encoder)), reloading(settings))


def reloading(settings: Settings) -> Beside:
    """Changes of the knowledge go live while the bot runs; the log, the alert chat and the numbers hear of them."""
    places = Places(settings.knowledge_dir, KEEP, settings.knowledge_dir / SHIPPED)

    async def beside(app: App, stop: asyncio.Event) -> None:
        found = parts(app)

        async def tell(told: Told) -> None:
            found.vigil.reloaded(isinstance(told, Reloaded), str(told))

        reloader = Reloader(found.holder, places, tell)
        found.admin.reload = lambda: _looked_at(reloader)
        await reloader.run(stop)

    return beside


async def _looked_at(reloader: Reloader) -> str:
    """For the admin who asks for a look now."""
    told = await reloader.now()
    if isinstance(told, Reloaded) and not told.changes:
        return f"바뀐 것이 없습니다. {told.version} 판으로 답합니다."
    return str(told)


def refuse(args: Namespace, settings: Settings) -> None:
    """Raise UsageError for what needs no engine to be seen."""
    if args.command == "ask" and args.question is None and not args.jsonl:
        raise UsageError('ask: 질문이 없습니다. 예: python -m bot ask "부엉이버스 요금 얼마예요?"')
    for path in args.files if args.command == "eval" else ():
        jsonl.lines(path)
    if args.command == "draft":
        drafting.refuse(args.article, args.to, settings.knowledge_dir)


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


def _looked(done: int, total: int) -> None:
    if total > _MANY:
        sys.stderr.write(f"\r기사의 사업을 알아보는 중 {done}/{total}" + ("\n" if done == total else ""))
        sys.stderr.flush()


def draft(by: Engine, article: Path, to: Path, settings: Settings) -> int:
    """Drafts of what an article tells, and what it adds to what is known."""
    sys.stdout.write(drafting.Drafting(by, settings.knowledge_dir, to, _looked).report(article))
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
