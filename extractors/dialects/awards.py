"""Awards that are printed one below the other: blocks of `Key: value` lines, and lists of an amount and its name."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from extractors.grid import Claim, Row
from extractors.lines import Source, clean_slice
from extractors.stitch import says_total
from schemas.records import Line
from schemas.vocabulary import fold, fold_heading, headings

NAME = "awards"
_PAIR = re.compile(r"^\s*(?:[-•*·]\s+|\*\*)?(?P<key>[A-Z][^:£|\t]{1,48}?)(?:\*\*)?:(?:\*\*)?(?:\s+(?P<value>\S.*))?$")
_AMOUNT = r"\(?[-−]?£\s?\d[\d,]*(?:\.\d+)?\s?(?:k|m|bn|thousand|million)?\)?(?![\w%])[*†]*"
_BULLET = r"^\s*(?:[-•*·▪–]|\(?[a-z0-9]{1,2}[.)])\s+"
_FIRST = re.compile(rf"{_BULLET}(?P<amount>{_AMOUNT})\s*(?:(?:[-–—:]|for|to)\s+|(?=in\stotal\b))(?P<name>\S.*)$", re.I)
_LAST = re.compile(rf"{_BULLET}(?P<name>[^£]*?\w\)?)\s*(?:[-–—:]\s*|\s\(?)(?P<amount>{_AMOUNT})\)?\.?$", re.I)
_ONLY = re.compile(rf"^{_AMOUNT}$", re.I)
_TITLE_WORDS = 12
# A list goes on over a blank line between its entries.
_NEAR = 2


@dataclass(slots=True)
class _Block:
    """The pairs of one award: for each key its line, its value's lines; the source where it starts."""

    source: Source
    title: Line | None
    keys: dict[str, Line] = field(default_factory=dict)
    values: dict[str, list[Line]] = field(default_factory=dict)
    last: int = 0


def find(lines: Sequence[Source]) -> list[Claim]:
    """A claim for each run of blocks, and for each list."""
    return [*_blocks_claimed(lines), *_lists_claimed(lines)]


def is_part(source: Source, keys: Container[str] = ()) -> bool:
    """Whether a line is a pair with a known key, or one of `keys`, or an entry of a list.

    >>> is_part(Source(1, "Amount: £5", 0)), is_part(Source(1, "Nothing more.", 0))
    (True, False)
    """
    match = _PAIR.match(source.text)
    known = match is not None and (fold_heading(match["key"]) in headings() or fold(match["key"]) in keys)
    return known or _entry(source) is not None


def keys_again(texts: Iterable[str]) -> frozenset[str]:
    """The keys that several lines print.

    >>> keys_again(["Sum: £5", "For: gates", "Sum: £6"])
    frozenset({'sum'})
    """
    found = Counter(fold(match["key"]) for text in texts if (match := _PAIR.match(text)))
    return frozenset(key for key, count in found.items() if count > 1)


def _blocks_claimed(lines: Sequence[Source]) -> Iterator[Claim]:
    run: list[_Block] = []
    for block in [*_blocks(lines), None]:
        if block is not None and run and _sums_up(block):
            run.append(block)
            continue
        if block is not None and (not run or set(block.keys) & set(run[0].keys)) and _is_award(block):
            run.append(block)
            continue
        if claim := _table(run):
            yield claim
        run = [block] if block is not None and _is_award(block) else []


def _is_award(block: _Block) -> bool:
    """Whether a block says how much, by a known heading or as a value that is an amount, and one thing more."""
    known = any(headings().get(fold_heading(key)) == "amount" for key in block.keys)
    stated = any(_ONLY.match(" ".join(line.text for line in value)) for value in block.values.values())
    return (known or stated) and len(block.keys) > 1


def _sums_up(block: _Block) -> bool:
    """Whether a block is one pair that says what the awards above it come to."""
    [(key, value), *more] = block.values.items()
    return not more and says_total(key) and bool(_ONLY.match(" ".join(line.text for line in value)))


