"""Trying the bot without Telegram: the real bot beside a stand-in of the Bot API, whose chat page a browser shows."""

import asyncio
import errno
import secrets
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app import Beside, build, on_end, serve
from bot.chat.talk import Engine
from bot.config import Secret, Settings
from bot.errors import SettingsError
from bot.monitor.log import level_on_signal
from bot.web.standin import Standin

LOOPBACK = ("127.0.0.1", "localhost")
_PORTS = 20
"""How many ports are tried, from the one that was wished for."""
_START_SECONDS = 60.0
_PEOPLE = (("시민", "ko"), ("Anna", "en"), ("Lan", "vi"))
_GROUP = "이웃 모임"

Tell = Callable[[str], object]


def run_trial(settings: Settings, engine: Callable[[], Engine], beside: Beside | None = None) -> None:
    """Run until SIGTERM or SIGINT. ``engine`` builds one, at the start and at every restart of the bot.

    ``beside`` runs as long as each bot.

    Raises SettingsError where a token is set, and for a host that others could reach.
    """
    _refuse(settings)
    trial = Trial(settings, engine, beside=beside)  # before the loop, so that Ctrl-C ends also a slow first start
    asyncio.run(_until_signal(trial))


def _refuse(settings: Settings) -> None:
    if settings.telegram_bot_token is not None:
        raise SettingsError("TELEGRAM_BOT_TOKEN: 토큰이 있으면 대화 페이지를 열지 않습니다. 진짜 텔레그램에서 쓰세요.")
    if settings.http_host not in LOOPBACK:
        raise SettingsError(
            f"HTTP_HOST: 토큰 없이 여는 대화 페이지는 이 컴퓨터에서만 열립니다. {LOOPBACK[0]}이어야 하는데 "
            f"{settings.http_host!r}입니다. 터미널 대화는 python -m bot run --terminal"
        )


async def _until_signal(trial: "Trial") -> None:
    on_end(lambda _: trial.stop())
    level_on_signal()
    await trial.run()


class Trial:
    """The stand-in lives as long as this; the bot beside it may end and begin again."""

    def __init__(
        self, settings: Settings, engine: Callable[[], Engine], tell: Tell | None = None, beside: Beside | None = None
    ) -> None:
        self._settings, self._engine, self._first = settings, engine, engine()
        self._tell, self._beside = tell or _print, beside
        self._end = asyncio.Event()
        self._stopped = False
        self.standin: Standin | None = None

    async def run(self) -> None:
        """Open the page, then serve one bot after another until ``stop``."""
        standin = self._open(f"{self._first.knowledge.city.name} 안내봇")
        with TemporaryDirectory(prefix="bot-") as folder:
            async with standin:
                self.standin = standin
                self._say_where(standin)
                await self._keep(self._first, self._behind(standin, Path(folder)))

    def stop(self) -> None:
        """Let the bot finish, then close the page."""
        self._stopped = True
        self._end.set()

    async def restart(self) -> None:
        """End the bot and begin another, with knowledge read anew; until it asks for updates."""
        assert self.standin is not None
        state = self.standin.state
        self._end.set()
        turn = state.updates.turn
        await state.changed.until(lambda: state.updates.turn > turn or state.closed, _START_SECONDS)

    async def _keep(self, engine: Engine, settings: Settings) -> None:
        while True:
            await serve(build(settings, engine), self._end, self._beside)
            if self._stopped:
                return
            self._end.clear()
            engine = await asyncio.to_thread(self._engine)

    def _open(self, name: str) -> Standin:
        token = f"{secrets.randbelow(10**9) + 10**9}:{secrets.token_urlsafe(24)}"
        standin = Standin(
            token,
            username="trial_bot",
            name=name,
            port=_free_port(self._settings.http_port),
            first_update=int(time.time()),
            restart=self.restart,
        )
        users = [standin.user(first_name=first, language_code=language) for first, language in _PEOPLE]
        for user in users:
            standin.private(user)
        standin.group(_GROUP, users)
        return standin

    def _behind(self, standin: Standin, folder: Path) -> Settings:
        """The settings of the bot: all as they are, but towards the stand-in, with a store of its own.

        Another run counts updates and people from the start again, which the store of a real bot must not see.
        """
        return replace(
            self._settings,
            telegram_bot_token=Secret(standin.token),
            telegram_api_url=standin.url,
            database_url=f"sqlite:///{folder / 'trial.db'}",
            webhook_url=None,
            alert_chat_id=None,
            http_port=0,
        )

    def _say_where(self, standin: Standin) -> None:
        wished = self._settings.http_port
        if wished and not standin.url.endswith(f":{wished}"):
            self._tell(
                f"{wished}번 포트는 다른 프로그램이 쓰고 있어 다음 빈 포트를 씁니다(HTTP_PORT로 바꿀 수 있습니다)."
            )
        self._tell(f"대화 페이지: {standin.url}/  (끄기: Ctrl+C)")


def _free_port(wished: int) -> int:
    """The port that was wished for, or the next that is free; 0 for any."""
    for port in range(wished, min(wished + _PORTS, 65536)) if wished else ():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOOPBACK[0], port))
            except OSError as error:
                if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                    raise
            else:
                return port
    if not wished:
        return 0
    raise SettingsError(
        f"HTTP_PORT: {wished}번부터 {_PORTS}개 포트를 모두 다른 프로그램이 쓰고 있습니다. 다른 수를 적어 주세요."
    )


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
