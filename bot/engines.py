"""The engine of the configured knowledge, from what was computed before where that still fits."""

import logging
import sys
from pathlib import Path

from bot.config import Settings
from bot.engine.encode import E5, Encoder
from bot.engine.frozen import freeze, key_of, thaw
from bot.engine.pipeline import Engine
from bot.engine.rebuild import rebuilt
from bot.errors import EncoderError
from bot.kb.good import trusted
from bot.kb.load import Knowledge, load, version_of
from bot.kb.versions import Versions

log = logging.getLogger(__name__)

KEEP = Path("var")
"""Where vectors and learned weights stay between runs."""
VERSIONS = Versions(KEEP / "versions")
SHIPPED = ".kept"
"""The folder inside the knowledge with what ``tools.ship`` computed, so that the first start is quick."""


def engine(settings: Settings, no_encoder: bool = False) -> Engine:
    """The engine of the configured knowledge; by spelling alone, and saying so, where the encoder is missing."""
    encoder = None if no_encoder else _encoder()
    return _kept(settings, encoder) or _built(load(settings.knowledge_dir), settings, encoder)


def engine_of(knowledge: Knowledge, settings: Settings, no_encoder: bool = False) -> Engine:
    """The engine of a knowledge that is loaded: the one before with what changed, where there is one."""
    encoder = None if no_encoder else _encoder()
    older = thaw(_path(encoder), key_of(knowledge.version, encoder), encoder, is_older_fine=True)
    return rebuilt(older, knowledge, encoder).engine if older else _built(knowledge, settings, encoder)


def sturdy(settings: Settings, no_encoder: bool = False) -> Engine:
    """The same for citizens: where the knowledge is broken what was good last goes on, and the log says why."""
    encoder = None if no_encoder else _encoder()
    if found := _kept(settings, encoder):
        return found
    knowledge, problems = trusted(settings.knowledge_dir, KEEP / "knowledge")
    for problem in problems:
        log.error("the knowledge is broken, an older one goes on", extra={"code": "E301", "problem": str(problem)})
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
        log.warning("no encoder, searching by spelling alone", extra={"code": "E204", "error": str(error)})
        return None


def _progress(done: int, total: int) -> None:
    end = "\n" if done == total else ""
    sys.stderr.write(f"\r뜻 벡터를 만드는 중 {done}/{total} (처음 한 번, 다음부터는 바뀐 표현만){end}")
    sys.stderr.flush()
