"""What the tabs of one CTG share: the reading of their rows, writes, refusals said in a banner."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from app.domain.errors import DomainError
from ui.errors import sentence
from ui.views import ctg_calls as calls
from ui.views.data_parts import SubPage
from ui.widgets.parts import Banner

if TYPE_CHECKING:
    from app.changes import Changes
    from app.progress import Progress
    from app.services.ctg_rows import Created, CtgDetail
    from ui.tasks import Task
    from ui.views.page import Kit

Call = Callable[["Progress"], "Changes"]


class CtgTab(SubPage):
    """One tab of a convention; `show_detail` gives what the header read, `show` what `call` read."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._reading: Task | None = None
        self.detail: CtgDetail | None = None
        self.banner = Banner()

    @property
    def uuid(self) -> str:
        """Key of the convention shown."""
        return self.detail.row.uuid if self.detail is not None else ""

    # -- what each tab writes ------------------------------------------------------------------------

    def call(self) -> Callable[[Progress], Any] | None:
        """What is read beside the header, None if the header is enough."""
        return None

    def show_read(self, read: Any) -> None:
        """Show what was read."""

    def start_new(self) -> None:
        """Ctrl+N."""

    def made(self, uuid: str) -> None:
        """A thing was added here: the next read may go to it."""

    # -- common --------------------------------------------------------------------------------------

    def show_detail(self, detail: CtgDetail) -> None:
        """Show another convention, or the same one read again."""
        if self.detail is not None and self.detail.row.uuid != detail.row.uuid:
            self.banner.hide()
        self.detail = detail
        self.reload()

    def reload(self) -> None:
        """Read again; what is shown stays until then."""
        if self.detail is None:
            return
        if self._reading is not None and self._reading.running:
            self._reading.cancel()
        call = self.call()
        if call is None:
            self.show_read(None)
        else:
            self._reading = self.kit.runner.read(call, self.show_read, refused=self.refused)

    def edit(self, kind: str, uuid: str, values: Mapping[str, object]) -> None:
        """Write fields of a thing."""
        self.write(partial(calls.edit, self.kit.services, kind, uuid, values))

    def remove(self, kind: str, uuid: str) -> None:
        """Remove a thing; Ctrl+Z brings it back."""
        self.write(partial(calls.remove, self.kit.services, kind, uuid))

    def remove_all(self, kind: str, rows: Sequence[object]) -> None:
        """Remove rows of a list, in one action."""
        uuids = [str(getattr(held, "uuid", "")) for held in rows]
        self.write(partial(calls.remove_all, self.kit.services, kind, uuids))

    def order(self, kind: str, uuids: Sequence[str]) -> None:
        """Put things of the convention in an order."""
        self.write(partial(calls.order, self.kit.services, kind, self.uuid, uuids))

    def add(
        self,
        kind: str,
        owner: str,
        values: Mapping[str, object],
        then: Callable[[Created], None] | None = None,
    ) -> None:
        """Add a thing; then: called with its key before the page reads again."""
        call = partial(calls.add, self.kit.services, kind, owner, values)
        self.kit.runner.write(call, partial(self._created, then), refused=self.refused)

    def _created(self, then: Callable[[Created], None] | None, made: Created) -> None:
        if then is not None:
            then(made)
        self.made(made.uuid)
        self.changed(made.changes)

    def write(self, call: Call) -> None:
        """Run a write, then have every page read again."""
        self.kit.runner.write(call, self.changed, refused=self.refused)

    def changed(self, changes: Changes) -> None:
        """Tell the window what changed."""
        self.banner.hide()
        self.kit.hub.changed.emit(changes)

    def refused(self, error: DomainError) -> None:
        """Say why, and show again what the base holds."""
        self.banner.say(sentence(error), "rouge")
        self.show_again()

    def show_again(self) -> None:
        """Put back what the base holds after a refusal."""
        self.reload()
