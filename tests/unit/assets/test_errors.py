import importlib

import pytest

from assets.errors import MENDABLE, explained
from assets.exits import Exit
from warehouse.storage import SeedsError


@pytest.mark.parametrize("name", sorted(MENDABLE))
def test_every_mendable_error_is_where_its_name_says(name: str) -> None:
    module, _, of = name.rpartition(".")
    kind = getattr(importlib.import_module(module), of)
    assert issubclass(kind, Exception)
    assert f"{kind.__module__}.{kind.__qualname__}" == name


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (SeedsError("The folder is empty."), Exit.BAD_CONFIGURATION, "otr: The folder is empty.\n"),
        (ZeroDivisionError("by 0"), Exit.INTERNAL_ERROR, "internal error, please report it: by 0"),
    ],
)
def test_a_mendable_error_is_a_sentence_and_others_ask_for_a_report(
    error: Exception, code: Exit, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended, explained():
        raise error
    assert ended.value.code == code
    assert said in capsys.readouterr().err
