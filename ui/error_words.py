"""Words of the sentences about files that cannot be read, by reason. No Qt here."""

from __future__ import annotations

UNREADABLE: dict[str, str] = {
    "empty": "il est vide",
    "missing": "il est introuvable",
    "folder": "c'est un dossier",
    "permission": "le système en refuse la lecture",
    "encoding": "son encodage n'est pas reconnu",
    "format": "son format n'est pas pris en charge",
    "damaged": "il est abîmé ou incomplet",
    "encrypted": "il est protégé par un mot de passe",
    "too_large": "il dépasse la taille acceptée",
    "too_slow": "sa lecture a dépassé le temps accepté",
    "too_many_columns": "il a plus de colonnes qu'un tableau de données",
    "too_many_members": "l'archive contient trop de fichiers",
    "bad_zip": "l'archive est abîmée ou incomplète",
    "zip_bomb": "l'archive grossit anormalement en s'ouvrant",
    "unsafe_name": "l'archive contient un nom de fichier dangereux",
    "no_member": "l'archive ne contient aucun fichier de données",
    "no_table": "il ne contient aucun tableau",
    "no_year": "aucune année n'y est indiquée",
    "no_code": "aucune colonne ne porte de code officiel",
    "no_layer": "il ne contient aucune couche de contours",
    "no_geometry": "il ne contient aucun contour",
    "no_crs": "son système de coordonnées n'est pas indiqué",
    "no_outline_in_scope": "aucun de ses contours n'est dans le territoire de la base",
}
REMEDIES: dict[str, str] = {
    "encrypted": "Enregistrez-le sans mot de passe.",
    "format": "Formats acceptés : csv, xlsx, ods, zip, gpkg, geojson, shp.",
    "no_crs": "Utilisez le fichier d'origine : un shapefile va avec son fichier .prj.",
    "missing": "Vérifiez que le disque ou la clé est branché.",
    "permission": "Fermez-le dans les autres logiciels, ou copiez-le dans vos documents.",
    "damaged": "Téléchargez-le de nouveau.",
    "no_year": "Indiquez l'année : dans l'assistant, ou avec --annee AAAA.",
    "bad_zip": "Téléchargez-la de nouveau.",
    "too_slow": "Enregistrez-le en csv, puis recommencez.",
}