def _blocks(lines: Sequence[Source]) -> Iterator[_Block]:
    """The runs of pairs, each from a gap or a first key that comes again to the next."""
    block: _Block | None = None
    above: Source | None = None
    for source in lines:
        match = None if source.blank else _PAIR.match(source.text)
        if block is not None and (source.blank or (match and fold(match["key"]) in block.keys)):
            yield block
            block, above = None, None
        if match is not None:
            block = block or _Block(source, _title(above))
            _add(block, source, match)
        elif block is not None and (line := clean_slice(source)):
            block.values[list(block.values)[-1]].append(line)
            block.last = source.number - 1
        above = None if source.blank or match else source
    if block is not None:
        yield block


def _title(above: Source | None) -> Line | None:
    """The line right above a block as the name of what it is about."""
    line = clean_slice(above) if above is not None else None
    short = line is not None and len(line.text.split()) <= _TITLE_WORDS and not line.text.endswith((".", ":", ","))
    return line if short else None


def _add(block: _Block, source: Source, match: re.Match[str]) -> None:
    key = fold(match["key"])
    line = clean_slice(source, match.start("key"), match.end("key"))
    value = clean_slice(source, match.start("value"), match.end("value")) if match["value"] else None
    if line is not None:
        block.keys[key] = line
    block.values[key] = [value] if value else []
    block.last = source.number - 1


def _table(run: Sequence[_Block]) -> Claim | None:
    """Blocks as rows under their keys; two at least, or one whose keys are all known."""
    total = run[-1] if run and _sums_up(run[-1]) else None
    run = [block for block in run if block is not total]
    keys = list(dict.fromkeys(key for block in run for key in block.keys))
    if not run or (len(run) == 1 and not all(fold_heading(key) in headings() for key in keys)):
        return None
    titled = any(block.title for block in run)
    head = [next((block.keys[key],) for block in run if key in block.keys) for key in keys]
    rows = [Row((*(((),) if titled else ()), *head), run[0].source)]
    for block in run:
        title = (((block.title,) if block.title else ()),) if titled else ()
        rows.append(Row((*title, *(tuple(block.values.get(key, ())) for key in keys)), block.source))
    if total is not None:
        rows.append(_total_row(total, rows, len(keys) + titled))
        run = [*run, total]
    first = run[0].title.place.line if run[0].title else run[0].source.number
    return Claim((first or 1) - 1, run[-1].last, tuple(rows), 1, len(keys) + titled)


def _total_row(total: _Block, rows: Sequence[Row], width: int) -> Row:
    """The pair that sums up as a row: its key in the first column, its amount below the last amounts."""
    head, body = rows[0], rows[1:]
    measures = [c for c in range(width) if headings().get(fold_heading(head.text(c))) == "measure"]
    amounts = [c for c in range(1, width) if c not in measures and any(_ONLY.match(row.text(c)) for row in body)]
    [(key, value)] = total.values.items()
    cells = [(total.keys[key],), *[()] * (width - 1)]
    cells[amounts[-1] if amounts else width - 1] = tuple(value)
    return Row(tuple(cells), total.source)


def _lists_claimed(lines: Sequence[Source]) -> Iterator[Claim]:
    run: list[Row] = []
    last = 0
    for source in [*lines, None]:
        row = _entry(source) if source is not None else None
        if row is not None and (not run or row.source.number - 1 <= last + _NEAR):
            run.append(row)
            last = row.source.number - 1
        elif run and source is not None and _wraps(source, last):
            line = clean_slice(source)
            run[-1] = Row((run[-1].cells[0] + ((line,) if line else ()), run[-1].cells[1]), run[-1].source)
            last = source.number - 1
        elif source is None or not source.blank or source.number - 1 > last + 1:
            if len(run) > 1:
                yield Claim(run[0].source.number - 1, last, tuple(run), 0, 2)
            run, last = ([row], row.source.number - 1) if row is not None else ([], 0)


def _wraps(source: Source, last: int) -> bool:
    """Whether a line goes on the entry right above it: further in, and no entry or paragraph of its own."""
    own = re.match(_BULLET, source.text) is not None or not source.text.startswith("  ")
    return source.number - 1 == last + 1 and not source.blank and not own and "\t" not in source.text


def _entry(source: Source) -> Row | None:
    """A line of a list as the cells of a name and an amount."""
    match = None if "\t" in source.text else _FIRST.match(source.text) or _LAST.match(source.text)
    if match is None:
        return None
    name, amount = clean_slice(source, *match.span("name")), clean_slice(source, *match.span("amount"))
    return Row(((name,), (amount,)), source) if name and amount else None
