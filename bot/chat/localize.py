"""A programme's card in the reader's language, with the Korean name beside: signs and officers use that one."""

from __future__ import annotations

from bot.kb.load import Knowledge
from bot.kb.model import City, Contact, Language, Programme
from bot.kb.phrases import Phrases


def localized(programme: Programme, knowledge: Knowledge, language: Language) -> Programme | None:
    """The programme in another language; None where nobody translated it, or facts came or went since."""
    told = knowledge.translation(programme.id, language)
    if told is None or len(told.details) != len(programme.details):
        return None
    texts = zip(programme.details, told.details, strict=True)
    phrases = knowledge.phrases[language]
    return programme.model_copy(
        update={
            "name": f"{told.name} · {programme.name}",
            "summary": told.summary,
            "how_to_use": told.how_to_use,
            "details": tuple(detail.model_copy(update={"text": text}) for detail, text in texts),
            "contacts": tuple(_contact(contact, phrases) for contact in programme.contacts),
            "department": phrases.word(programme.department),
        }
    )


def localized_city(city: City, phrases: Phrases) -> City:
    """The city's name, contact and menu in the words of a language; what has no word stays Korean."""
    categories = tuple(c.model_copy(update={"name": phrases.word(c.name)}) for c in city.categories)
    return city.model_copy(
        update={
            "name": phrases.word(city.name),
            "contact": _contact(city.contact, phrases),
            "emergency": phrases.word(city.emergency),
            "categories": categories,
        }
    )


def _contact(contact: Contact, phrases: Phrases) -> Contact:
    hours = phrases.word(contact.hours) if contact.hours else None
    return contact.model_copy(update={"name": phrases.word(contact.name), "hours": hours})
