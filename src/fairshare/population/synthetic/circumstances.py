"""Step 10: what is left of a person's circumstances: ethnic group, childcare, student loans, pension saving, gifts, capital,
take-up draws. Shares that no held table gives are assumptions, stated beside the number."""

from __future__ import annotations

import numpy as np

from fairshare import quantities as q
from fairshare.population.records import BENEFIT_UNIT
from fairshare.population.synthetic import figures as f
from fairshare.population.synthetic.activity import youngest_child
from fairshare.population.synthetic.draft import Draft
from fairshare.population.synthetic.draws import fitted, generator, ndtri, quota, rank
from fairshare.population.synthetic.other_incomes import STATE_PENSION_AGE

NET_PAY_TOTAL = 20.8e9
RELIEF_AT_SOURCE_TOTAL = 19.1e9
"""£ of contributions in the SPI, 2023-24 (the second with basic-rate relief in it); moved to 2025-26 by earnings."""
SACRIFICE_SHARE = 0.27
"""Of employees who save, by salary sacrifice (UNVERIFIED: HMRC counts about 7 million people)."""
GIFT_AID_TOTAL = 6.4e9
"""£ a year given under Gift Aid (UNVERIFIED: HMRC repays about £1.7bn of basic-rate tax)."""
CHILDCARE = {2: (0.48, 7_600.0), 3: (0.50, 4_400.0), 5: (0.50, 3_600.0), 12: (0.27, 1_900.0)}
"""Below each age of the child: share of working families that pay registered childcare, and the mean they pay, £ a year of
2025-26 after funded hours (assumption)."""
FIRST_PLAN_1_AGE = 32
"""Who began a first degree before September 2012, at eighteen, is 32 or older."""
BORROWERS = ((20, 22, 25, 31, 32, 36, 42, 48), (0.05, 0.34, 0.40, 0.36, 0.22, 0.12, 0.06, 0.02))
"""Age and share of people out of education who still owe (assumption: somewhat under half of the cohorts that went to university
under plan 2, and what is left of older ones). Households repaid £131 each in 2021-22 (ONS, Effects of taxes and benefits)."""
OLDER_LESS_MIXED = 0.35
"""Odds of a minority ethnic group in households headed by someone over 65 relative to others (Census 2011 and 2021 pattern)."""
NEVER_CLAIMED = 1.6
"""Standard deviations by which families with a high income stand later in the order of claiming (assumption: of 8.5 million families
with children 6.9 million are paid and 0.7 million have opted out; 0.3 million people pay the charge)."""
OWN_GROUP = 0.06
"""Share of people whose group is drawn apart from their household's (assumption)."""
NEED_OF_ONE, CAPITAL_NEAR, NEAR_OLD, NEAR_YOUNG = 9_000.0, 16_000.0, 1.45, 2.1
"""£ a year of one adult, £ of savings, and multiples of need below which a family may be entitled to a means-tested benefit: they
only say among whom the order of claiming is set."""
AWARD_CORRELATION = 0.55
"""Between income over needs and the draw: so that more of what is due is claimed than of the number of those to whom it is due
(DWP, Pension Credit: 73% against 63% to 65%; Housing Benefit 84% against 79%)."""
AWARD_CORRELATION_UNIVERSAL_CREDIT = 0.75
"""The same for Universal Credit: of Working Tax Credit, which went to people in work, a far smaller part was claimed than of Child Tax
Credit (see LARGE_AWARDS_FIRST), and by those without children only a third (UNVERIFIED)."""
LARGE_AWARDS_FIRST = ("draw_pension_credit", "draw_housing_benefit", "draw_universal_credit")
"""Benefits of which DWP publishes both shares; and Universal Credit, of which nobody does, but HMRC did of the tax credits that it
replaced: in 2017-18 about 84% of families and 94% of what was due for Child Tax Credit, 67% and 84% for Working Tax Credit (HMRC,
take-up rates of 2017-18, UNVERIFIED)."""
ASSESSED_CLAIMS = 3.0
"""Standard deviations by which families stand earlier in the order of claiming where someone's capability for work has been assessed:
nobody is assessed who has not claimed."""
DRAWS = tuple(column.name for column in BENEFIT_UNIT if column.name.startswith("draw_"))


