"""Colours and sizes of the visual language, as data: no colour is written anywhere else."""

from __future__ import annotations

LIGHT: dict[str, str] = {
    "fond": "#F4F3F0",
    "surface": "#FFFFFF",
    "creux": "#FAF9F7",
    "survol": "#EEECE7",
    "trait": "#E2DFD8",
    "trait_fort": "#858178",
    "texte": "#1D2429",
    "texte2": "#4E565C",
    "texte3": "#656C72",
    "encre": "#17536B",
    "encre_survol": "#0F4256",
    "encre_doux": "#E1EDF1",
    "sur_encre": "#FFFFFF",
    "ocre": "#9A5200",
    "ocre_doux": "#FBF0DE",
    "vert": "#1B6E50",
    "vert_doux": "#E1F1EA",
    "rouge": "#B3261E",
    "rouge_doux": "#FBE9E6",
    "violet": "#654793",
    "violet_doux": "#F0EAF7",
    "carte_fond": "#F3F1EC",
    "carte_eau": "#E6EDF0",
    "carte_voisin": "#D6D1C6",
    "carte_epci": "#FFFFFF",
    "carte_departement": "#2A3A42",
    "carte_selection": "#16222A",
    "carte_halo": "#FFFFFF",
    "hachure": "#A09B91",
    "hachure_fond": "#F1EFEB",
    "mode_am": "#5B6FA8",
    "mode_eaje": "#D98E4A",
    "mode_prescol": "#8DA457",
    "mode_gad": "#A77BA5",
}
DARK: dict[str, str] = {
    "fond": "#12171B",
    "surface": "#1A2025",
    "creux": "#161B20",
    "survol": "#232B31",
    "trait": "#2D363D",
    "trait_fort": "#75818A",
    "texte": "#E8ECEE",
    "texte2": "#B6BFC5",
    "texte3": "#949FA7",
    "encre": "#7FC4D9",
    "encre_survol": "#9AD3E4",
    "encre_doux": "#1B3843",
    "sur_encre": "#0B1114",
    "ocre": "#F0B35E",
    "ocre_doux": "#3A2C17",
    "vert": "#6FC9A4",
    "vert_doux": "#17352A",
    "rouge": "#FF9E92",
    "rouge_doux": "#43211E",
    "violet": "#C6AEEB",
    "violet_doux": "#2F2640",
    "carte_fond": "#1D2328",
    "carte_eau": "#141B21",
    "carte_voisin": "#333C43",
    "carte_epci": "#12171B",
    "carte_departement": "#E8ECEE",
    "carte_selection": "#F0B35E",
    "carte_halo": "#12171B",
    "hachure": "#75818A",
    "hachure_fond": "#232B31",
    "mode_am": "#5B6FA8",
    "mode_eaje": "#D98E4A",
    "mode_prescol": "#8DA457",
    "mode_gad": "#A77BA5",
}
"""Same keys as LIGHT; the colours of modes d’accueil are fixed for ever, in both themes."""

CONTRAST_PAIRS: tuple[tuple[str, str, float], ...] = (
    *(
        (text, ground, 4.5)
        for text in ("texte", "texte2", "texte3")
        for ground in ("surface", "fond", "creux")
    ),
    *(
        (ink, ground, 4.5)
        for ink in ("encre", "ocre", "vert", "rouge", "violet")
        for ground in ("surface", "fond")
    ),
    *((ink, f"{ink}_doux", 4.5) for ink in ("encre", "ocre", "vert", "rouge", "violet")),
    ("texte", "encre_doux", 4.5),
    ("texte2", "survol", 4.5),
    ("sur_encre", "encre", 4.5),
    ("sur_encre", "encre_survol", 4.5),
    ("trait_fort", "surface", 3.0),
    ("trait_fort", "fond", 3.0),
)
"""(front, ground, least contrast): what WCAG 2.1 AA asks of each pair the application uses."""

FONT_ROLES: dict[str, tuple[int, int, bool]] = {
    "legend": (11, 400, False),
    "legend_strong": (11, 600, False),
    "dense": (12, 400, False),
    "dense_label": (12, 500, False),
    "dense_strong": (12, 600, False),
    "base": (13, 400, False),
    "label": (13, 500, False),
    "strong": (13, 600, False),
    "section": (14, 600, False),
    "object": (16, 600, True),
    "page": (20, 600, True),
    "key": (29, 600, True),
}
"""Role -> pixels at 100 %, weight, Inter Display or not."""


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2) of a colour written #RRGGBB."""
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(front: str, ground: str) -> float:
    """Contrast ratio (WCAG 2) of two colours written #RRGGBB, from 1 to 21."""
    high, low = sorted((luminance(front), luminance(ground)), reverse=True)
    return (high + 0.05) / (low + 0.05)
