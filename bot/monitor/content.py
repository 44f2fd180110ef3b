"""Is what staff wrote fit to be sent? Dates, numbers of phrasings, words that match everything; in Korean."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from bot.engine.normalize import normalize
from bot.errors import Problem
from bot.kb.load import Knowledge
from bot.kb.model import Programme
from bot.kb.reader import Path_
from bot.monitor.josa import josa

FEWEST_PHRASINGS = 5
"""With fewer a programme is hardly ever found."""
GOOD_PHRASINGS = 40
"""Search learns from varied phrasings: with as many as this it finds what nobody wrote down."""
_BROAD = 3
"""A word that stands in the phrasings of so many other programmes says nothing about one."""


def phrasings(knowledge: Knowledge) -> Iterator[tuple[Programme, Path_, str]]:
    """Every phrasing with the programme that owns it and the way to it."""
    for programme in knowledge.programmes:
        yield programme, ("name",), programme.name
        yield from ((programme, ("aliases", i), text) for i, text in enumerate(programme.aliases))
        yield from ((programme, ("questions", i), text) for i, text in enumerate(programme.questions))


def at(knowledge: Knowledge, programme: Programme, path: Path_, message: str) -> Problem:
    """A problem at its place in a programme's file."""
    return knowledge.documents[f"programs/{programme.id}.yaml"].problem(path, message)


def overdue(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Cards whose review date has passed."""
    for programme in knowledge.programmes:
        if date.fromisoformat(programme.review_by) < today:
            yield at(
                knowledge, programme, ("review_by",), "검토할 날이 지났습니다. 사실을 다시 확인하고 날짜를 고치세요."
            )


def misdated(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Days that have not come yet, and a review that would be before the last one."""
    for programme in knowledge.programmes:
        for path, day in _days(programme):
            if day[0].isdigit() and day > today.isoformat()[: len(day)]:
                yield at(knowledge, programme, path, f"'{day}'은 아직 오지 않은 날입니다. 날짜를 확인하세요.")
        if today.isoformat() <= programme.review_by <= programme.reviewed_on:
            told = f"다시 볼 날이 마지막으로 본 날({programme.reviewed_on})보다 늦어야 합니다. 날짜를 고치세요."
            yield at(knowledge, programme, ("review_by",), told)


def _days(programme: Programme) -> Iterator[tuple[Path_, str]]:
    yield ("reviewed_on",), programme.reviewed_on
    yield from ((("details", i, "as_of"), detail.as_of) for i, detail in enumerate(programme.details))
    yield from ((("contacts", i, "as_of"), contact.as_of) for i, contact in enumerate(programme.contacts))
    yield from ((("sources", name, "date"), source.date) for name, source in programme.sources.items())


def thin(knowledge: Knowledge) -> Iterator[Problem]:
    """Programmes with few phrasings: varied phrasings are what the search learns from."""
    for programme in knowledge.programmes:
        count = len(programme.phrasings)
        if count < FEWEST_PHRASINGS:
            told = f"표현이 {count}개뿐이라 거의 찾지 못합니다. {FEWEST_PHRASINGS}개 이상이 되게 더하세요."
            yield at(knowledge, programme, ("questions",), told)
        elif count < GOOD_PHRASINGS:
            told = f"표현이 {count}개입니다. {GOOD_PHRASINGS}개 이상이면 훨씬 잘 찾습니다."
            yield at(knowledge, programme, ("questions",), told)


def broad(knowledge: Knowledge) -> Iterator[Problem]:
    """Phrasings of one word that other programmes are asked about with as well."""
    said: dict[str, str] = defaultdict(str)
    for programme, _, text in phrasings(knowledge):
        said[programme.id] += "\n" + normalize(text).replace(" ", "")
    everything = "".join(said.values())
    for programme, path, text in phrasings(knowledge):
        word = normalize(text)
        if not word or " " in word or everything.count(word) <= _BROAD:
            continue
        others = [id_ for id_, texts in said.items() if id_ != programme.id and word in texts]
        if len(others) >= _BROAD:
            where = f"다른 사업 {len(others)}개({', '.join(others[:3])})의 표현에도 나오는 낱말인데"
            told = f"'{text}'{josa(text, '은', '는')} {where}"
            mend = "이 말만 적으면 늘 이 사업으로 갑니다. 무엇을 찾는지 드러나게 두 낱말 이상으로 고치세요"
            yield at(knowledge, programme, path, f"{told} {mend}.")
