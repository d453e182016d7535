"""What is read of the Family Resources Survey: each column under the names it has had, by table. Names are in lower case.

From public mapping code and documentation; nobody here held the data. What is not certain is marked `assumed` by the reader.
"""

from __future__ import annotations

Names = tuple[str, ...]

NEEDED_TABLES = ("adult", "child", "househol", "benunit")
"""Tables without which there is no population; any other may be missing or empty."""

KEYS: dict[str, tuple[str, ...]] = {
    "househol": ("sernum",),
    "benunit": ("sernum", "benunit"),
    "adult": ("sernum", "benunit", "person"),
    "child": ("sernum", "benunit", "person"),
    "job": ("sernum", "person"),
    "accounts": ("sernum", "person"),
    "assets": ("sernum", "person"),
    "benefits": ("sernum", "person"),
    "pension": ("sernum", "person"),
    "penprov": ("sernum", "person"),
    "oddjob": ("sernum", "person"),
    "maint": ("sernum", "person"),
    "extchild": ("sernum",),
    "chldcare": ("sernum", "person"),
    "care": ("sernum",),
    "owner": ("sernum",),
    "renter": ("sernum",),
    "mortgage": ("sernum",),
}

COLUMNS: dict[str, dict[str, Names]] = {
    "househol": {
        "weight": ("gross4", "gross3"),
        "region": ("gvtregno",),
        "region_long": ("gvtregn",),
        "tenure": ("ptentyp2",),
        "tenure_full": ("tentyp2",),
        "tenure_asked": ("tenure",),
        "rent": ("hhrent",),
        "subletting": ("subrent",),
        "mortgage_interest": ("mortint",),
        "water": ("watsewrt",),
        "water_scotland": ("cwatamtd",),
        "sewerage_scotland": ("csewamt", "csewamtd"),
        "gross_water_scotland": ("cwatamt1",),
        "gross_sewerage_scotland": ("csewamt1",),
        "band": ("ctband",),
        "bill": ("ctannual",),
        "reduced": ("ctreb",),
        "reduction": ("ctrebamt",),
        "discounted": ("ctdisc",),
        "discount": ("ct25d50d",),
        "rates": ("niratlia", "rtannual"),
        "bedrooms": ("bedroom6", "bedroom"),
        "dwelling": ("typeacc",),
        "adults": ("adulth",),
        "children": ("depchldh",),
        "interview": ("intdate",),
    },
    "benunit": {
        "weight": ("gross4", "gross3"),
        "capital": ("totcapb3", "totcapb4"),
        "family_type": ("famtypb2",),
        "housing_benefit": ("hbothamt",),
    },
    "adult": {
        "weight": ("gross4", "gross3"),
        "age": ("age80", "age"),
        "sex": ("sex",),
        "marital": ("marital",),
        "order": ("uperson",),
        "reference": ("hrpid",),
        "status": ("empstati",),
        "hours": ("tothours",),
        "overtime": ("everot",),
        "hours_with_overtime": ("totus1",),
        "hours_basic": ("usuhr",),
        "hours_overtime": ("pothr",),
        "earnings": ("inearns",),
        "profit": ("seincam2", "incseo2"),
        "director_dividends": ("dividgro",),
        "let_income": ("royyr1",),
        "let_result": ("rentprof",),
        "royalties": ("royyr2",),
        "sleeping_partner": ("royyr3",),
        "overseas_pension": ("royyr4",),
        "has_royalties": ("royal2",),
        "has_sleeping_partner": ("royal3",),
        "has_overseas_pension": ("royal4",),
        "lodging_paid": ("cvpay",),
        "maintenance": ("mntamt1",),
        "maintenance_usual": ("mntusam1",),
        "maintenance_is_usual": ("mntus1",),
        "agency_maintenance": ("mntamt2",),
        "agency_maintenance_usual": ("mntusam2",),
        "agency_maintenance_is_usual": ("mntus2",),
        "alimony": ("aliamt",),
        "alimony_usual": ("aluamt",),
        "gift_by_organisation": ("allow2",),
        "gift_of_organisation": ("allpay2",),
        "loan_repaid": ("slrepamt",),
        "schooling": ("fted", "educft"),
        "school": ("typeed2",),
        "disabled": ("discora1",),
        "blind": ("spcreg1",),
        "care_hours": ("hourtot",),
        "ethnicity": ("ethgr3",),
    },
    "child": {
        "weight": ("gross4", "gross3"),
        "age": ("age",),
        "sex": ("sex",),
        "earnings": ("chearns",),
        "job_earnings": ("chamtern",),
        "trust": ("chamttst",),
        "schooling": ("fted", "educft"),
        "school": ("typeed2",),
        "disabled": ("discorc1",),
    },
    "job": {
        "contribution": ("deduc1",),
        "contribution_usual": ("udeduc1",),
        "added_contribution": ("deduc2",),
        "added_contribution_usual": ("udeduc2",),
        "sacrificed": ("spnamt",),
    },
    "accounts": {"kind": ("account",), "interest": ("accint",), "taxed": ("acctax",), "investment_taxed": ("invtax",)},
    "benefits": {
        "code": ("benefit",), "amount": ("benamt",), "period": ("benpd",), "present": ("pres",), "basis": ("var2",),
    },
    "pension": {
        "pay": ("penpay",), "tax": ("ptamt",), "after_tax": ("ptinc",), "other": ("poamt",), "after_other": ("poinc",),
        "has_other": ("penoth",),
    },
    "penprov": {"kind": ("stemppen",), "amount": ("penamt",), "period": ("penamtpd",), "payer": ("pencon",)},
    "oddjob": {"amount": ("ojamt",), "now": ("ojnow",)},
    "chldcare": {"amount": ("chamt",), "costs": ("cost",), "registered": ("registrd",)},
    "mortgage": {
        "again": ("rmort",), "borrowed": ("borramt",), "borrowed_again": ("rmamt",), "years": ("mortend",), "left": ("mortleft",),
    },
    "assets": {}, "maint": {}, "extchild": {}, "care": {}, "owner": {}, "renter": {},
}  # fmt: skip

NEEDED: dict[str, tuple[tuple[str, str], ...]] = {
    "househol": (("weight", "how many households a record stands for"), ("tenure", "tenure of the home"), ("rent", "rent, weekly")),
    "benunit": (),
    "adult": (("age", "age"), ("sex", "sex"), ("earnings", "pay, weekly"), ("profit", "profit of the self-employed, weekly")),
    "child": (("age", "age"), ("sex", "sex")),
    "accounts": (("kind", "kind of account"), ("interest", "interest or dividends, weekly")),
    "benefits": (("code", "which benefit"), ("amount", "amount, weekly")),
    "pension": (("pay", "pension paid, weekly"),),
    "penprov": (("kind", "kind of pension"), ("amount", "contribution, weekly")),
    "oddjob": (("amount", "pay for odd jobs"), ("now", "whether done at present")),
    "chldcare": (("amount", "what the care costs, weekly"), ("costs", "whether it costs money"), ("registered", "whether registered")),
    "mortgage": (("borrowed", "sum borrowed"), ("years", "years of the loan")),
    "job": (("contribution", "pension contribution from pay, weekly"),),
}
"""Ideas that a table must hold a column for, with what they mean."""

ABSENT = "in no table of this release"


def wanted(table: str) -> set[str]:
    """Every column of a table that may be read."""
    return {*KEYS[table], *(name for names in COLUMNS[table].values() for name in names)}
