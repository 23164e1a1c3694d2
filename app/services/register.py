"""Sites, services, places, childminders and zones: the register of equipment as pages use it."""

from __future__ import annotations

from pathlib import Path

from app.services.register_counts import RegisterCounts
from app.services.register_files import RegisterFiles
from app.services.register_table import RegisterTable
from app.services.register_together import RegisterTogether


class RegisterService(RegisterTogether, RegisterTable, RegisterFiles, RegisterCounts):
    """Everything that may be asked of the register.

    Read: register, rows, row, card, site, equipment, ledger, signals, supports, history_of, duplicates,
    licences_ending, childminders, totals, zones, thresholds. Write: add_, edit_, remove_ and set_ methods,
    bulk_edit, edit_field, edit_cells, save_childminders, unite, paste, import_points, load_delivered. Each
    write is one action that can be undone; a refusal changes nothing. importers: for the import of files.
    """

    @staticmethod
    def write_template(path: Path) -> None:
        """Write the workbook to fill in and to import. Raises WriteRefused."""
        from app.services.register_template import write_template

        write_template(path)
