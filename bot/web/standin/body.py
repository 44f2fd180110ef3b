"""Reading a request: query, JSON, form and multipart bodies into one set of parameters."""

from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from .errors import ApiError, bad_request
from .params import Params, check_unicode, decode

Json = dict[str, Any]
MAX_BODY = 20_000_000


async def read_params(request: Request) -> Params:
    """All parameters of a call; the body's win over the query's."""
    query = _form(request.scope["query_string"])
    values = {**query, **_parse(await _body(request), request.headers.get("content-type", ""))}
    check_unicode(values)
    return Params(values)


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise ApiError(413, "Request Entity Too Large")
    return bytes(body)


def _parse(body: bytes, content_type: str) -> Json:
    kind = content_type.partition(";")[0].strip().lower()
    if not body:
        return {}
    if kind == "application/json":
        return _json(body)
    if kind == "multipart/form-data":
        return _multipart(body, content_type)
    return _form(body)


def _json(body: bytes) -> Json:
    try:
        values = decode(body.decode())
    except ValueError as e:
        raise bad_request("can't parse request JSON") from e
    if not isinstance(values, dict):
        raise bad_request("JSON object expected as request")
    return values


def _form(body: bytes) -> Json:
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, errors="strict"))
    except ValueError as e:
        raise bad_request("strings must be encoded in UTF-8") from e


def _multipart(body: bytes, content_type: str) -> Json:
    """Fields as text, files by their name: what is in them is of no interest here."""
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + body)
    if not message.is_multipart():
        raise bad_request("can't parse multipart form data")
    values: Json = {}
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        values[str(name)] = part.get_filename() or _field(part.get_payload(decode=True))
    return values


def _field(raw: Any) -> str:
    try:
        return bytes(raw or b"").decode()
    except UnicodeDecodeError as e:
        raise bad_request("strings must be encoded in UTF-8") from e
