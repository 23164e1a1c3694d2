"""Everything the palette proposes for the base shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.domain.coverage_terms import Network
from app.domain.french import THIN
from ui import labels
from ui.commands_objects import object_commands
from ui.keys import shown_keys
from ui.labels_coverage import NETWORK
from ui.models.commands import Command
from ui.places import BOTTOM, TOP

if TYPE_CHECKING:
    from ui.frame import Frame
    from ui.window import MainWindow


def commands_of(window: MainWindow) -> list[Command]:
    """Return actions, indicators, territories and help."""
    frame = window.frame
    if frame is None:
        return []
    return [
        *_actions(window, frame), *_indicators(frame), *_territories(frame),
        *object_commands(frame), *_equipment(frame), *_help(frame)
    ]  # fmt: skip


def _actions(window: MainWindow, frame: Frame) -> list[Command]:
    group = "Actions"
    pages = [
        Command(
            group, f"Aller à {place.label}", partial(frame.navigate, place.key), place.icon,
            shortcut=shown_keys(f"page:{i}"), words="ouvrir page",
        )
        for i, place in enumerate((*TOP, *BOTTOM))
    ]  # fmt: skip
    undo, redo = frame.bar.undo, frame.bar.redo
    steps = [
        Command(group, button.accessibleName(), act, icon, shortcut=shown_keys(action))
        for button, act, icon, action in (
            (undo, frame.undo, "arrow-back-up", "undo"),
            (redo, frame.redo, "arrow-forward-up", "redo"),
        )
        if button.isEnabled()
    ]
    dark = frame.theme.dark
    return [
        Command(group, "Importer un fichier", partial(frame.navigate, "data", tab="import"),
                "file-import", words="données csv zip xlsx contours"),
        *_map_actions(frame),
        *pages,
        *_home(frame),
        *_cpog(frame),
        *steps,
        Command(group, "Créer une CTG", partial(frame.navigate, "ctg", create=True), "file-plus",
                words="convention territoriale globale nouvelle"),
        Command(group, "Nouveau diagnostic", partial(frame.navigate, "diagnostics", create=True),
                "report-analytics", words="livret epci pdf"),
        Command(group, "Un livret de diagnostic par EPCI", partial(frame.navigate, "diagnostics", batch=True),
                "stack-2", words="lot pdf tous"),
        Command(group, "Tracer un livret PDF", partial(frame.navigate, "diagnostics", trace=True), "search",
                words="diagnostic manifeste changé"),
        Command(group, "Choisir le territoire", partial(frame.bar.territory.open, 1), "map-pin",
                shortcut=shown_keys("territory"), words="epci commune"),
        Command(group, "Faire une copie datée de la base", frame.backup, "archive",
                shortcut=shown_keys("save"), words="sauvegarde enregistrer"),
        Command(group, "Ouvrir une autre base", window.choose_base, "folder-open",
                shortcut=shown_keys("open"), words="fichier maillage"),
        Command(group, "Créer une base", window.show_start, "file-plus",
                words="nouvelle démonstration exemple"),
        Command(group, "Thème clair" if dark else "Thème sombre",
                partial(frame.theme.set_mode, "light" if dark else "dark"), "sun" if dark else "moon",
                words="apparence couleurs nuit"),
        Command(group, "Plein écran", window.toggle_full_screen, "maximize", shortcut=shown_keys("full")),
    ]  # fmt: skip


def _map_actions(frame: Frame) -> list[Command]:
    """The four coverages, the lists, the rules and the comparisons: one command each."""
    networks = [
        Command("Actions", f"Voir la couverture{THIN}: {NETWORK[network]}",
                partial(frame.navigate, "map", tab="coverage", network=network.value), "map-2",
                words="carte maillage réseau")
        for network in Network
    ]  # fmt: skip
    shown = (
        ("Voir le panier de services parentalité", "basket", "heart-handshake", "règle version lacunes"),
        ("Agréments de la vie sociale à renouveler", "licences", "certificate", "centre social evs fin"),
        ("QPV sans centre social ni EVS", "qpv", "map-pin", "quartier prioritaire structure"),
        ("Déclarer une liste complète", "whole", "circle-check", "registre absent non connu recensement"),
    )
    lists = [
        Command("Actions", label, partial(frame.navigate, "map", tab="lists", show=show), icon, words=words)
        for label, show, icon, words in shown
    ]
    return [
        *networks,
        *lists,
        Command("Actions", "Voir les lacunes du maillage", partial(frame.navigate, "map", tab="gaps"),
                "map-search", words="règles manque territoires fiche action"),
        Command("Actions", "Comparer des territoires ou des années",
                partial(frame.navigate, "map", tab="compare"), "git-compare",
                words="groupe évolution écart cartes médiane"),
    ]  # fmt: skip


def _cpog(frame: Frame) -> list[Command]:
    verbs = (
        ("Saisir des valeurs du CPOG", "entry", "pencil", "indicateur grille trimestre coller excel"),
        ("Ouvrir le bilan annuel du CPOG", "bilan", "report-analytics", "écart cause arrêter pdf"),
        ("Voir le tableau de bord du CPOG", "board", "chart-dots", "jauges épinglés trajectoire"),
        ("Suivre les actions du CPOG et de la COG", "actions", "clipboard-list", "engagement évaluation"),
    )
    return [
        Command("Actions", label, partial(frame.navigate, "cpog", tab=tab), icon, words=words)
        for label, tab, icon, words in verbs
    ]


def _home(frame: Frame) -> list[Command]:
    """What « Accueil » offers: its lists, its cards, its page on paper."""
    go = partial(frame.navigate, "home")
    return [
        Command("Actions", "Voir ce qui est à traiter", partial(go, family="due"), "calendar-event",
                words="échéances retards alertes accueil"),
        Command("Actions", "Voir ce qui dérive", partial(go, family="drift"), "alert-triangle",
                words="alertes accueil"),
        Command("Actions", "Choisir les cartes de l’accueil", partial(go, choose=True), "layout-grid",
                words="tableau de bord tuiles"),
        Command("Actions", "Imprimer le tableau de bord", partial(go, print=True), "printer",
                words="pdf accueil"),
        Command("Actions", "Régler les alertes", partial(frame.navigate, "settings", section="alerts"),
                "bell", words="règles seuils"),
    ]  # fmt: skip


def _indicators(frame: Frame) -> list[Command]:
    held = {available.indicator.code for available in frame.services.indicators.available()}
    return [
        Command(
            "Indicateurs",
            indicator.label,
            partial(frame.navigate, "map", indicator=indicator.code),
            "map-2",
            note=indicator.theme if indicator.code in held else labels.NOT_IMPORTED,
            words=f"{indicator.short_label} {indicator.code} {indicator.unit} carte",
        )
        for indicator in frame.services.indicators.all()
        if indicator.code in held
    ]


def _territories(frame: Frame) -> list[Command]:
    territory = frame.services.territory
    group = "Territoires"
    found = [
        Command(group, territory.caf_name(), frame.context.set_territory, "world", words="tous les epci")
    ]
    for departement in territory.departements():
        code = departement.code
        for epci in territory.epcis(code):
            go = partial(frame.context.set_territory, code, epci.code)
            words = f"{epci.name} {epci.code} epci"
            found.append(Command(group, epci.short_name, go, "map-pin", note=departement.name, words=words))
            for commune in territory.communes(epci.code):
                go = partial(frame.context.set_territory, code, epci.code, commune.code)
                words = f"{commune.code} commune {' '.join(commune.former_names)}"
                note = f"commune, {epci.short_name}"
                found.append(Command(group, commune.name, go, "map-pin", note=note, words=words))
    return found


def _equipment(frame: Frame) -> list[Command]:
    from ui.labels_equipment import short_kind, title_of

    group = "Équipements"
    reference = frame.services.territory.reference
    found = [
        Command("Actions", "Nouvel équipement", partial(frame.navigate, "equipment", new=True), "plus",
                shortcut="Ctrl+N", words="crèche saisir ajouter"),
        Command("Actions", "Doublons d’équipements", partial(frame.navigate, "equipment", tab="duplicates"),
                "git-merge", words="réunir même"),
        Command("Actions", "Agréments qui se terminent", partial(frame.navigate, "equipment", tab="licences"),
                "calendar-event", words="échéance renouvellement"),
    ]  # fmt: skip
    for site, item in frame.services.register.register().pairs():
        commune = reference.commune(site.code_commune).name
        found.append(
            Command(
                group, title_of(item.name, site.name, item.kind, commune),
                partial(frame.navigate, "equipment", equipment=item.uuid), "building-community",
                note=f"{short_kind(item.kind)}, {commune}", words=item.manager,
            )
        )  # fmt: skip
    return found


def _help(frame: Frame) -> list[Command]:
    group = "Aide"
    return [
        Command(group, "Raccourcis clavier", frame.show_shortcuts,
                "keyboard", shortcut=shown_keys("help"), words="aide touches"),
        Command(group, f"À propos{THIN}: versions, licences, sources",
                partial(frame.navigate, "settings", section="about"), "info-circle"),
        Command(group, "Historique des actions", partial(frame.navigate, "settings", section="history"),
                "history", words="journal annuler"),
    ]  # fmt: skip
