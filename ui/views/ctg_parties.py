"""« Signataires »: parties and deliberations, communes, avenants, commitments of everyone, contacts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.ctg import PartyKind
from app.domain.french import listing, plural, typographic
from ui.labels_ctg import theme_label
from ui.views import ctg_calls as calls
from ui.views.ctg_contacts import ContactsPart
from ui.views.ctg_joining import AmendForm, JoinForm
from ui.views.ctg_lists import EditList
from ui.views.ctg_parties_columns import (
    MEMBERS,
    PARTIES,
    amendment_columns,
    commitment_columns,
)
from ui.views.ctg_sections import SectionTab
from ui.views.data_parts import confirm
from ui.widgets.parts import column

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services import Services
    from app.services.ctg_rows import CommitmentRow
    from app.services.steering_rows import ContactRow
    from ui.views.page import Kit

PARTS = (
    ("parties", "Signataires"),
    ("members", "Communes"),
    ("amendments", "Avenants"),
    ("commitments", "Engagements"),
    ("contacts", "Contacts"),
)


@dataclass(frozen=True, slots=True)
class PartiesRead:
    """What is read beside the head."""

    commitments: list[CommitmentRow]
    contacts: list[ContactRow]


class Under(QWidget):
    """A list with something above it; its verbs are those of the list."""

    def __init__(self, held: EditList, layout: QVBoxLayout) -> None:
        super().__init__()
        self.give_verbs = held.give_verbs
        self.setLayout(layout)


class PartiesTab(SectionTab):
    """Five lists; deliberations and commitments that are missing or late are said above."""

    rows_part = "commitments"

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, PARTS, "Listes des signataires")
        self.read: PartiesRead | None = None
        self.confirm: Callable[[QWidget, str, str], bool] = confirm
        self.set_compact(False, False)

    def call(self) -> Callable[[Progress], PartiesRead] | None:
        """Commitments and contacts."""
        return partial(_read, self.kit.services, self.uuid)

    def show_read(self, read: PartiesRead) -> None:
        """Fill the part shown."""
        self.read = read
        self._say()
        self.show_part(self.part)

    def _say(self) -> None:
        if self.detail is None or self.read is None:
            return
        missing = [held.name for held in self.detail.parties if held.deliberation_missing]
        late = sum(held.late_days > 0 and not held.done_on for held in self.read.commitments)
        said_now = []
        if missing:
            said_now.append(f"délibération manquante : {listing(missing)}")
        if late:
            said_now.append(plural(late, "engagement en retard", "engagements en retard"))
        words = " ; ".join(said_now)
        self.note.setText(typographic(words[:1].upper() + words[1:]))

    # -- parts ---------------------------------------------------------------------------------------

    def build(self, code: str) -> QWidget:
        """One list of each kind; avenants have their form above."""
        build: dict[str, Callable[[], QWidget]] = {
            "parties": self._build_parties, "members": self._build_members,
            "amendments": self._build_amendments, "commitments": self._build_commitments,
            "contacts": partial(ContactsPart, self),
        }  # fmt: skip
        return build[code]()

    def _build_parties(self) -> QWidget:
        add = ("Ajouter un signataire", self.add_party)
        made = EditList(self.theme, "Signataires", PARTIES, add=add, flexible=(0, 4), order=True)
        return self.listen(made, "party")

    def _build_members(self) -> QWidget:
        add = ("Ajouter des communes", self.add_members)
        made = EditList(self.theme, "Communes de la CTG", MEMBERS, flexible=(0,), add=add)
        self.joining = JoinForm(self.kit)
        self.joining.hide()
        self.joining.asked.connect(self._join)
        self.joining.given_up.connect(self.joining.hide)
        return Under(self.listen(made, "member"), column(self.joining, made, gap=12))

    def _build_amendments(self) -> QWidget:
        made = EditList(
            self.theme, "Avenants", amendment_columns(self._brought), flexible=(2, 6),
            add=("Nouvel avenant", self.open_form),
            empty="Aucun avenant. Un avenant ajoute des communes, des thèmes, ou prolonge la CTG, sans rien "
            "effacer de ce qui a été signé.",
        )  # fmt: skip
        self.form = AmendForm(self.kit)
        self.form.hide()
        self.form.asked.connect(self._amend)
        self.form.given_up.connect(self.form.hide)
        self.amendments = self.listen(made, "amendment")
        return Under(made, column(self.form, made, gap=12))

    def _build_commitments(self) -> QWidget:
        add = ("Ajouter un engagement", self.add_commitment)
        made = EditList(
            self.theme, "Engagements des signataires", commitment_columns(self._numbers), flexible=(1, 5, 0),
            add=add, empty="Aucun engagement noté. Ceux de chaque signataire se suivent ici, Caf comprise.",
        )  # fmt: skip
        return self.listen(made, "commitment")

    def fill(self, code: str, part: QWidget) -> None:
        """Show the rows of a part."""
        if self.detail is None or self.read is None:
            return
        if isinstance(part, ContactsPart):
            part.show_rows(self.read.contacts)
            return
        rows = {
            "parties": self.detail.parties, "members": self.detail.members,
            "amendments": self.detail.amendments, "commitments": self.read.commitments,
        }[code]  # fmt: skip
        lists = [part] if isinstance(part, EditList) else part.findChildren(EditList)
        lists[0].show_rows(list(rows))

    def _brought(self, amendment: str) -> str:
        if self.detail is None:
            return ""
        communes = [held.name for held in self.detail.members if held.amendment_uuid == amendment]
        themes = [
            theme_label(h.code, short=True) for h in self.detail.themes if h.amendment_uuid == amendment
        ]
        parties = [held.name for held in self.detail.parties if held.amendment_uuid == amendment]
        return ", ".join([*communes, *themes, *parties])

    def _numbers(self, held: CommitmentRow) -> str:
        late = held.late_days > 0 and held.done_on is None
        return listing([number for _, number in held.actions if number]) if late else ""

    # -- writing -------------------------------------------------------------------------------------

    def start_new(self) -> None:
        """Ctrl+N: a line of the list shown."""
        {"parties": self.add_party, "members": self.add_members, "amendments": self.open_form,
         "commitments": self.add_commitment, "contacts": self.add_contact}[self.part]()  # fmt: skip

    def add_party(self) -> None:
        """Add a signatory to be named."""
        self.add("party", self.uuid, {"kind": PartyKind.OTHER, "name": "Nouveau signataire"})

    def add_commitment(self) -> None:
        """Add a commitment of the signatory under the cursor, else of the first one."""
        parties = self.detail.parties if self.detail is not None else ()
        if not parties:
            self.banner.say("Ajoutez d’abord un signataire.", "ocre")
            return
        part = self.part_of("commitments")
        held = part.grid.current_row() if isinstance(part, EditList) else None
        owner = held.party_uuid if held is not None else parties[0].uuid
        self.add("commitment", self.uuid, {"party_uuid": owner, "text": "Nouvel engagement"})

    def add_contact(self) -> None:
        """Add a contact by its function."""
        self.add("contact", self.uuid, {"function": "Fonction"})

    def add_members(self) -> None:
        """Add communes: by an avenant once the convention is signed."""
        if self.detail is None:
            return
        if self.detail.row.status.is_signed:
            self.open_form()
        else:
            self.joining.start(self.detail)

    def _join(self, codes: Any) -> None:
        call = partial(calls.join, self.kit.services, self.uuid, codes, None)
        self.kit.runner.write(call, self._joined, refused=self.joining.refuse)

    def _joined(self, changes: Any) -> None:
        self.joining.hide()
        self.changed(changes)

    def open_form(self) -> None:
        """Open the form of a new avenant."""
        self.show_part("amendments")
        if self.detail is not None:
            self.form.start(self.detail)

    def _amend(self, communes: Any, themes: Any, values: Any) -> None:
        call = partial(calls.amend, self.kit.services, self.uuid, communes, themes, values)
        self.kit.runner.write(call, self._amended, refused=self.form.refuse)

    def _amended(self, changes: Any) -> None:
        self.form.hide()
        self.changed(changes)


def _read(services: Services, ctg: str, _progress: Progress) -> PartiesRead:
    return PartiesRead(services.ctg.commitments(ctg), services.steering.contacts(ctg))
