"""Results as JSON and back: what comes from a paper's process, or from an earlier run, is data and never code.

A type says how its values are written and read: those that JSON has too stay as they are, and are only looked at
when they are read; a record is the list of its fields' values; a table that was said before is said by its number.
"""

import json
import types
from array import array
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any, Union, get_args, get_origin, get_type_hints

from pipeline.recognise import Recognised
from pipeline.result import Result

_AS_THEY_ARE: dict[Any, frozenset[type]] = {
    str: frozenset({str}),
    int: frozenset({int}),
    bool: frozenset({bool}),
    float: frozenset({float, int}),
    type(None): frozenset({type(None)}),
}


class Spoiled(ValueError):
    """The data are no result as this version of the tool writes it."""


@dataclass(frozen=True, slots=True)
class _Way:
    """How values of a type are written and read. Those of the types in `same` stay as they are.

    `write` is given a value and the numbers of tables that were said; `read` a value and the tables that were read.
    """

    same: frozenset[type] = frozenset()
    write: Callable[[Any, dict[int, int]], Any] | None = None
    read: Callable[[Any, list[Any]], Any] | None = None


def packed(result: Result, seconds: Mapping[str, float]) -> bytes:
    """A result and the seconds of its stages as JSON."""
    return json.dumps([_written(_way(Result), result, {}), dict(seconds)], separators=(",", ":")).encode("ascii")


def unpacked(data: bytes) -> tuple[Result, dict[str, float]]:
    """What `packed` was given. Raises Spoiled where a value is not what its type says."""
    try:
        result, seconds = json.loads(data)
        read: Result = _read(_way(Result), result, [])
        return read, _read(_way(dict[str, float]), seconds, [])
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as fault:
        raise Spoiled(f"no result: {fault}") from fault


def _written(way: _Way, value: Any, said: dict[int, int]) -> Any:
    return value if way.write is None or type(value) in way.same else way.write(value, said)


def _read(way: _Way, value: Any, known: list[Any]) -> Any:
    if type(value) in way.same:
        return value
    if way.read is None:
        raise TypeError(f"{value!r:.40} is not of its type")
    return way.read(value, known)


@cache
def _way(kind: Any) -> _Way:
    """How values of a type are written and read."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _either([_way(each) for each in get_args(kind)])
    if origin is tuple:
        return _tuple([_way(each) for each in get_args(kind) if each is not Ellipsis], many=... in get_args(kind))
    if origin in (dict, Mapping, Sequence):
        return _mapping(_way(get_args(kind)[1])) if origin is not Sequence else _numbers(*get_args(kind))
    if kind in _AS_THEY_ARE:
        return _Way(_AS_THEY_ARE[kind])
    if is_dataclass(kind):
        return _numbered(_record(kind)) if kind is Recognised else _record(kind)
    return _enum(kind) if issubclass(kind, Enum) else _Way(write=_text, read={Decimal: _decimal, date: _date}[kind])


def _enum(kind: type[Enum]) -> _Way:
    return _Way(write=lambda value, _: value.name, read=lambda value, _: kind[value])


def _either(ways: list[_Way]) -> _Way:
    """A type or nothing."""
    same = frozenset[type]().union(*(way.same for way in ways))
    other = next((way for way in ways if way.read is not None), _Way())
    return _Way(same, other.write, other.read)


def _tuple(ways: list[_Way], *, many: bool) -> _Way:
    first = ways[0]

    def write(values: Any, said: dict[int, int]) -> Any:
        if many and first.write is None:
            return values
        return [
            _written(way, value, said) for way, value in zip(ways * len(values) if many else ways, values, strict=True)
        ]

    def read(values: Any, known: list[Any]) -> Any:
        if many and first.read is None and set(map(type, values)) <= first.same:
            return tuple(values)
        _hold(values, None if many else len(ways))
        return tuple(
            [_read(way, value, known) for way, value in zip(ways * len(values) if many else ways, values, strict=True)]
        )

    return _Way(write=write, read=read)


def _mapping(way: _Way) -> _Way:
    return _Way(
        write=lambda values, said: {name: _written(way, value, said) for name, value in values.items()},
        read=lambda values, known: {name: _read(way, value, known) for name, value in values.items()},
    )


def _record(kind: Any) -> _Way:
    names = [field.name for field in fields(kind)]
    hints = get_type_hints(kind)
    ways = [_way(hints[name]) for name in names]
    values_of = attrgetter(*names)
    plain = all(way.write is None for way in ways)

    def write(record: Any, said: dict[int, int]) -> Any:
        values = values_of(record)
        return values if plain else [_written(way, value, said) for way, value in zip(ways, values, strict=True)]

    def read(values: Any, known: list[Any]) -> Any:
        _hold(values, len(ways))
        return kind(*[_read(way, value, known) for way, value in zip(ways, values, strict=True)])

    return _Way(write=write, read=read)


def _numbered(way: _Way) -> _Way:
    """A table the first time, its number after that."""

    def write(table: Any, said: dict[int, int]) -> Any:
        if id(table) in said:
            return said[id(table)]
        said[id(table)] = len(said)
        return _written(way, table, said)

    def read(value: Any, known: list[Any]) -> Any:
        if type(value) is int:
            return known[value]
        known.append(_read(way, value, known))
        return known[-1]

    return _Way(write=write, read=read)


def _hold(values: Any, length: int | None) -> None:
    if type(values) is not list or (length is not None and len(values) != length):
        raise TypeError(f"{values!r:.40} is no list of {length or 'any'} values")


def _text(value: Any, _said: dict[int, int]) -> str:
    return str(value)


def _numbers(kind: type) -> _Way:
    """Many numbers of one kind, as an array's bytes in base 64."""
    code = {float: "f", int: "I"}[kind]

    def write(values: Any, _said: dict[int, int]) -> str:
        return b64encode(array(code, values).tobytes()).decode("ascii")

    def read(value: Any, _known: list[Any]) -> Any:
        if type(value) is not str:
            raise TypeError(f"{value!r:.40} is no array")
        return array(code, b64decode(value, validate=True))

    return _Way(write=write, read=read)


def _decimal(value: Any, _known: list[Any]) -> Decimal:
    if type(value) is not str:
        raise TypeError(f"{value!r:.40} is no amount")
    return Decimal(value)


def _date(value: Any, _known: list[Any]) -> date:
    return date.fromisoformat(value)
