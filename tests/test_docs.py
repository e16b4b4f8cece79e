"""The documents hold what the code does, and the other way round."""

import os
import re
from pathlib import Path

import pytest
from click import Group

from extractors.files.limits import LIMITS, meanings
from pipeline.cli import main
from pipeline.dictionary import data_dictionary
from schemas.catalogue import CATALOGUE
from schemas.rules import Rule
from schemas.vocabulary import rows

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SECURITY = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
ADDING = (ROOT / "docs" / "adding.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
DICTIONARY = ROOT / "docs" / "data-dictionary.md"


def test_the_data_dictionary_is_what_the_models_say() -> None:
    if os.environ.get("GOLDEN") == "write":
        DICTIONARY.write_text(data_dictionary(), encoding="utf-8")
    assert DICTIONARY.read_text(encoding="utf-8") == data_dictionary()


def test_readme_lists_every_table_and_no_other() -> None:
    section = README.split("## What comes out")[1].split("Each is there")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(CATALOGUE)


def test_every_make_target_that_the_documents_name_exists_and_the_other_way_round() -> None:
    targets = set(re.findall(r"^([a-z]+):.*##", MAKEFILE, re.MULTILINE))
    named = set(re.findall(r"`?\bmake ([a-z]+)\b", README.replace("and make", "")))
    assert named & targets == targets
    assert set(re.findall(r"`make ([a-z]+)", README + ADDING)) <= targets


def test_every_command_and_option_that_the_readme_names_exists_and_the_other_way_round() -> None:
    named = set(re.findall(r"panel-papers ([a-z]+) ", README))
    assert named == set(main.commands)
    groups = [command for command in main.commands.values() if isinstance(command, Group)]
    commands = [*main.commands.values(), *(each for group in groups for each in group.commands.values())]
    options = {option for command in commands for p in command.params for option in p.opts if option[:2] == "--"}
    assert {name for group in groups for name in group.commands} <= set(re.findall(r"panel-papers audit (\w+)", README))
    assert options <= set(re.findall(r"--[a-z]+", README))


@pytest.mark.parametrize(
    "path", re.findall(r"`((?:schemas|pipeline|extractors|tests|docs|raw)/[\w/.-]+)`", README + ADDING + SECURITY)
)
def test_every_path_that_the_documents_name_exists(path: str) -> None:
    assert (ROOT / path).exists()


def test_every_role_of_a_heading_is_explained() -> None:
    assert {row["role"] for row in rows("headings")} <= set(re.findall(r"`(\w+)`", ADDING))


def test_every_limit_is_listed_as_it_is() -> None:
    listed = re.findall(r"^\| `(\w+)` \| ([\d,]+) \| (.+) \|$", SECURITY, re.MULTILINE)
    assert listed == [(name, f"{getattr(LIMITS, name):,}", meaning) for name, meaning in meanings().items()]


def test_every_rule_that_the_documents_name_exists() -> None:
    slugs = {rule.slug for rule in Rule}
    named = set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", README + ADDING + SECURITY)) - {"panel-papers"}
    assert named <= slugs
