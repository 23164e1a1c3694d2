"""The booklet engine: frozen blocks to paper (PDF) and to an editable text (DOCX).

Use: `Document(…)` of `reports.kit.blocks` and `.charts`, numbers by `reports.kit.printed.traced`, then
`reports.kit.write.write_pdf(document, path, progress)`, `reports.docx.write_docx(document, path)`;
`reports.kit.manifest.read_manifest(path)` reads back every printed number.
"""

from __future__ import annotations
