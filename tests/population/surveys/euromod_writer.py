"""A UKMOD input file from the same made-up people as the Family Resources Survey's folders: money by the month, sexes and tenures in its
own codes, partners and parents by number."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from population.surveys.frs_writer import DISABILITY, WEEKS, Made

MONTHS = 12
TENURES = {0: 2, 1: 1, 2: 5, 3: 3, 4: 6}
REGIONS = (1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13)
STATUS = {0: 0, 1: 3, 2: 2, 3: 5, 4: 6, 5: 4, 6: 7, 7: 8, 8: 7}
ETHNIC = {0: -1, 1: 1, 2: 6, 3: 10, 4: 14, 5: 18}
SCHOOL = {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 6}
MONEY = {
    "yem": "earnings", "yse": "self_employment", "ypp": "private_pension", "boact00": "state_pension", "yittx": "savings_interest",
    "ydvtx": "dividends", "yprtx": "property_income", "yot01": "other_income", "tpcpe": "pension_net_pay",
    "xpp": "pension_relief_at_source", "xcc": "childcare_costs",
}  # fmt: skip
HOME = {"xhcrt": "rent", "xhcmomi": "mortgage_interest", "xhcmomc": "mortgage_capital", "xhcot": "water_charges"}


def rows_of(survey: Made, with_units: bool = True) -> list[dict[str, Any]]:
    """One row a person, in the order of households and persons."""
    unit_of = {(row["sernum"], row["person"]): row["benunit"] for table in ("adult", "child") for row in survey.tables[table]}
    partners: dict[tuple[int, int], int] = {}
    heads: dict[tuple[int, int], int] = {}
    for row in survey.tables["adult"]:
        key = (row["sernum"], row["benunit"])
        if key in heads:
            partners[row["sernum"], row["person"]] = heads[key]
            partners[row["sernum"], heads[key]] = row["person"]
        else:
            heads[key] = row["person"]
    highest, moving = DISABILITY[survey.release.year]
    out = []
    for sernum, person in sorted(survey.persons):
        truth, home = survey.persons[sernum, person], survey.households[sernum]
        unit = unit_of[sernum, person]
        head = heads[sernum, unit]
        first = person == 1
        row: dict[str, Any] = {
            "idhh": sernum, "idperson": 100 * sernum + person, "dwt": home["weight"], "dag": truth["age"], "dgn": 1 - truth["sex"],
            "drgn1": REGIONS[home["region"]], "dhr": int(first), "amrtn": TENURES[home["tenure"]], "amrrm": home["bedrooms"],
            "amriv00": home["council_tax_band"] or 10, "lhw": truth.get("hours", 0), "les": STATUS[truth["activity"]],
            "dec": SCHOOL[truth["education"]], "ddi03": truth["disabled"], "dot": ETHNIC[truth["ethnicity"]],
            "dms": 2 if survey.units[sernum, unit]["married"] and truth["role"] < 2 else 1,
            "idpartner": 100 * sernum + partners[sernum, person] if (sernum, person) in partners else 0,
            "idfather": 100 * sernum + head if truth["role"] == 2 else 0, "idmother": 0,
            "lcr01": int(truth.get("carer_hours", 0) >= 35), "bcrdi": 0.0,
            "afc": survey.units[sernum, unit]["capital"] if person == head else 0,
            "yptmp": survey.units[sernum, unit]["maintenance"] / MONTHS if person == head else 0.0,
            "boactcm": 0.0, "yprnt": 0.0, "bch": 0.0, "bsauc": 0.0, "boamt": 0.0,
            "bdiscwa": highest * WEEKS / MONTHS if truth.get("pip_daily_living") else 0.0,
            "bdimbwa": moving * WEEKS / MONTHS if truth.get("pip_mobility") else 0.0,
            "bdisc": (highest + moving) * WEEKS / MONTHS if truth.get("dla_care") else 0.0, "bdimb": 0.0, "bdioa": 0.0,
        }  # fmt: skip
        row |= {name: truth.get(target, 0.0) / MONTHS for name, target in MONEY.items()}
        row |= {name: home[target] / MONTHS if first else 0.0 for name, target in HOME.items()}
        for number in (1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12):
            row[f"xtotal{number:02d}"] = 10.0 * number if first else 0.0
        row["x07221"] = 7.0 if first else 0.0
        if with_units:
            row["idorigbenunit"] = unit
        out.append(row)
    return out


def write_euromod(rows: list[dict[str, Any]], path: Path) -> Path:
    names = list(rows[0])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["\t".join(names), *("\t".join(f"{row[name]:.10g}" for name in names) for row in rows)]) + "\n")
    return path
