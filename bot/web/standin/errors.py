"""How the Bot API says no."""


class ApiError(Exception):
    """An answer ``{"ok": false, ...}``: code, description and what goes into ``parameters``."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(why: str) -> ApiError:
    """The 400 that most mistakes get."""
    return ApiError(400, f"Bad Request: {why}")


def unparsable(why: str) -> ApiError:
    """The 400 of a text whose markup is wrong."""
    return bad_request(f"can't parse entities: {why}")
