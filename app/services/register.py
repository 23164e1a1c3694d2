"""Sites, services, places, childminders and zones: the register of equipment as pages use it."""

from __future__ import annotations

from app.services.register_counts import RegisterCounts
from app.services.register_table import RegisterTable
from app.services.register_writing import RegisterWriting


class RegisterService(RegisterTable, RegisterWriting, RegisterCounts):
    """Everything that may be asked of the register.

    Read: register, rows, row, card, site, equipment, ledger, signals, supports, history_of, duplicates,
    licences_ending, childminders, totals, zones, thresholds. Write: add_, edit_, remove_ and set_ methods,
    bulk_edit, edit_field. Each write is one action that can be undone; a refusal changes nothing.
    """
