"""French help and French usage errors for the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer.core

NARROW = "\u202f"
WORDS = (
    ("Usage: ", f"Usage{NARROW}: "),
    ("COMMAND [ARGS]...", "COMMANDE [ARGUMENTS]…"),
    ("Show this message and exit.", "Afficher cette aide."),
    ("[required]", "[obligatoire]"),
    ("[default: ", f"[par défaut{NARROW}: "),
    ("Options:", f"Options{NARROW}:"),
    ("Arguments:", f"Arguments{NARROW}:"),
    ("Commands:", f"Commandes{NARROW}:"),
    (" <str>", ""),
    (" <path>", ""),
    (" <int>", ""),
)
SUMMARY = 120
USAGE_ERRORS = ("UsageError", "ClickException")


def translate(text: str) -> str:
    """The fixed English words of the library, in French."""
    for english, french in WORDS:
        text = text.replace(english, french)
    return text


class _French:
    """Translates what the library writes in the buffer of its formatter."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        super().format_help(ctx, formatter)  # type: ignore[misc]
        formatter.buffer = [translate("".join(formatter.buffer))]


class FrenchCommand(_French, typer.core.TyperCommand):
    """A command whose help is in French, its summary never cut."""

    def get_short_help_str(self, limit: int = 45) -> str:
        """One line for the list of commands."""
        return super().get_short_help_str(max(limit, SUMMARY))


class FrenchGroup(_French, typer.core.TyperGroup):
    """A group of commands whose help is in French."""


def bug_sentence(folder: Path) -> str:
    """One French sentence for what nobody foresaw."""
    return (
        f"Une erreur inattendue est survenue{NARROW}: le détail est dans {folder / 'maillage.log'}, "
        "et la base est restée telle qu’elle était."
    )


def missing_library_sentence(reason: str) -> str:
    """One French sentence when Qt cannot be loaded on this system."""
    return (
        f"La fenêtre ne peut pas s’ouvrir{NARROW}: il manque une bibliothèque du système ({reason}). "
        "Sous Debian ou Ubuntu, tapez : sudo apt-get install -y libegl1 libgl1 libxkbcommon0 "
        "libdbus-1-3 libfontconfig1 libxcb-cursor0 libxkbcommon-x11-0"
    )


def is_usage_error(error: BaseException) -> bool:
    """True for an error of the arguments, told by class name: the library vendors its own classes."""
    return any(kind.__name__ in USAGE_ERRORS for kind in type(error).__mro__)


def _parameter_name(error: Any) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return ""
    if getattr(parameter, "param_type_name", "") == "option":
        return str(parameter.opts[0])
    return str(parameter.metavar or parameter.name).upper()


def usage_sentence(error: BaseException) -> str:
    """One French sentence for an error of the arguments: what, and what to do."""
    kind = type(error).__name__
    name = _parameter_name(error)
    context = getattr(error, "ctx", None)
    path = getattr(context, "command_path", "maillage")
    help_hint = f"«\u202f{path} --help\u202f» donne la forme attendue."
    if kind == "MissingParameter":
        return f"Il manque {name}{NARROW}: {help_hint}"
    if kind == "NoSuchOption":
        return f"L’option {getattr(error, 'option_name', '')} n’existe pas{NARROW}: {help_hint}"
    if kind == "BadParameter":
        return f"La valeur donnée à {name} n’est pas acceptée{NARROW}: {help_hint}"
    message = str(getattr(error, "message", ""))
    if "No such command" in message:
        word = message.split("'")[1] if "'" in message else ""
        return f"La commande «\u202f{word}\u202f» n’existe pas{NARROW}: {help_hint}"
    return f"Les arguments ne sont pas de la forme attendue{NARROW}: {help_hint}"
