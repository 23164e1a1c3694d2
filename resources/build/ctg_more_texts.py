"""Rest of the fictitious conventions: findings, indicators, commitments, steering, evaluation, other Epci."""

from __future__ import annotations

FINDINGS = (
    (
        "f1",
        "petite_enfance",
        "L’accueil individuel porte les deux tiers de l’offre : son maintien décide du reste.",
        "e1",
        (
            ("couv_global", "3", "200041317", 2023),
            ("couv_am", "3", "200041317", 2023),
            ("couv_global", "2", "79", 2023),
        ),
    ),
    (
        "f2",
        "petite_enfance",
        "Les Eaje sont concentrés dans la ville centre.",
        "e1",
        (("couv_eaje", "3", "200041317", 2023), ("eaje", "3", "200041317", 2025)),
    ),
    (
        "f3",
        "non_recours_accueil",
        "Les parents en insertion renoncent à un accueil faute de place souple.",
        "e2",
        (),
    ),
    (
        "f4",
        "acces_droits",
        "Les communes de l’ouest et du sud sont à plus de trente minutes d’un accueil de la Caf.",
        "e3",
        (),
    ),
    (
        "f5",
        "parentalite",
        "Aucun lieu d’accueil enfants-parents n’est ouvert hors de la ville centre.",
        "e4",
        (),
    ),
    (
        "f6",
        "enfance",
        "Les horaires et les tarifs des accueils de loisirs changent d’une commune à l’autre.",
        "e5",
        (),
    ),
    ("f7", "jeunesse", "Les jeunes du sud n’ont pas de lieu à eux après le collège.", "e6", ()),
    (
        "f8",
        "vie_sociale",
        "Le sud de l’agglomération n’a pas de structure d’animation de la vie sociale.",
        "e7",
        (),
    ),
    ("f9", "logement", "Des familles vivent dans des logements signalés et restent sans suite.", "e8", ()),
    (
        "f10",
        "population",
        "Les naissances baissent : les besoins se déplacent plus qu’ils n’augmentent.",
        "e1",
        (("naissances", "3", "200041317", 2025), ("naissances_3_ans", "3", "200041317", 2025)),
    ),
)

INDICATORS = (
    (
        "a1",
        "Installations d’assistants maternels",
        "installations",
        "up",
        (
            ("depart", 2023, 0),
            ("cible", 2026, 6),
            ("cible", 2027, 10),
            ("realise", 2024, 2),
            ("realise", 2025, 5),
        ),
    ),
    (
        "a2",
        "Communes à moins de 20 minutes d’un Rpe",
        "communes",
        "up",
        (("depart", 2023, 26), ("cible", 2027, 40), ("realise", 2025, 31)),
    ),
    (
        "a4",
        "Places maintenues",
        "places",
        "up",
        (("depart", 2023, 40), ("cible", 2025, 40), ("realise", 2025, 40)),
    ),
    (
        "a5",
        "Places occupées par des parents en insertion",
        "places",
        "up",
        (("depart", 2023, 2), ("cible", 2026, 8), ("realise", 2025, 5)),
    ),
    (
        "a6",
        "Demandes reçues au guichet unique",
        "demandes",
        "up",
        (("depart", 2023, 0), ("cible", 2025, 900), ("realise", 2025, 960)),
    ),
    (
        "a7",
        "Rendez-vous des droits tenus",
        "rendez-vous",
        "up",
        (("depart", 2023, 80), ("cible", 2025, 300), ("realise", 2024, 190), ("realise", 2025, 260)),
    ),
    (
        "a8",
        "Agents formés",
        "agents",
        "up",
        (("depart", 2023, 0), ("cible", 2025, 24), ("realise", 2025, 26)),
    ),
    (
        "a9",
        "Heures d’ouverture du Laep itinérant",
        "heures",
        "up",
        (("depart", 2023, 0), ("cible", 2026, 400), ("realise", 2025, 150)),
    ),
    (
        "a13",
        "Refus d’accueil faute d’encadrement",
        "refus",
        "down",
        (("depart", 2023, 14), ("cible", 2026, 0), ("realise", 2025, 4)),
    ),
    (
        "a18",
        "Logements visités dans l’année",
        "logements",
        "up",
        (("depart", 2023, 12), ("cible", 2025, 40), ("realise", 2024, 33), ("realise", 2025, 44)),
    ),
    (
        "a19",
        "Familles accompagnées",
        "familles",
        "up",
        (("depart", 2024, 0), ("cible", 2026, 200), ("realise", 2026, 214)),
    ),
)

YEARS = (
    ("a1", 2024, "Deux installations, une réunion reportée.", ""),
    ("a1", 2025, "Cinq installations au total.", "Deux départs à la retraite annoncés."),
    ("a2", 2025, "Trois locaux visités.", "Un seul local est accessible."),
    ("a9", 2025, "Le véhicule est livré.", "La MSA ne cofinance plus ; la part de la Caf monte."),
    ("a13", 2025, "Quatre refus, contre quatorze en 2023.", ""),
)

PARTIES = (
    ("p_caf", "caf", "Caf des Deux-Sèvres", "79", "Conseil d’administration 2023-11-07", "2023-11-07"),
    ("p_epci", "epci", "CA du Niortais", "200041317", "C2023-112", "2023-11-27"),
    ("p_niort", "commune", "Ville de Niort", "79191", "D2023-204", "2023-12-04"),
    ("p_dep", "departement", "Département des Deux-Sèvres", "79", "", ""),
    ("p_msa", "msa", "MSA Poitou", "", "Comité 2023-10", "2023-10-19"),
    ("p_etat", "etat", "Préfecture des Deux-Sèvres", "", "", ""),
)

COMMITMENTS = (
    ("p_caf", "Cofinancer un poste de chargé de coopération", "2024-06-30", "2024-05-21", "", ()),
    ("p_epci", "Nommer un référent CTG dans chaque direction", "2024-09-30", "2024-09-12", "", ()),
    ("p_niort", "Mettre un local à disposition du guichet unique", "2024-12-31", "2024-11-15", "", ("a6",)),
    (
        "p_dep",
        "Financer l’accueil de jeunes et l’insertion",
        "2026-06-30",
        "",
        "L’accueil de jeunes attend ; les huit places réservées ne sont pas complètes.",
        ("a14", "a5"),
    ),
    (
        "p_msa",
        "Participer au Laep itinérant",
        "2025-06-30",
        "",
        "Le reste à charge des communes augmente.",
        ("a9",),
    ),
    ("p_etat", "Appuyer les France services", "2025-12-31", "2025-11-30", "", ("a8",)),
)
