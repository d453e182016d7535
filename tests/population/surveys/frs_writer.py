"""Folders in the form of each release of the Family Resources Survey, from made-up people whose truth is known.

Every amount is drawn in whole pence a week; what a reader must give back is worked here, by hand and apart from the reader, as
52 times that, in the words of records. Nobody in it is real.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

Row = dict[str, Any]
WEEKS = 52


class Release(NamedTuple):
    """How one survey year is written."""

    year: str
    study: str
    case: str
    missing: str
    schooling: str
    bedrooms: str
    rates: str
    capital: str = "totcapb3"
    dates: str = "text"
    shuffled: bool = False
    gross_water: bool = False
    occupation: str = "soc2020"


RELEASES = {
    each.year: each
    for each in (
        Release("2018-19", "0000", "lower", " ", "fted", "bedroom6", "rtannual", occupation="soc2010"),
        Release("2019-20", "0000", "upper", "-1", "fted", "bedroom6", "rtannual", occupation="soc2010"),
        Release("2020-21", "0000", "upper", "-1", "fted", "bedroom6", "rtannual", dates="days", occupation="soc2010"),
        Release("2021-22", "0000", "mixed", "-1", "fted", "bedroom6", "niratlia"),
        Release("2022-23", "9252", "upper", "-1", "educft", "bedroom", "niratlia", dates="days"),
        Release("2023-24", "9367", "upper", "", "educft", "bedroom", "niratlia"),
        Release("2024-25", "9563", "upper", "-1", "educft", "bedroom", "niratlia", "totcapb4", shuffled=True, gross_water=True),
    )
}
REGIONS = {1: 0, 2: 1, 4: 2, 5: 3, 6: 4, 7: 5, 8: 6, 9: 7, 10: 8, 11: 9, 12: 10, 13: 11}
DISABILITY = {  # £ a week: PIP or DLA highest care, higher mobility (DWP benefit rates of each year)
    "2018-19": (85.6, 59.75),
    "2019-20": (87.65, 61.2),
    "2020-21": (89.15, 62.25),
    "2021-22": (89.6, 62.55),
    "2022-23": (92.4, 64.5),
    "2023-24": (101.75, 71.0),
    "2024-25": (108.55, 75.75),
}
PLAIN_CODES = (15, 21, 30, 37)
"""Benefits that nothing but the table of reported benefits holds."""


@dataclass
class Made:
    """Rows of every table, and the truth: by sernum for households, by (sernum, benunit) for units, (sernum, person) for people."""

    release: Release
    tables: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in TABLES})
    households: dict[int, Row] = field(default_factory=dict)
    units: dict[tuple[int, int], Row] = field(default_factory=dict)
    persons: dict[tuple[int, int], Row] = field(default_factory=dict)
    benefits: dict[tuple[int, int, int], float] = field(default_factory=dict)

    def add(self, table: str, **row: Any) -> Row:
        self.tables[table].append(row)
        return row


TABLES = (
    "househol",
    "benunit",
    "adult",
    "child",
    "job",
    "accounts",
    "assets",
    "benefits",
    "pension",
    "penprov",
    "oddjob",
    "maint",
    "owner",
    "renter",
    "mortgage",
    "care",
    "chldcare",
    "extchild",
    "govpay",
    "rentcont",
)


def pounds(pence: int) -> float:
    return pence / 100


def made(households: int, year: str, seed: int = 0) -> Made:
    """A survey of so many households."""
    release = RELEASES[year]
    out = Made(release)
    draw = np.random.default_rng([seed, int(year[:4])])
    for sernum in range(1, households + 1):
        _household(out, draw, sernum)
    if release.shuffled:
        for rows in out.tables.values():
            draw.shuffle(rows)  # type: ignore[arg-type]
    return out


def _pence(draw: np.random.Generator, low: float, high: float) -> int:
    """An amount in whole pence."""
    return int(draw.integers(round(low * 100), round(high * 100)))


def _some(draw: np.random.Generator, part: float) -> bool:
    return bool(draw.random() < part)


def _household(out: Made, draw: np.random.Generator, sernum: int) -> None:
    release = out.release
    region = int(draw.choice(list(REGIONS)))
    tenure = int(draw.choice([1, 2, 3, 4, 5, 6, 7], p=[0.09, 0.1, 0.1, 0.08, 0.36, 0.25, 0.02]))  # 7 stands for rent free
    weight = 1_000 + sernum / 64 + 16 * (int(release.year[:4]) - 2018)
    units = 1 + int(_some(draw, 0.18)) + int(_some(draw, 0.03))
    ages = draw.permutation(np.arange(19, 80))
    truth: Row = {"weight": weight, "region": REGIONS[region]}
    out.households[sernum] = truth
    number, adults, children, reduced = 1, 0, 0, False
    used: set[int] = set()
    for benunit in range(1, units + 1):
        couple = _some(draw, 0.55) if benunit == 1 else _some(draw, 0.1)
        kids = int(draw.choice([0, 1, 2, 3], p=[0.62, 0.17, 0.15, 0.06])) if benunit == 1 or _some(draw, 0.2) else 0
        first = number
        married = couple and _some(draw, 0.8)
        capital = int(draw.integers(0, 40_000)) if _some(draw, 0.7) else 0
        unit: Row = {"couple": int(couple), "married": int(married), "householder": int(benunit == 1), "capital": capital, "maintenance": 0}
        out.units[sernum, benunit] = unit
        for place in range(1 + couple):
            age = int(ages[adults])
            used.add(age)
            _adult(out, draw, sernum, benunit, number, age, place + 1, couple, married, region, unit)
            adults, number = adults + 1, number + 1
        for _ in range(kids):
            age = int(draw.choice([each for each in range(19) if each not in used]))
            used.add(age)
            _child(out, draw, sernum, benunit, number, age, first)
            children, number = children + 1, number + 1
        out.add(
            "benunit",
            sernum=sernum,
            benunit=benunit,
            gross4=weight,
            adultb=1 + couple,
            depchldb=kids,
            famtypb2=(7 if kids else 5) if married else 3,
            hbothamt=None,
            **{release.capital: capital},
        )
    reduced = _some(draw, 0.15)
    _home(out, draw, sernum, region, tenure, reduced, weight, adults, children, number - 1)


def _home(
    out: Made,
    draw: np.random.Generator,
    sernum: int,
    region: int,
    tenure: int,
    reduced: bool,
    weight: float,
    adults: int,
    children: int,
    members: int,
) -> None:
    release, truth = out.release, out.households[sernum]
    scotland, ireland = region == 12, region == 13
    renting, buying = tenure in (1, 2, 3, 4), tenure == 6
    truth["tenure"] = {1: 2, 2: 2, 3: 3, 4: 3, 5: 0, 6: 1, 7: 4}[tenure]
    rent, interest = (_pence(draw, 60, 400) if renting else 0), (_pence(draw, 20, 300) if buying else 0)
    truth |= {"rent": WEEKS * pounds(rent), "mortgage_interest": WEEKS * pounds(interest)}
    bedrooms = int(draw.integers(1, 6))
    stated = not (release.bedrooms == "bedroom" and _some(draw, 0.05))
    truth["bedrooms"] = bedrooms if stated else min(30, 1 + -(-(members - min(adults, 2)) // 2))
    kind = int(draw.integers(1, 8))
    truth["dwelling_type"] = {1: 0, 2: 1, 3: 2, 4: 3, 5: 3, 6: 4, 7: 4}[kind]
    water, sewerage = _pence(draw, 3, 9), _pence(draw, 2, 8)
    part = 0.0
    if release.gross_water and scotland:
        part = 0.35 if reduced else 0.25 if adults == 1 else 0.0
    scottish = pounds(water + sewerage) * (1 - part)
    truth["water_charges"] = WEEKS * (0.0 if ireland else scottish if scotland else pounds(water))
    band = int(draw.integers(1, 10 if region == 11 else 9))
    truth["council_tax_band"] = 0 if ireland else band
    reduction = _pence(draw, 5, 30) if reduced else 0
    bill_pence = _pence(draw, 900, 2_500)
    known = _some(draw, 0.5)
    full = reduced and not reduction
    if ireland:
        rates = _pence(draw, 10, 30)
        truth["council_tax_bill"] = WEEKS * pounds(rates)
    elif known and not full:
        truth["council_tax_bill"] = pounds(bill_pence) + (WEEKS * pounds(reduction) if reduced else 0)
    else:
        truth["council_tax_bill"] = -1
    included = WEEKS * scottish if scotland else 0.0
    row = out.add(
        "househol",
        sernum=sernum,
        gross4=weight,
        gvtregno=region,
        ptentyp2=None if tenure == 7 else tenure,
        tentyp2={5: 6, 6: 5}.get(tenure, tenure),
        tenure={5: 1, 6: 2, 7: 5}.get(tenure, 4),
        hhrent=pounds(rent) if renting else None,
        subrent=None,
        mortint=pounds(interest) if buying else None,
        watsewrt=None if scotland or ireland else pounds(water),
        ctband=None if ireland else band,
        ctannual=pounds(bill_pence) + included if known and not ireland else None,
        ctreb=1 if reduced else 2,
        ctrebamt=pounds(reduction) if reduced else None,
        ctdisc=1 if adults == 1 else 2,
        ct25d50d=1 if adults == 1 else None,
        typeacc=kind,
        adulth=adults,
        depchldh=children,
        roomshar=2,
        hhcomp=3,
        intdate=_date(release, draw),
        **{release.bedrooms: bedrooms if stated else None, release.rates: pounds(rates) if ireland else None},
    )
    row |= (
        {"cwatamtd": None, "csewamt": None}
        if not scotland or release.gross_water
        else {"cwatamtd": pounds(water), "csewamt": pounds(sewerage)}
    )
    if release.gross_water:
        row |= {"cwatamt1": pounds(water) if scotland else None, "csewamt1": pounds(sewerage) if scotland else None}
    truth |= {"mortgage_capital": 0.0, "mortgage_debt": 0.0}
    if buying:
        for sequence in range(1, 2 + _some(draw, 0.1)):
            borrowed, again, years = int(draw.integers(20_000, 300_000)), _some(draw, 0.3), int(draw.integers(0, 31))
            anew = int(draw.integers(10_000, 200_000))
            out.add(
                "mortgage",
                sernum=sernum,
                mortseq=sequence,
                rmort=1 if again else 2,
                borramt=borrowed,
                rmamt=anew if again else None,
                mortend=years if years else None,
            )
            truth["mortgage_capital"] += (anew if again else borrowed) / years if years else 0.0
        out.add("owner", sernum=sernum, buyyear=2005, purcamt=123_456)
    if renting:
        out.add("renter", sernum=sernum, rent=pounds(rent), wsinc=2)


def _date(release: Release, draw: np.random.Generator) -> str:
    day = datetime.date(int(release.year[:4]), 4, 1) + datetime.timedelta(days=int(draw.integers(0, 364)))
    if release.dates == "days":
        return str((day - datetime.date(1960, 1, 1)).days)
    return f"{day.month:02d}/{day.day:02d}/{day.year}"


def _adult(
    out: Made,
    draw: np.random.Generator,
    sernum: int,
    benunit: int,
    person: int,
    age: int,
    order: int,
    couple: bool,
    married: bool,
    region: int,
    unit: Row,
) -> None:
    release = out.release
    key = {"sernum": sernum, "benunit": benunit, "person": person}
    status = (
        6
        if age >= 66
        else int(draw.choice([1, 2, 3, 4, 5, 7, 8, 9, 10, 11], p=[0.5, 0.14, 0.08, 0.04, 0.03, 0.05, 0.05, 0.06, 0.02, 0.03]))
    )
    truth: Row = {
        "age": age,
        "sex": int(draw.integers(0, 2)),
        "role": order - 1,
        "activity": {1: 1, 2: 1, 3: 2, 4: 2, 5: 3, 6: 5, 7: 4, 8: 6, 9: 7}.get(status, 8),
        "education": 5 if status == 7 else 0,
    }
    out.persons[sernum, person] = truth
    earns = _pence(draw, 80, 1_800) if status in (1, 2) else 0
    profit = (_pence(draw, -150, 1_500)) if status in (3, 4) else 0
    hours = int(draw.integers(4, 50)) if status <= 4 else 0
    rent, loss = (_pence(draw, 20, 300), _some(draw, 0.2)) if _some(draw, 0.05) else (0, False)
    director = _pence(draw, 50, 900) if _some(draw, 0.02) else 0
    royalty = _pence(draw, 1, 90) if _some(draw, 0.02) else 0
    loan = _pence(draw, 5, 60) if status == 1 and age < 45 and _some(draw, 0.3) else 0
    band = int(draw.choice([0, 1, 3, 5, 7, 9, 10], p=[0.88, 0.04, 0.03, 0.02, 0.01, 0.01, 0.01]))
    child_support, usual = (_pence(draw, 10, 90), _some(draw, 0.3)) if _some(draw, 0.03) else (0, False)
    unusual = _pence(draw, 10, 90)
    disabled, ethnicity = _some(draw, 0.2), int(draw.integers(1, 7))
    marital = 1 if married else 2 if couple else int(draw.choice([3, 4, 5, 6]))
    blind = _some(draw, 0.01)
    out.add(
        "adult",
        **key,
        gross4=out.households[sernum]["weight"],
        age80=age,
        sex=truth["sex"] + 1,
        marital=marital,
        uperson=order,
        hrpid=1 if benunit == 1 and order == 1 else 2,
        empstati=status,
        tothours=hours if hours else None,
        everot=None,
        totus1=None,
        usuhr=None,
        pothr=None,
        inearns=pounds(earns),
        seincam2=pounds(profit),
        dividgro=pounds(director) if director else None,
        royyr1=pounds(rent) if rent else None,
        rentprof=(2 if loss else 1) if rent else None,
        royyr2=pounds(royalty) if royalty else None,
        royal2=1 if royalty else 2,
        royyr3=None,
        royal3=2,
        royyr4=None,
        royal4=2,
        cvpay=None,
        mntus1=(2 if usual else 1) if child_support else None,
        mntamt1=pounds(child_support) if child_support else None,
        mntusam1=pounds(unusual) if child_support and usual else None,
        mntus2=None,
        mntamt2=None,
        mntusam2=None,
        aliamt=None,
        aluamt=None,
        allow2=2,
        allpay2=None,
        slrepamt=pounds(loan) if loan else None,
        typeed2=9 if status == 7 else None,
        discora1=1 if disabled else 2,
        spcreg1=1 if blind else 2,
        hourtot=band,
        ethgr3=ethnicity,
        indinc=pounds(earns),
        **{release.schooling: 1 if status == 7 else 2, release.occupation: 2_000},
    )
    carer = _some(draw, 0.02)
    care = {0: 0, 1: 2, 3: 14.5, 5: 42, 7: 100, 9: 27, 10: 35}[band]
    unit["maintenance"] += WEEKS * pounds(unusual if usual else child_support) if child_support else 0
    plan = 0 if not loan else 4 if region == 12 else 2 if int(release.year[:4]) - age + 18 >= 2012 else 1
    truth |= {
        "hours": hours,
        "earnings": WEEKS * pounds(earns),
        "self_employment": WEEKS * pounds(profit),
        "student_loan": plan,
        "property_income": WEEKS * pounds(rent) * (-1 if loss else 1),
        "other_income": WEEKS * pounds(royalty),
        "dividends": WEEKS * pounds(director),
        "disabled": int(disabled),
        "blind": int(blind),
        "ethnicity": ethnicity % 6,
        "carer_hours": max(care, 35) if carer else care,
        "pension_net_pay": 0.0,
        "pension_salary_sacrifice": 0.0,
        "savings_interest": 0.0,
        "private_pension": 0.0,
        "childcare_costs": 0.0,
        "pension_relief_at_source": 0.0,
        "state_pension": 0.0,
        "pip_daily_living": 0,
        "pip_mobility": 0,
        "dla_care": 0,
        "dla_mobility": 0,
        "attendance": 0,
        "work_capability": 2 if status == 9 and age < 66 else 0,
    }
    _rows_of_adult(out, draw, key, truth, status, earns, marital, carer, region)


def _rows_of_adult(
    out: Made, draw: np.random.Generator, key: Row, truth: Row, status: int, earns: int, marital: int, carer: bool, region: int
) -> None:
    person = {"sernum": key["sernum"], "benunit": key["benunit"], "person": key["person"]}
    if earns:
        contribution, sacrificed = (_pence(draw, 5, 90) if _some(draw, 0.6) else 0), (_pence(draw, 5, 90) if _some(draw, 0.2) else 0)
        out.add(
            "job",
            **person,
            jobtype=1,
            etype=1,
            ugross=pounds(earns),
            deduc1=pounds(contribution) if contribution else None,
            deduc2=None,
            spnamt=pounds(sacrificed) if sacrificed else None,
            salsac="1" if sacrificed else "2" if _some(draw, 0.5) else " ",
        )
        truth["pension_net_pay"] += WEEKS * pounds(contribution)
        truth["pension_salary_sacrifice"] += WEEKS * pounds(sacrificed)
        if _some(draw, 0.08):
            second = _pence(draw, 1, 20)
            out.add("job", **person, jobtype=2, etype=1, ugross=None, deduc1=pounds(second), deduc2=None, spnamt=None, salsac=" ")
            truth["pension_net_pay"] += WEEKS * pounds(second)
    _accounts(out, draw, person, truth)
    _pensions(out, draw, person, truth, status)
    if _some(draw, 0.02):
        job, now = _pence(draw, 2, 60), _some(draw, 0.5)
        out.add("oddjob", **person, ojamt=pounds(job), ojnow=1 if now else 2)
        truth["other_income"] += WEEKS * pounds(job) if now else 0
    if _some(draw, 0.02):
        out.add("maint", **person, mramt=pounds(_pence(draw, 5, 80)), mruamt=None, mrus=1)
    if _some(draw, 0.1):
        out.add("assets", **person, assetype=5, howmuch=int(draw.integers(1, 9_000)), howmuche=None)
    _benefits(out, draw, person, truth, status, marital, carer, region)


def _accounts(out: Made, draw: np.random.Generator, person: Row, truth: Row) -> None:
    ordinary = 0.0
    for account in draw.choice([1, 2, 3, 5, 7, 8, 15, 21, 27], size=int(draw.integers(0, 3)), replace=False):
        paid, taxed = _pence(draw, 0, 20), _some(draw, 0.05)
        shares = int(account) in (7, 8)
        out.add(
            "accounts",
            **person,
            account=int(account),
            accint=pounds(paid),
            acctax=(1 if taxed else 2) if not shares else None,
            invtax=(1 if taxed else 2) if shares else None,
            nsamt=None,
        )
        yearly = WEEKS * pounds(paid) * (1.25 if taxed else 1)
        if shares:
            truth["dividends"] += yearly
        elif int(account) == 2:
            ordinary += yearly
        elif int(account) not in (15, 21):
            truth["savings_interest"] += yearly
    truth["savings_interest"] += max(ordinary - 70, 0)


def _pensions(out: Made, draw: np.random.Generator, person: Row, truth: Row, status: int) -> None:
    for _ in range(int(draw.integers(0, 3)) if status == 6 else 0):
        pay, tax, other = _pence(draw, 10, 500), _pence(draw, 1, 90), _pence(draw, 1, 20)
        after, taken = _some(draw, 0.3), _some(draw, 0.1)
        out.add(
            "pension",
            **person,
            penpay=pounds(pay),
            ptamt=pounds(tax),
            ptinc=2 if after else 1,
            poamt=pounds(other),
            poinc=2 if taken else 1,
            penoth=2,
            pentype=1,
        )
        truth["private_pension"] += WEEKS * pounds(pay + (tax if after else 0) + (other if taken else 0))
    if status < 5 and _some(draw, 0.15):
        kind, amount, once = int(draw.integers(1, 7)), _pence(draw, 5, 200), _some(draw, 0.2)
        payer = int(draw.choice([1, 2, 3]))
        out.add("penprov", **person, stemppen=kind, penamt=pounds(amount), penamtpd=95 if once else 1, pencon=payer)
        if kind in (5, 6) and payer != 2:
            truth["pension_relief_at_source"] += pounds(amount) * (1 if once else WEEKS)


def _benefits(out: Made, draw: np.random.Generator, person: Row, truth: Row, status: int, marital: int, carer: bool, region: int) -> None:
    def paid(code: int, amount: float, **more: Any) -> None:
        out.add("benefits", **person, benefit=code, benamt=amount, benpd=more.pop("benpd", 1), pres=1, var2=more.pop("var2", None), **more)
        once = code == 62 or out.tables["benefits"][-1]["benpd"] in (0, 90, 95, 97)
        key = (person["sernum"], person["person"], code)
        out.benefits[key] = out.benefits.get(key, 0.0) + amount * (1 if once else WEEKS)

    highest, moving = DISABILITY[out.release.year]
    if status == 6 or (marital == 4 and truth["age"] < 65 and _some(draw, 0.2)):
        amount = pounds(_pence(draw, 50, 250))
        paid(5, amount)
        truth["state_pension"] = WEEKS * amount if status == 6 else 0.0
        if status == 6:
            paid(62, 200.0, benpd=95)
    if status == 9:
        pip, scottish = _some(draw, 0.7), region == 12 and out.release.year >= "2022-23"
        living, mobile = (117, 118) if scottish else (96, 97)
        if pip:
            paid(living, highest)
            truth["pip_daily_living"] = 2
            if _some(draw, 0.5):
                paid(mobile, moving)
                truth["pip_mobility"] = 2
        elif _some(draw, 0.5):
            paid(1, round(highest + moving, 2))  # both components stated as one
            truth |= {"dla_care": 3, "dla_mobility": 2}
    if carer:
        paid(13, 60.0)
    if status in (5, 9):
        basis = int(draw.choice([1, 2, 3, 4, 5, 6]))
        paid(14 if status == 5 else 16, pounds(_pence(draw, 50, 90)), var2=basis)
        if status == 9 and truth["age"] < 66:
            truth["work_capability"] = 2
    if _some(draw, 0.1):
        paid(95, pounds(_pence(draw, 20, 400)))
    if _some(draw, 0.05):
        paid(int(draw.choice(PLAIN_CODES)), pounds(_pence(draw, 5, 90)))
    if _some(draw, 0.02):
        paid(69, pounds(_pence(draw, 5, 20)))  # a recovery: no income


def _child(out: Made, draw: np.random.Generator, sernum: int, benunit: int, person: int, age: int, parent: int) -> None:
    release = out.release
    key = {"sernum": sernum, "benunit": benunit, "person": person}
    earns = _pence(draw, 2, 60) if age >= 13 and _some(draw, 0.2) else 0
    school = (1 if age >= 3 else None) if age < 5 else 2 if age < 11 else 6 if age < 16 else 7
    disabled = _some(draw, 0.08)
    sex = int(draw.integers(0, 2))
    out.add(
        "child",
        **key,
        gross4=out.households[sernum]["weight"],
        age=age,
        sex=sex + 1,
        parent1=parent,
        discorc1=1 if disabled else 2,
        chearns=pounds(earns) if earns else None,
        chamtern=None,
        chamttst=None,
        typeed2=school,
        **{release.schooling: 1 if age >= 5 else None},
    )
    truth = {
        "age": age,
        "sex": sex,
        "role": 2,
        "activity": 0 if age < 16 else 4,
        "earnings": WEEKS * pounds(earns),
        "disabled": int(disabled),
        "education": (1 if age >= 3 else 0) if age < 5 else 2 if age < 11 else 3 if age < 16 else 4,
        "childcare_costs": 0.0,
        "ethnicity": out.persons[sernum, parent]["ethnicity"],
    }
    out.persons[sernum, person] = truth
    for _ in range(int(draw.integers(0, 3)) if age < 12 else 0):
        cost, costs, registered = _pence(draw, 10, 200), _some(draw, 0.7), _some(draw, 0.7)
        out.add(
            "chldcare",
            **key,
            chamt=pounds(cost) if costs else None,
            cost=1 if costs else 2,
            registrd=1 if registered else 2,
            chlook=9,
            chhr=12,
        )
        truth["childcare_costs"] += WEEKS * pounds(cost) if costs and registered else 0.0


# ---- writing -------------------------------------------------------------------------------------------------------


def written(survey: Made, folder: Path, newline: str = "\n", encoding: str = "utf-8", leave_out: tuple[str, ...] = ()) -> Path:
    """The folder of the release as the archive's zip opens: UKDA-<study>-tab/tab and mrdoc. Gives the outer folder."""
    release = survey.release
    place = folder / f"UKDA-{release.study}-tab" / "tab"
    place.mkdir(parents=True)
    (place.parent / "mrdoc").mkdir()
    (place.parent / "mrdoc" / "read_me.txt").write_text("documentation")
    for name, rows in survey.tables.items():
        if name not in leave_out:
            (place / f"{name}.tab").write_bytes(text_of(rows, release, name, newline).encode(encoding))
    flat = f"frs{release.year[2:4]}{release.year[5:]}.tab"
    (place / flat).write_text("SERNUM\tJSATYPHD\n1\t-1\n")
    return folder


