"""A row of a table of commissioning intentions: codes, stacked amounts, mechanisms, who provides what."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.lines import part_of
from pipeline.codes import Code, code_between, find_codes, number_of, read_code
from pipeline.comments import Providers, by_part, footnote, is_shared_pool, providers
from pipeline.describe import Priority
from pipeline.drafts import Draft, Intention, Interpreted, finding, of_cell, stack, value_of
from pipeline.meaning import own_code
from pipeline.reading import Reading, place_of, read, read_text, without_doubles
from pipeline.recognise import Recognised, lines_of
from pipeline.stacked import Entry, entries, lettered, lines_of_amounts, mechanisms_in
from schemas.records import Cell, Document, Finding, Line
from schemas.rules import Rule

_DAMAGED = re.compile(r"(?<![\w£])[A-Z][A-Za-z0-9|/!]{1,2}\d{2,3}(?!\w)")


@dataclass(frozen=True, slots=True)
class _Row:
    """The readings of a row's cells, without the amounts that slid into them, and those amounts."""

    cells: tuple[Cell, ...]
    code: Reading
    description: Reading
    mechanism: Reading
    comment: Reading
    slid: tuple[tuple[Reading, Entry], ...]

    @property
    def number(self) -> int:
        return self.cells[0].row


def intention_row(known: Recognised, cells: tuple[Cell, ...], beside: tuple[str, str] | None = None) -> Interpreted:
    """What one row says. A row without a readable code is an item under the text that stands in its place.

    `beside` are the codes of the rows above and below, between which a damaged one may be known.
    """
    row, findings = _read_row(known, cells)
    codes, unread = _codes(known, row.code, beside)
    current = [code for code in codes if code.scheme == "intention"]
    findings += _code_findings(known, row, codes, unread, current)
    drafts, more = _drafts(known, row, current[0].code if current else row.code.text)
    findings += more
    if not current:
        # What stands in the code's place and is none is no name either.
        drafts = [replace(draft, doubtful=draft.doubtful or bool(unread)) for draft in drafts]
        return Interpreted(tuple(drafts), (), tuple(findings))
    if not known.own_codes and not find_codes(current[0].raw)[0]:
        drafts = [replace(draft, doubtful=True) for draft in drafts]
    return Interpreted(tuple(drafts), (_intention(known, row, codes, current),), tuple(findings))


def _codes(
    known: Recognised, reading: Reading, beside: tuple[str, str] | None
) -> tuple[list[Code], list[tuple[int, int]]]:
    """The codes of a row, by the known schemes, or as printed where the table has codes of its own."""
    if known.own_codes:
        code, end = own_code(reading.text), len(reading.text)
        return ([Code("intention", code, reading.text, 0, end)], []) if code else ([], [])
    codes, unread = find_codes(reading.text)
    if beside and unread and not any(code.scheme == "intention" for code in codes):
        start, end = unread[0]
        between = code_between(reading.text[start:end], *beside)
        if between is not None:
            return [replace(between, start=start, end=end), *codes], unread[1:]
    return codes, unread


def _read_row(known: Recognised, cells: tuple[Cell, ...]) -> tuple[_Row, list[Finding]]:
    findings: list[Finding] = []
    slid: list[tuple[Reading, Entry]] = []
    readings: dict[str, Reading] = {}
    for role in ("code", "intention", "mechanism", "comment"):
        lines = list(lines_of(cells, known.having(role)))
        if role != "code":
            reading = read(lines)
            moved = lines_of_amounts(reading)
            slid += [(reading, entry) for entry in moved]
            gone = {reading.marks[entry.start][0] for entry in moved}
            lines = [line for index, line in enumerate(lines) if index not in gone]
        if role in ("intention", "comment"):
            lines, doubled = without_doubles(lines)
            findings += [_doubled(known, cells[0].row, line) for line in doubled]
        readings[role] = read(lines)
    row = _Row(
        cells,
        readings["code"],
        readings["intention"],
        readings["mechanism"],
        readings["comment"],
        tuple(slid),
    )
    return row, findings


def _doubled(known: Recognised, row: int, line: Line) -> Finding:
    message = f"The words {line.text!r} are printed a second time at a wrap and were read once."
    return finding(known, Rule.DOUBLED_WORDS, row, message, line.place, line.text)


def _intention(known: Recognised, row: _Row, codes: Sequence[Code], current: Sequence[Code]) -> Intention:
    priorities = {code.code: code for code in codes if code.scheme == "priority"}
    said, _ = mechanisms_in(row.mechanism)
    comment = row.comment.text or None
    return Intention(
        known,
        row.number,
        current[0],
        place_of(row.code, current[0].start, current[0].end),
        tuple((code, place_of(row.code, code.start, code.end)) for code in current[1:]),
        tuple(priorities[code] for code in sorted(priorities, key=number_of)),
        row.description.text or None,
        tuple(printed for _, printed in said),
        comment,
        footnote(comment) if comment else None,
    )


