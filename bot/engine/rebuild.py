"""New knowledge beside an old engine: what did not change is taken over, so that a change is live within a second."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.engine.aspects import Aspects
from bot.engine.encode import Encoder
from bot.engine.index import Index, owners_of, phrases_of
from bot.engine.language import Languages
from bot.engine.pipeline import Engine, spoken
from bot.engine.places import Places
from bot.engine.relearn import relearned
from bot.engine.search import Search
from bot.kb.load import Knowledge
from bot.kb.model import Language


@dataclass(frozen=True)
class Rebuilt:
    """``is_whole``: just what ``Engine.build`` would have given, as long as the old engine was."""

    engine: Engine
    is_whole: bool


def rebuilt(old: Engine, knowledge: Knowledge, encoder: Encoder | None) -> Rebuilt:
    """An engine of new knowledge. Facts, sentences, names and numbers, written rules and phrasings are all new.

    What phrasings and examples of danger taught is corrected (``relearn.py``) or left as it was; ``is_whole`` is then
    False, and ``whole.py`` learns it. ``encoder`` embeds new phrasings.
    """
    search = _search(old.search, knowledge, encoder)
    texts = spoken(knowledge)
    is_same = search.index is old.search.index and knowledge.urgent == old.knowledge.urgent
    engine = replace(
        old,
        knowledge=knowledge,
        search=search,
        guard=old.guard.told(knowledge.urgent, knowledge.hotlines),
        aspects=_aspects(old, knowledge),
        languages=_languages(old.languages, knowledge.city.languages[0], frozenset(texts)),
    )
    return Rebuilt(engine, is_same and texts == spoken(old.knowledge))


def _aspects(old: Engine, knowledge: Knowledge) -> dict[Language, Aspects]:
    known = old.knowledge.phrases
    return {
        language: old.aspects[language] if phrases == known.get(language) else Aspects.of(phrases)
        for language, phrases in knowledge.phrases.items()
    }


def _languages(old: Languages, first: Language, known: frozenset[Language]) -> Languages:
    """Runs of letters as they were learned, of the languages that are still spoken."""
    chances = {language: runs for language, runs in old.chances.items() if language in known}
    return replace(old, first=first, known=known, chances=chances)


def _search(old: Search, knowledge: Knowledge, encoder: Encoder | None) -> Search:
    owners, phrases = owners_of(knowledge), phrases_of(knowledge)
    places = Places.of(knowledge, owners)
    if (owners, phrases) == (old.index.owners, old.index.phrases):
        return replace(old, places=places)
    index = Index.of(owners, phrases, old.index)
    return replace(old, places=places, index=index, learned=relearned(old.learned, old.index, index, encoder))