HEADERS = {
    "job": ("sernum", "person", "deduc1"),
    "accounts": ("sernum", "person", "account", "accint"),
    "pension": ("sernum", "person", "penpay"),
    "penprov": ("sernum", "person", "stemppen", "penamt"),
    "oddjob": ("sernum", "person", "ojamt", "ojnow"),
    "chldcare": ("sernum", "person", "chamt", "cost", "registrd"),
    "mortgage": ("sernum", "borramt", "mortend"),
    "benefits": ("sernum", "person", "benefit", "benamt"),
    "child": ("sernum", "benunit", "person", "age", "sex"),
}
"""Names of a table that holds no row."""


def text_of(rows: list[Row], release: Release, name: str, newline: str = "\n") -> str:
    names = list(dict.fromkeys(each for row in rows for each in row)) or list(HEADERS.get(name, ("sernum", "person")))
    cased: dict[str, Callable[[str], str]] = {"upper": str.upper, "lower": str.lower, "mixed": str.title}
    lines = ["\t".join(cased[release.case](each) for each in [*names, "issue"])]
    lines += ["\t".join([*(_cell(row.get(each), release.missing) for each in names), "1"]) for row in rows]
    return newline.join(lines) + newline


def _cell(value: Any, missing: str) -> str:
    if value is None:
        return missing
    return repr(round(value, 6)) if isinstance(value, float) else str(value)
