"""Modules that Great Expectations imports and our rules never use, read only if they are.

They are a third of what its import takes: statistics and plots, for expectations that we have not.
"""

import importlib
import importlib.util
import sys
from types import ModuleType

_MODULES = ("altair", "scipy.stats")


class _Unread(ModuleType):
    """Stands for a module until somebody asks for something in it."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


def put_off() -> None:
    """Let imports of these modules find a stand-in; where one is read already, that stays."""
    for name in _MODULES:
        if name not in sys.modules:
            sys.modules[name] = _Unread(name)
