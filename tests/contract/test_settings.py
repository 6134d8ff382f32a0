from __future__ import annotations

import re

import pytest
from live import ROOT

from app.core.limits import Limits
from app.settings import Settings, from_environment, variables

PAGE = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| `(WENGERT_\w+)` \| (.*?) \|", PAGE, re.MULTILINE))


def test_every_setting_is_documented_with_its_default():
    assert {name: "empty" if default == "" else f"`{default}`" for name, default in variables().items()} == ROWS


def test_settings_come_from_the_environment():
    given = {"WENGERT_PORT": "9000", "WENGERT_WALL_SECONDS": "1.5", "WENGERT_LIMIT_NODES": "7", "PATH": "/bin"}
    settings = from_environment(given)
    assert settings == Settings(port=9000, wall_seconds=1.5, limits=Limits(nodes=7))


def test_settings_survive_the_way_to_a_worker():
    settings = Settings(port=9000, root_path="/wengert", limits=Limits(nodes=7))
    assert Settings.from_json(settings.to_json()) == settings


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("WENGERT_PROT", "9000", "no setting WENGERT_PROT"),
        ("WENGERT_PORT", "many", "'many', which is no int"),
        ("WENGERT_LIMIT_NODES", "1e3", "which is no int"),
        ("WENGERT_LIMITS", "x", "no setting"),
        ("WENGERT_ROOT_PATH", "wengert", "begins with a slash"),
        ("WENGERT_ROOT_PATH", "/wengert/", "does not end with one"),
        ("WENGERT_TORCH_DEVICE", "tpu", "cpu, cuda or auto"),
        ("WENGERT_WORKERS", "0", "at least 1"),
        ("WENGERT_TORCH_WORKERS", "-1", "at least 0"),
        ("WENGERT_FRAME_ANCESTORS", "'self'; script-src *", "list of sources"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_with_a_sentence(name: str, value: str, sentence: str):
    with pytest.raises(ValueError, match=sentence):
        from_environment({name: value})
