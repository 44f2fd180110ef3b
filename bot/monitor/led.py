"""Where does an answer lead? The programmes that a citizen is shown, and how an editor is told, in Korean."""

from typing import assert_never

from bot.engine.answer import Answer, Chat, Choices, Found, Missed, Urgent


def shown(answer: Answer) -> tuple[str, ...]:
    """The programmes that the citizen is shown."""
    match answer:
        case Found():
            return (answer.id,)
        case Choices():
            return tuple(hit.id for hit in answer.hits)
        case Urgent():
            return (answer.asks,) if answer.asks else ()
        case Missed() | Chat():
            return ()
        case _:
            assert_never(answer)


def led(answer: Answer) -> str:
    """Where a message leads, for the editor."""
    if found := shown(answer):
        ids = ", ".join(f"'{id_}'" for id_ in found)
        return f"{ids}(으)로 갑니다" if isinstance(answer, Found) else f"{ids} 가운데에서 고르게 합니다"
    if isinstance(answer, Chat):
        return f"인사나 잡담('{answer.kind}')으로 알아듣습니다"
    if isinstance(answer, Missed) and answer.topic:
        return f"우리 사업이 아닌 것('{answer.topic}')으로 알아듣습니다"
    return "답을 찾지 못합니다"
