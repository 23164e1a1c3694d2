"""Older bases: copied, then upgraded in one transaction; the models and the migrations agree."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from app.domain.errors import ReadOnlyBase
from db import dbapi, files, migrate
from db import schema as current
from db import session as sessions
from db.connection import connect
from db.migrate import SCRIPTS, create_at, upgrade
from db.models import Model
from db.session import Base, create_base, open_base

FACTS = {
    "uuid": "0" * 32, "name": "Ancienne", "departements": "79", "created_at": "2025-01-01T00:00:00+00:00",
    "app_version": "0.0", "demo": "0",
}  # fmt: skip

NEXT = """
from __future__ import annotations
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "9999", "{last}", None, None
def upgrade() -> None:
    op.add_column("setting", sa.Column("note", sa.String(), nullable=False, server_default=""))
    {more}
"""

NOW = files.SCHEMA_VERSION
NEXT_REVISIONS = (*current.REVISIONS, "9999")


def schema_of(path: Path) -> dict[str, str]:
    raw = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    found = {f"{kind} {name}": "".join((sql or "").split())
             for kind, name, sql in raw.execute("SELECT type, name, sql FROM sqlite_schema")}  # fmt: skip
    raw.close()
    return found


@pytest.fixture
def next_scripts(tmp_path: Path) -> Callable[[str], Path]:
    """The migrations with one more, as a later version will have."""

    def make(more: str = "pass") -> Path:
        scripts = tmp_path / "100 % scripts"
        shutil.copytree(SCRIPTS, scripts)
        (scripts / "versions" / "9999_next.py").write_text(
            NEXT.format(more=more, last=current.REVISIONS[-1]), "utf-8"
        )
        return scripts

    return make


def test_migrations_and_models_make_the_same_schema(tmp_path: Path) -> None:
    create_at(tmp_path / "migrated.maillage", len(current.REVISIONS), FACTS)
    create_base(tmp_path / "created.maillage", ["79"], "x").close()
    assert schema_of(tmp_path / "migrated.maillage") == schema_of(tmp_path / "created.maillage")


def test_alembic_finds_nothing_to_migrate_in_a_new_base(base: Base) -> None:
    engine = create_engine("sqlite://", module=dbapi, creator=lambda: connect(base.path))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert context.get_current_revision() == current.REVISIONS[-1]
        assert compare_metadata(context, Model.metadata) == []
    engine.dispose()


def test_every_script_has_its_schema_version() -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    scripts = ScriptDirectory.from_config(config)
    assert tuple(script.revision for script in scripts.walk_revisions())[::-1] == current.REVISIONS
    assert len(current.REVISIONS) == files.SCHEMA_VERSION


@pytest.mark.parametrize("version", range(1, files.SCHEMA_VERSION + 1))
def test_a_base_of_each_historic_schema_opens(tmp_path: Path, version: int) -> None:
    path = tmp_path / f"v{version}.maillage"
    create_at(path, version, FACTS)
    base = open_base(path)
    assert base.info.name == "Ancienne"
    assert base.check() == []
    base.close()
    assert schema_of(path)["table setting"] == "".join(
        schema_of(_new(tmp_path / "new.maillage"))["table setting"]
    )


def _new(path: Path) -> Path:
    create_base(path, ["79"], "x").close()
    return path


def test_an_older_base_is_copied_then_upgraded(
    base: Base, next_scripts: Callable[[str], Path], digest: Callable[[Path], str]
) -> None:
    with base.write("réglage") as session:
        session.connection().exec_driver_sql("INSERT INTO setting VALUES ('u', 'k', 'v')")
    base.close()
    copy = upgrade(base.path, NOW, revisions=NEXT_REVISIONS, scripts=next_scripts("pass"))
    assert copy.parent == base.path.parent
    assert files.inspect(copy) == NOW
    raw = apsw.Connection(str(base.path))
    assert raw.pragma("user_version") == NOW + 1
    assert raw.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]
    assert raw.execute("SELECT * FROM setting").fetchall() == [("u", "k", "v", "")]
    raw.close()
    old = open_base(copy)
    assert old.undo() == "réglage"
    old.close()


def test_changesets_of_an_older_schema_still_apply(base: Base, next_scripts: Callable[[str], Path]) -> None:
    with base.write("réglage") as session:
        session.connection().exec_driver_sql("INSERT INTO setting VALUES ('u', 'k', 'v')")
    base.undo()
    base.close()
    upgrade(base.path, NOW, revisions=NEXT_REVISIONS, scripts=next_scripts("pass"))
    raw = apsw.Connection(str(base.path))
    raw.pragma("user_version", NOW)  # so that this version of the application opens it
    raw.close()
    again = open_base(base.path)
    assert again.redo() == "réglage"
    assert again.undo() == "réglage"
    again.close()


@pytest.mark.parametrize(
    "more",
    [
        "raise RuntimeError('stop')",
        "op.execute(\"INSERT INTO anomaly VALUES ('a','absent',1,'','','',0,'','')\")",
    ],
)
def test_a_failed_upgrade_leaves_the_base_as_it_was(
    base: Base, next_scripts: Callable[[str], Path], digest: Callable[[Path], str], more: str
) -> None:
    base.close()
    before = digest(base.path)
    with pytest.raises(Exception, match=r"stop|DamagedBase"):
        upgrade(base.path, NOW, revisions=NEXT_REVISIONS, scripts=next_scripts(more))
    assert digest(base.path) == before
    assert not files.journal_of(base.path).exists()
    open_base(base.path).close()


def test_opening_an_older_base_upgrades_it(
    base: Base, next_scripts: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    base.close()
    scripts = next_scripts("pass")
    monkeypatch.setattr(files, "SCHEMA_VERSION", NOW + 1)
    monkeypatch.setattr(sessions, "SCHEMA_VERSION", NOW + 1)
    with pytest.raises(ReadOnlyBase) as raised:
        open_base(base.path, read_only=True)
    assert raised.value.facts["reason"] == "upgrade"
    monkeypatch.setattr(
        migrate, "upgrade",
        lambda path, found: upgrade(path, found, revisions=NEXT_REVISIONS, scripts=scripts),
    )  # fmt: skip
    upgraded = open_base(base.path)
    assert upgraded.info.name == "Essai"
    upgraded.close()
    assert files.inspect(base.path) == NOW + 1
    assert len(list(base.path.parent.glob(f"*-avant-v{NOW + 1}-*.maillage"))) == 1
