"""Do the translations still say what the Korean cards say, and has anybody read them? For editors, in Korean."""

from collections.abc import Iterator

from bot.errors import Problem
from bot.kb.load import Knowledge
from bot.kb.model import Programme, Translation
from bot.kb.reader import Document


def translations(knowledge: Knowledge) -> Iterator[Problem]:
    """What a translator should look at."""
    for language, found in knowledge.translations.items():
        for id_, translation in found.items():
            programme = knowledge.programme(id_)
            document = knowledge.documents[f"translations/{language}/{id_}.yaml"]
            if programme:
                yield from _outdated(document, translation, programme)
        if unread := sum(translation.reviewed_by is None for translation in found.values()):
            told = f"사람이 검토하지 않은 번역이 {unread}개입니다. 검토한 파일마다 reviewed_by에 이름을 적으세요."
            yield Problem(f"translations/{language}", 0, told)


def _outdated(document: Document, translation: Translation, programme: Programme) -> Iterator[Problem]:
    if (here := len(translation.details)) != (there := len(programme.details)):
        told = f"details가 {here}개인데 한국어 파일에는 {there}개라 이 번역은 나가지 않습니다. 개수와 순서를 맞추세요."
        yield document.problem(("details",), told)
    if not translation.is_current(programme):
        told = "번역한 뒤에 한국어 글이 바뀌었습니다. 번역을 한국어 글에 맞추고 source를"
        yield document.problem(("source",), f'{told} "{programme.fingerprint}"(으)로 고치세요.')
