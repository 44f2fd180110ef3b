"""Is anything said that must never be said? Every text that is sent, with the file and the line where it stands."""

import unicodedata
from collections.abc import Iterator

from pydantic import BaseModel

from bot.errors import Problem
from bot.kb.load import Knowledge
from bot.kb.model import Category, City, Contact, Detail, Programme, Smalltalk, Topic, Translation
from bot.kb.phrases import AspectWords, Phrases
from bot.kb.texts import texts
from bot.kb.urgent import Hotline, Hotlines, Kind, Urgent

UNSENT: dict[type[BaseModel], frozenset[str]] = {
    Programme: frozenset(
        ("id", "category", "status", "aliases", "questions", "related", "reviewed_on", "review_by"),
    ),
    Detail: frozenset(("aspect", "sources")),
    Contact: frozenset(("sources",)),
    City: frozenset(("id", "languages", "time_zone", "never_say", "places")),
    Category: frozenset(("id",)),
    Topic: frozenset(("id", "places", "examples")),
    Smalltalk: frozenset(("id", "examples")),
    AspectWords: frozenset(("cues",)),
    Phrases: frozenset(("fillers",)),
    Translation: frozenset(("id", "source", "reviewed_by", "questions")),
    Hotline: frozenset(("languages", "sources")),
    Hotlines: frozenset(("interpreter",)),
    Kind: frozenset(("id", "hotlines", "signs", "examples")),
    Urgent: frozenset(("words", "harmless")),
}
"""What no citizen reads: ids and codes, and what citizens themselves say."""


def unspeakable(knowledge: Knowledge) -> Iterator[Problem]:
    """The words of ``never_say``, wherever the bot would say them."""
    never = [(word, _plain(word)) for word in knowledge.city.never_say]
    for where, model in _files(knowledge):
        for path, said in texts(model, skipped=UNSENT):
            plain = _plain(said)
            for word, sought in never:
                if sought in plain:
                    told = f"'{word}'은(는) 답에 나오면 안 되는 말입니다(city.yaml never_say)."
                    yield knowledge.documents[where].problem(path, told)


def _files(knowledge: Knowledge) -> Iterator[tuple[str, BaseModel]]:
    yield "city.yaml", knowledge.city
    yield "elsewhere.yaml", knowledge.elsewhere
    yield "hotlines.yaml", knowledge.hotlines
    yield "urgent.yaml", knowledge.urgent
    yield from ((f"programs/{programme.id}.yaml", programme) for programme in knowledge.programmes)
    yield from ((f"phrases/{language}.yaml", phrases) for language, phrases in knowledge.phrases.items())
    for language, found in knowledge.translations.items():
        yield from ((f"translations/{language}/{id_}.yaml", translation) for id_, translation in found.items())


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
