"""The plug-ins that settings name: installed distributions with rules or formats; all others stay unused."""

from mlgov.distributions import FORMATS, RULES, refuse_unusable
from mlgov.policy.settings import Settings


def refuse_missing(settings: Settings, root: str) -> None:
    """`SettingsError` where settings name a plug-in that is not there to be used. root: the checked tree."""
    for name in settings.plugins:
        refuse_unusable(name, (RULES, FORMATS), "plugins", settings.origins["plugins"], root)