def with_ethnicity(draft: Draft, seed: int) -> None:
    """Five groups at the council's census shares of people; families mostly share one, older heads are less mixed."""
    rng, homes, persons = generator(seed, "ethnicity"), draft.households, draft.persons
    shares = np.column_stack([f.filled(f.council(f"ethnic_{group}")) for group in ("white", "mixed", "asian", "black", "other")])
    shares = shares / shares.sum(axis=1, keepdims=True)
    council, people = homes["council"].astype(int), homes["weight"] * (homes["last_person"] - homes["first_person"])
    old = persons["age"][draft.head] >= 65
    odds = np.where(old[:, None], np.array([1.0] + [OLDER_LESS_MIXED] * 4), 1.0)
    order = council * 10.0 + old + rng.random(len(homes))
    chance = fitted(shares[council] * odds, people, council, shares)
    of_household, left, remaining = np.zeros(len(homes), int), np.ones(len(homes)), np.ones(len(homes), bool)
    for group in range(1, 5):
        rows = np.flatnonzero(remaining)
        chosen = rows[quota(np.clip(chance[rows, group] / np.maximum(left[rows], 1e-9), 0.0, 1.0), order[rows], rng)]
        of_household[chosen], remaining[chosen] = group, False
        left -= chance[:, group]
    own = rng.random(len(persons)) < OWN_GROUP
    again = (rng.random(len(persons))[:, None] > np.cumsum(chance, axis=1)[:, :-1][persons["household"]]).sum(axis=1)
    shared = draft.household_sum(~own * draft.person_weight)  # people who follow their household's group
    residents = np.bincount(council, people, len(shares))
    for region in range(len(q.Region)):
        inside = f.area_regions() == region
        rows = np.flatnonzero(homes["region"] == region)
        if not len(rows):
            continue
        alone = own & (draft.of_household(homes["region"]) == region)
        for group in range(1, 5):
            held = shared[rows] @ (of_household[rows] == group) + draft.person_weight[alone] @ (again[alone] == group)
            _exchange(of_household, rows, group, float(residents[inside] @ shares[inside, group] - held), chance[:, group], shared, rng)
    persons["ethnicity"] = 1 + np.where(own, again, draft.of_household(of_household))


def _exchange(
    groups: np.ndarray, rows: np.ndarray, group: int, missing: float, chance: np.ndarray, people: np.ndarray, rng: np.random.Generator
) -> None:
    """Give a group as many more (or fewer) `people` of a region as are `missing`, in exchange with the first group, in place."""
    giving = rows[groups[rows] == (0 if missing > 0 else group)]
    odds = np.maximum(chance[giving], 1e-9) if missing > 0 else np.ones(len(giving))
    giving = giving[np.argsort(-np.log(rng.random(len(giving))) / odds, kind="stable")]  # at random, likelier where the chance is larger
    giving = giving[np.cumsum(people[giving]) <= abs(missing)]
    groups[giving] = group if missing > 0 else 0


def with_childcare(draft: Draft, seed: int) -> None:
    """Paid childcare of children whose parents all work, by the child's age."""
    rng, persons = generator(seed, "childcare"), draft.persons
    parent = persons["role"] != int(q.Role.DEPENDANT)
    idle_parents = draft.unit_sum(parent & ~draft.person["works"])[persons["benefit_unit"]]
    child = (persons["role"] == int(q.Role.DEPENDANT)) & (persons["age"] < 12) & (idle_parents == 0)
    cost = np.zeros(len(persons))
    lower = 0
    for below, (share, mean) in CHILDCARE.items():
        here = child & (persons["age"] >= lower) & (persons["age"] < below)
        pays = here & (rng.random(len(persons)) < share)
        cost[pays] = np.minimum(mean * np.exp(0.6 * rng.standard_normal(pays.sum()) - 0.18), 25_000)
        lower = below
    persons["childcare_costs"] = np.round(cost, 2)


