"""Results as JSON and back, the same; what is no result is refused and never run."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.text import extract
from pipeline.carry import Spoiled, packed, unpacked
from pipeline.result import Result
from pipeline.run import understand
from schemas.records import Paper

AREAS = "Area\tAllocation 2014/15\nBlaby\t£5\nMelton\t£6\nTotal\t£12\n"


def test_paper_comes_back_as_it_was(paper_path: Path) -> None:
    paper = Paper("paper", paper_path.name, "", "text/plain", 0)
    result = understand(paper, extract(paper_path.read_bytes()))
    assert unpacked(packed(result, {"extract": 1.5})) == (result, {"extract": 1.5})


@given(text=st.text(st.characters(exclude_categories=()), max_size=200))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    result = Result(Paper("a", text, "", "text/plain", 0, reason=text))
    assert unpacked(packed(result, {}))[0] == result


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[]", b"[[],{}]", b"null", b"\x80\x04N.", b"[" * 100_000, b'[["a"],{}]', b"[1e999999999,{}]"],
)
def test_what_is_no_result_is_refused(data: bytes) -> None:
    with pytest.raises(Spoiled):
        unpacked(data)


@given(st.data())
def test_no_change_of_a_value_is_taken_for_another_type(data: st.DataObject) -> None:
    whole = json.loads(packed(Result(Paper("a", "a.txt", "", "text/plain", 5)), {}))
    number = data.draw(st.integers(0, len(whole[0][0]) - 1))
    whole[0][0][number] = data.draw(st.sampled_from([[], {}, 1.5, True, [1], {"a": 1}]))
    with pytest.raises(Spoiled):
        unpacked(json.dumps(whole).encode())


def test_a_table_is_said_once(understood: Callable[..., Result]) -> None:
    code = "Code\tCommissioning Intention\tFunding Mechanism\tAmount 2014/15\tAmount 2015/16\tComment\n"
    result = understood(code + "".join(f"CI00{n}\tWork {n}\tDirect\t£5\t£6\tVia Team\n" for n in range(1, 9)))
    assert packed(result, {}).count(b"Commissioning Intention") < 4
    assert unpacked(packed(result, {}))[0] == result