def _drafts(known: Recognised, row: _Row, item: str) -> tuple[list[Draft], list[Finding]]:
    """The row's amounts with their mechanisms and providers."""
    base = Draft(
        known, row.number, 0, "", row.cells[0].place, item,
        title=row.description.text or None,
        description=row.description.text or None,
        intention_code=item,
        comment=row.comment.text or None,
        shared_pool=is_shared_pool(row.comment.text),
        doubtful=not item,
    )  # fmt: skip
    drafts: list[Draft] = []
    findings: list[Finding] = []
    for column in known.having("amount"):
        cell = row.cells[column]
        own = of_cell(base, cell)
        more, faults = stack(known, row.number, column, read(cell.lines), own)
        drafts += more
        findings += faults
    drafts, faults = _take_back(known, row, drafts, base)
    findings += faults + _unlabelled(known, row, drafts)
    summed, faults = _across(known, row, base)
    findings += faults
    drafts = [*_without_lone_totals(drafts), *summed]
    drafts, faults = _with_mechanisms(known, row, drafts)
    findings += faults
    drafts, faults = _with_column(known, row, drafts) or _with_providers(known, row, drafts)
    return drafts, findings + faults + _remarks(known, row, drafts)


def _across(known: Recognised, row: _Row, base: Draft) -> tuple[list[Draft], list[Finding]]:
    """What the row prints in a column that sums up its columns of amounts."""
    drafts: list[Draft] = []
    findings: list[Finding] = []
    for column in known.having("total"):
        cell = row.cells[column]
        found, faults = stack(known, row.number, column, read(cell.lines), of_cell(base, cell))
        drafts += [replace(draft, line_type="total") for draft in found if draft.raw]
        findings += faults
    return drafts, findings


def _take_back(known: Recognised, row: _Row, drafts: list[Draft], base: Draft) -> tuple[list[Draft], list[Finding]]:
    """Amounts that slid into another column, put into their own."""
    findings = []
    for reading, entry in row.slid:
        raw = reading.text[entry.start : entry.end]
        place = place_of(reading, entry.start, entry.end)
        column = _home(known, drafts, entry, value_of(raw))
        if column is None:
            message = f"{raw} stands in a column without amounts and belongs to no line of the row."
            findings.append(finding(known, Rule.MONEY_NOT_PLACED, row.number, message, place, raw))
            continue
        line_type, part = ("total", None) if entry.label == "total" else ("part", entry.label or None)
        line_type = "item" if part is None and line_type == "part" else line_type
        unsure = not entry.label
        drafts = [replace(d, doubtful=d.doubtful or unsure) for d in drafts if d.column != column or d.raw]
        moved = replace(base, column=column, raw=raw, place=place, line_type=line_type, part=part, doubtful=unsure)
        drafts.append(moved)
        heading = known.columns[column].heading
        message = f"{raw} stands in a column that holds no amounts; it was read as {line_type} under {heading!r}."
        findings.append(finding(known, Rule.AMOUNT_DISPLACED, row.number, message, place, raw))
    return drafts, findings


def _home(known: Recognised, drafts: Sequence[Draft], entry: Entry, value: int | None) -> int | None:
    """The amount column that lacks such a line: for a total the one whose parts it sums up, else the first."""
    free = [column for column in known.having("amount") if _lacks(drafts, column, entry.label)]
    sums = {c: sum(value_of(d.raw) or 0 for d in drafts if d.column == c and d.line_type == "part") for c in free}
    exact = [column for column in free if entry.label == "total" and sums[column] == value]
    return next(iter(exact or free), None)


def _lacks(drafts: Sequence[Draft], column: int, label: str) -> bool:
    """Whether a column has no amount with this label: no total, no such letter, or nothing at all."""
    own = [draft for draft in drafts if draft.column == column and draft.raw]
    if label == "total":
        return not any(draft.line_type == "total" for draft in own)
    return label not in {draft.part for draft in own} if label else not own


def _unlabelled(known: Recognised, row: _Row, drafts: Sequence[Draft]) -> list[Finding]:
    """A notice for a total that is printed without the word."""
    said = set()
    for cell in row.cells:
        if cell.column in known.having("amount"):
            said |= {entry.label for entry in entries(read(cell.lines))[0]}
    totals = [draft for draft in drafts if draft.line_type == "total"]
    if not totals or "total" in said or row.slid:
        return []
    message = f"{totals[0].raw} has no word for a total, but the lettered parts below it are covered by it."
    return [finding(known, Rule.TOTAL_UNLABELLED, row.number, message, totals[0].place, totals[0].raw)]


