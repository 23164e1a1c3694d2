"""The half of a page that writes: what changed goes to the hub, a refusal to the banner of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.errors import sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.changes import Changes
    from app.domain.errors import DomainError
    from app.progress import Progress
    from ui.views.page import Kit
    from ui.widgets.parts import Banner


class Writes:
    """Mixin of a widget that has a kit and a banner."""

    kit: Kit
    banner: Banner

    def _write(self, call: Callable[[Progress], Changes]) -> None:
        """Write behind the page; one action, undone by Ctrl+Z."""
        self.kit.runner.write(call, self._changed, refused=self._refused)

    def _changed(self, changes: Changes) -> None:
        """Tell every page what was written."""
        self.banner.hide()
        self.kit.hub.changed.emit(changes)

    def _refused(self, error: DomainError) -> None:
        """Say why nothing was written."""
        self.banner.say(sentence(error), "rouge")
