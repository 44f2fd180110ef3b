"""The salt: the same in every replica and after every restart."""

from bot.config import Secret, Settings
from bot.store.person import Pepper


def settings(**given):
    return Settings(telegram_bot_token=Secret("42:abc"), **given)


def test_it_is_the_one_that_was_set():
    set_ = Pepper.of(settings(id_pepper=Secret("salt")))
    assert set_ == Pepper.of(Settings(telegram_bot_token=Secret("43:xyz"), id_pepper=Secret("salt")))
    assert set_ != Pepper.of(settings(id_pepper=Secret("pepper")))


def test_without_one_it_comes_from_the_token_and_does_not_show_it():
    assert Pepper.of(settings()) == Pepper.of(settings())
    assert Pepper.of(settings()).person(7) != Pepper.of(Settings(telegram_bot_token=Secret("43:x"))).person(7)
    assert "42:abc" not in repr(Pepper.of(settings()))