def _without_lone_totals(drafts: list[Draft]) -> list[Draft]:
    """A total of a row that prints no parts at all is the row's amount."""
    if any(draft.line_type == "part" for draft in drafts):
        return drafts
    return [replace(draft, line_type="item") if draft.line_type == "total" else draft for draft in drafts]


def _parts(drafts: Sequence[Draft]) -> list[str]:
    return list(dict.fromkeys(draft.part for draft in drafts if draft.part))


def _with_mechanisms(known: Recognised, row: _Row, drafts: list[Draft]) -> tuple[list[Draft], list[Finding]]:
    """One mechanism covers the row; as many as parts go to the parts in order; a mixed total has none."""
    said, rest = mechanisms_in(row.mechanism)
    names = [name for name, _ in said]
    parts = _parts(drafts)
    findings = []
    if rest:
        message = f"The funding mechanism {rest!r} is in no vocabulary."
        findings.append(finding(known, Rule.MECHANISM_UNKNOWN, row.number, message, row.cells[0].place, rest))
    if len(set(names)) == 1 and len(names) in (1, len(parts)):
        return [replace(draft, mechanism=names[0]) for draft in drafts], findings
    lettered_names = {
        letter: mechanisms_in(read_text(text))[0] for letter, text in lettered(row.mechanism.text).items()
    }
    if parts and set(lettered_names) == set(parts) and all(len(found) == 1 for found in lettered_names.values()):
        return [
            replace(draft, mechanism=lettered_names[draft.part][0][0] if draft.part else None) for draft in drafts
        ], findings
    if len(names) == len(parts):
        by_name = dict(zip(parts, names, strict=True))
        return [replace(draft, mechanism=by_name.get(draft.part or "")) for draft in drafts], findings
    if names:
        message = f"{len(names)} mechanisms are printed for {max(1, len(parts))} amounts; none was assigned."
        raw = row.mechanism.text
        findings.append(finding(known, Rule.MECHANISMS_MISMATCH, row.number, message, row.cells[0].place, raw))
    return drafts, findings


def _with_column(known: Recognised, row: _Row, drafts: list[Draft]) -> tuple[list[Draft], list[Finding]] | None:
    """The provider that a column of its own names; None where there is no such column."""
    columns = known.having("provider")
    if not columns:
        return None
    name = read(lines_of(row.cells, columns)).text
    return [replace(d, provider=None if name in ("", "-", "–") else name) for d in drafts], []


def _with_providers(known: Recognised, row: _Row, drafts: list[Draft]) -> tuple[list[Draft], list[Finding]]:
    said = providers(row.comment.text)
    parts = _parts(drafts)
    if said.by_letter and not set(said.by_letter) & set(parts):
        message = f"The comment names providers for {', '.join(said.by_letter)}, and no amount has such a letter."
        raw = row.comment.text
        return drafts, [finding(known, Rule.PROVIDER_UNCLEAR, row.number, message, row.cells[0].place, raw)]
    if not parts:
        return _with_one_provider(known, row, drafts, said)
    givers = [next((d.mechanism for d in drafts if d.part == part), None) for part in parts]
    named = by_part(said, parts, givers)
    raw = row.comment.text
    if named is None:
        message = "The comment names a provider without a letter; which part it belongs to cannot be told."
        return drafts, [finding(known, Rule.PROVIDER_UNCLEAR, row.number, message, row.cells[0].place, raw)]
    findings = []
    if named and not said.by_letter and len(named) < len(parts):
        message = f"The comment names one provider without a letter; it was given to part {next(iter(named))}."
        findings.append(finding(known, Rule.PROVIDER_OF_ONE_PART, row.number, message, row.cells[0].place, raw))
    return [
        replace(draft, provider=named.get(draft.part or "")) if said.cover(_year(draft)) else draft for draft in drafts
    ], findings


def _with_one_provider(
    known: Recognised, row: _Row, drafts: list[Draft], said: Providers
) -> tuple[list[Draft], list[Finding]]:
    name = said.in_order[0] if said.in_order else None
    named = [replace(draft, provider=name) if said.cover(_year(draft)) else draft for draft in drafts]
    if name and any(draft.provider is None for draft in named):
        message = f"The comment names {name!r} for {' and '.join(said.years)} only; other years have no provider."
        raw = row.comment.text
        return named, [finding(known, Rule.PROVIDER_OF_ONE_YEAR, row.number, message, row.cells[0].place, raw)]
    return named, []