def with_student_loans(draft: Draft, seed: int) -> None:
    """Plan by age and nation of those who still owe."""
    rng, persons = generator(seed, "student loans"), draft.persons
    age, nation = persons["age"], draft.of_household(draft.households["nation"])
    working = (age >= 19) & (age <= 48) & (persons["education"] == int(q.Education.NONE)) & (persons["role"] != int(q.Role.DEPENDANT))
    # Those who are paid well have repaid the older loans; of the newer ones few have been.
    standing = np.where(age >= FIRST_PLAN_1_AGE, -0.35, 0.25) * draft.person["skill"]
    chance = np.clip(np.interp(age, *BORROWERS) * np.exp(standing), 0, 0.85)
    owes = working & (rng.random(len(persons)) < chance)
    plan = np.where(
        age <= 20, int(q.StudentLoan.PLAN_5), np.where(age < FIRST_PLAN_1_AGE, int(q.StudentLoan.PLAN_2), int(q.StudentLoan.PLAN_1))
    )
    plan = np.where(
        nation == int(q.Nation.SCOTLAND),
        int(q.StudentLoan.PLAN_4),
        np.where(nation == int(q.Nation.NORTHERN_IRELAND), int(q.StudentLoan.PLAN_1), plan),
    )
    persons["student_loan"] = np.where(owes, plan, int(q.StudentLoan.NONE))


def with_pension_saving(draft: Draft, seed: int) -> None:
    """Nine in ten employees above the enrolment threshold save: by net pay, salary sacrifice or relief at source."""
    rng, persons, weight = generator(seed, "pension saving"), draft.persons, draft.person_weight
    pay = persons["earnings"]
    saves = (pay > 10_000) & (persons["age"] >= 22) & (persons["age"] < 66) & (rng.random(len(persons)) < 0.88)
    saves &= draft.person["owner_dividends"] == 0
    draw = rng.random(len(persons))
    sacrifice = saves & (draw < SACRIFICE_SHARE)
    net_pay = saves & ~sacrifice & (draw < SACRIFICE_SHARE + 0.36)
    at_source = saves & ~sacrifice & ~net_pay
    rate = np.where(net_pay, 0.065, 0.05) * np.exp(0.35 * rng.standard_normal(len(persons)))
    amount = np.minimum(rate * np.minimum(pay, 250_000), 55_000)
    rise = f.uprating("earnings", "2023-24", "2025-26")
    personal = (persons["self_employment"] > 8_000) & (rng.random(len(persons)) < 0.18)
    source = np.where(at_source, np.minimum(0.04 * (np.minimum(pay, 50_270) - 6_240), 20_000), 0.0) + np.where(
        personal, 0.06 * np.minimum(persons["self_employment"], 80_000), 0.0
    )
    source += np.where((pay > 60_000) & (rng.random(len(persons)) < 0.16), np.minimum(0.14 * pay, 40_000), 0.0)
    given = np.where(net_pay, amount, 0.0)
    persons["pension_net_pay"] = np.round(np.minimum(given * NET_PAY_TOTAL * rise / (weight @ given), pay * 0.6), 2)
    persons["pension_relief_at_source"] = np.round(source * 0.8 * RELIEF_AT_SOURCE_TOTAL * rise / (weight @ source), 2)
    persons["pension_salary_sacrifice"] = np.round(np.where(sacrifice, amount, 0.0), 2)


def with_gifts(draft: Draft, seed: int) -> None:
    """Gift Aid: a third of adults with means give, by income."""
    rng, persons, weight = generator(seed, "gifts"), draft.persons, draft.person_weight
    income = persons["earnings"] + persons["private_pension"] + persons["state_pension"] + persons["dividends"]
    gives = (income > 14_000) & (rng.random(len(persons)) < 0.24)
    amount = np.where(gives, np.minimum(income, 2e6) ** 0.9 * np.exp(1.2 * rng.standard_normal(len(persons))), 0.0)
    amount = np.minimum(amount * GIFT_AID_TOTAL / (weight @ amount), 0.2 * np.maximum(income, 0))
    persons["gift_aid"] = np.round(amount, 2)


def with_capital(draft: Draft, seed: int) -> None:
    """Savings that a means test counts: each unit's part of the household's financial wealth, and other property less its loans."""
    rng, units, homes = generator(seed, "capital"), draft.units, draft.households
    share = draft.unit_sum(draft.persons["wealth_share"])
    household = units["household"]
    counted = (
        homes["financial_wealth"][household] + 0.9 * homes["other_property_wealth"][household] - draft.household["let_loan"][household]
    )
    units["capital"] = np.round(np.maximum(counted * share, 0.0), 2)
    alone = (units["couple"] == 0) & (youngest_child(draft)[units["first_person"]] < 18)
    paid = alone & (rng.random(len(units)) < 0.42)
    units["maintenance"] = np.round(np.where(paid, 2_700 * np.exp(0.6 * rng.standard_normal(len(units))), 0.0), 2)


