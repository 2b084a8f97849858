"""Changes that matter to an editor: an altered quotation, a number, a dropped attribution …"""

from dedup.diff.flags.model import DEFAULTS, Finding, Flag, FlagKind, FlagSettings, Severity
from dedup.diff.flags.raising import raise_flags

__all__ = ["DEFAULTS", "Finding", "Flag", "FlagKind", "FlagSettings", "Severity", "raise_flags"]