def _year(draft: Draft) -> str | None:
    return draft.when.label if draft.when else None


def _remarks(known: Recognised, row: _Row, drafts: Sequence[Draft]) -> list[Finding]:
    """What the words of a row say about its money."""
    findings = []
    place, text = row.cells[0].place, row.description.text
    if text[:1].islower():
        message = f"The description starts in lower case ({text[:40]!r}); its beginning may be lost."
        findings.append(finding(known, Rule.BEGINNING_LOST, row.number, message, place, text))
    if len(lettered(text)) > 1 and not _parts(drafts):
        message = "The description lists lettered services, but one amount covers them all."
        findings.append(finding(known, Rule.AMOUNT_NOT_SPLIT, row.number, message, place))
    if drafts and drafts[0].shared_pool:
        message = "The amounts are the totals of funds that pay for other intentions too; they are not additive."
        findings.append(finding(known, Rule.SHARED_POOL, row.number, message, place, row.comment.text))
    if "£" in row.comment.text:
        message = f"The comment names an amount that is part of the row's own: {row.comment.text!r}; it was not added."
        findings.append(finding(known, Rule.AMOUNT_INCLUDED, row.number, message, place, row.comment.text))
    if note := footnote(row.comment.text):
        message = f"The comment has a footnote: {note!r}."
        findings.append(finding(known, Rule.FOOTNOTE_MARK, row.number, message, place, row.comment.text))
    return findings


def _code_findings(
    known: Recognised,
    row: _Row,
    codes: Sequence[Code],
    unread: Sequence[tuple[int, int]],
    current: Sequence[Code],
) -> list[Finding]:
    findings = []
    for code in codes:
        place = place_of(row.code, code.start, code.end)
        if code.repaired:
            message = f"The code is printed {code.raw!r} and was read as {code.code}, the one code that fits."
            findings.append(finding(known, Rule.CODE_REPAIRED, row.number, message, place, code.raw))
        if code.footnoted:
            message = f"A footnote mark stands at {code.code}."
            findings.append(finding(known, Rule.FOOTNOTE_MARK, row.number, message, place, code.raw))
    for start, end in unread:
        raw = row.code.text[start:end]
        message = f"{raw!r} stands in a code's place and fits no code."
        findings.append(finding(known, Rule.CODE_UNREADABLE, row.number, message, place_of(row.code, start, end), raw))
    if not current and not unread:
        message = "The row has no code."
        findings.append(finding(known, Rule.CODE_UNREADABLE, row.number, message, row.cells[0].place, row.code.text))
    return findings


def across_rows(
    paper_id: str,
    document: Document,
    tables: Sequence[Recognised],
    intentions: Sequence[Intention],
    listed: Sequence[Priority],
) -> list[Finding]:
    """What only all rows of a paper tell: codes printed twice, priorities not listed, damaged codes elsewhere."""
    findings = []
    seen: set[tuple[str, str]] = set()
    numbers = {f"SP{priority.number}" for priority in listed}
    for each in intentions:
        key = (each.known.table_id, each.code.code)
        if key in seen:
            message = f"{each.code.code} is printed for more than one row of the table."
            findings.append(finding(each.known, Rule.CODE_REPEATED, each.row, message, each.place, each.code.raw))
        seen.add(key)
        for code in each.priorities:
            if numbers and code.code not in numbers:
                message = f"{each.code.code} names {code.code}, which is not among the priorities that the paper lists."
                findings.append(finding(each.known, Rule.PRIORITY_NOT_LISTED, each.row, message, each.place, code.raw))
    return findings + _elsewhere(paper_id, document, tables, {each.code.code for each in intentions})


def _elsewhere(paper_id: str, document: Document, tables: Sequence[Recognised], known: set[str]) -> list[Finding]:
    """Words outside the code columns that damage a code of this paper; they are told and left as they are."""
    lines: list[Line] = [line for line in document.lines if line is not None and "\t" not in line.text]
    for table in tables:
        codes = table.having("code")
        lines += [line for cell in table.table.cells if cell.column not in codes for line in cell.lines]
    findings: dict[int | None, Finding] = {}
    for line in lines:
        for match in _DAMAGED.finditer(line.text):
            read_as = [code.code for code in read_code(match.group()) if code.repaired and code.code in known]
            if read_as:
                at = part_of(line, match.start(), match.end()).place
                message = f"{match.group()!r} looks like a damaged {read_as[0]}; outside a code's place it is left."
                findings[at.char_start] = Finding(Rule.CODE_OTHERWISE, paper_id, message, at, raw=match.group())
    return list(findings.values())