def rough_means_and_needs(draft: Draft) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(benefit units,) income, a rough sum that a family is taken to need (rent with it), £ a year, and whether it is of pension age."""
    persons, units, homes = draft.persons, draft.units, draft.households
    means = (
        persons["earnings"]
        + np.maximum(persons["self_employment"], 0)
        + persons["private_pension"]
        + persons["state_pension"]
        + persons["savings_interest"]
    )
    child = persons["role"] == int(q.Role.DEPENDANT)
    rent = homes["rent"][units["household"]] * units["householder"]
    needs = NEED_OF_ONE * (1 + 0.55 * units["couple"] + 0.6 * draft.unit_sum(child)) + rent
    old = np.maximum.reduceat(np.where(child, 0, persons["age"]), units["first_person"]) >= STATE_PENSION_AGE
    return draft.unit_sum(means), needs, old


def with_take_up(draft: Draft, seed: int) -> None:
    """Draws between 0 and 1, kept as data, so that baseline and reform differ only by the law; and who opts out of Child Benefit.

    A draw is uniform; for some benefits those with less, whose awards are larger, come first among families who may be entitled.
    """
    rng, units, persons = generator(seed, "take-up"), draft.units, draft.persons
    weight = draft.households["weight"][units["household"]]
    means, needs, old = rough_means_and_needs(draft)
    ratio = means / needs
    assessed = draft.unit_sum(persons["work_capability"] > 0) > 0
    near = (units["capital"] <= CAPITAL_NEAR) & (ratio < np.where(old, NEAR_OLD, NEAR_YOUNG))
    for name in DRAWS:
        units[name] = rng.random(len(units))
        if name in LARGE_AWARDS_FIRST:
            rows = np.flatnonzero(near)
            place = ndtri(rank(ratio[rows] + 1e-9 * rng.random(len(rows)), weight[rows], old[rows]))
            link = AWARD_CORRELATION_UNIVERSAL_CREDIT if name == "draw_universal_credit" else AWARD_CORRELATION
            score = link * place + np.sqrt(1 - link**2) * rng.standard_normal(len(rows))
            if name == "draw_universal_credit":
                score = np.where(assessed[rows], score - ASSESSED_CLAIMS, score)
            units[name][rows] = rank(score, weight[rows], old[rows])
    income = (
        persons["earnings"]
        + np.maximum(persons["self_employment"], 0)
        + persons["dividends"]
        + persons["property_income"]
        + persons["savings_interest"]
    )
    adult = persons["role"] != int(q.Role.DEPENDANT)
    highest = np.maximum.reduceat(np.where(adult, income, 0.0), units["first_person"])
    children = draft.unit_sum(~adult)
    candidates = (children > 0) & (highest > 66_000)
    chance = np.where(candidates, np.clip((highest - 60_000) / 20_000, 0.15, 1.0), 0.0)
    chance = np.minimum(chance * f.national("child_benefit_opted_out_families") / max(float(weight @ chance), 1.0), 1.0)
    units["child_benefit_opt_out"] = quota(chance, rng.random(len(units)), rng)
    # Families who never claimed Child Benefit are mostly those who would have to pay it back: the draw stays uniform.
    score = rng.standard_normal(len(units)) + NEVER_CLAIMED * (candidates & (units["child_benefit_opt_out"] == 0))
    units["draw_child_benefit"] = rank(score + 1e-9 * rng.random(len(units)), weight)


def with_vehicles(draft: Draft, seed: int) -> None:
    """Cars by region (Census 2021; nations without a figure as England and Wales), more where incomes and sizes are larger."""
    rng, homes = generator(seed, "vehicles"), draft.households
    region = homes["region"].astype(int)
    shares = np.full((len(q.Region), 4), np.nan)
    for row in f.rows("cars_by_region"):
        for where, code in f.REGION_CODES.items():
            if row["area"] == code:
                shares[int(where), int(row["cars_or_vans"][0])] = float(row["value"])
    shares = shares / shares.sum(axis=1, keepdims=True)
    shares[~np.isfinite(shares[:, 0])] = np.nanmean(shares, axis=0)
    place = rank(
        0.8 * draft.household["income_score"]
        + 0.4 * (homes["last_person"] - homes["first_person"])
        + 0.4 * (homes["tenure"] <= 1)
        + rng.standard_normal(len(homes)),
        homes["weight"],
        region,
    )
    homes["vehicles"] = (place[:, None] > np.cumsum(shares, axis=1)[:, :-1][region]).sum(axis=1)
