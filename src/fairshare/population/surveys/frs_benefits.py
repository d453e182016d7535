"""Benefits as the Family Resources Survey reports them: codes, sums of a year, and what is no income."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from fairshare import quantities as q
from fairshare.population.surveys.frs_tables import (
    People,
    Survey,
    person_rows,
)

LUMPS = (0, 90, 95, 97)
"""Period codes of sums paid once."""
RECOVERIES = frozenset({65, 66, 69, 70, 110, 111})
NOT_BENEFITS = frozenset({81, 82, 83, 98, 99, *range(102, 110)})
PRIVATE_SCHEMES = frozenset(range(31, 36))
"""Trade union, friendly society, private sickness, accident and hospital schemes: counted where paid at present."""
WINTER_FUEL, STATE_PENSION, CHILD_BENEFIT, PENSION_CREDIT, CARERS, JSA, ESA = 62, 5, 3, 4, 13, 14, 16
UNIVERSAL_CREDIT, HOUSING_BENEFIT, SCOTTISH_CHILD_PAYMENT, INCOME_SUPPORT = 95, 94, 112, 19
TAX_CREDITS = (90, 91)
UNABLE = (16, 17, 10)
"""Employment and Support Allowance, Incapacity Benefit, Severe Disablement Allowance."""
LARGEST_CODE = 200


class Basis(NamedTuple):
    """What a row of JSA or ESA rests on, by `var2`: 5 and 6 are both, and no row is lost."""

    contribution: tuple[int, ...] = (1, 3)
    income: tuple[int, ...] = (2, 4)
    both: tuple[int, ...] = (5, 6)


BASIS = Basis()


class Benefits:
    """Benefits as reported: (rows,) person, code, £ a year, whether income, and what JSA and ESA rest on (0, 1, 2, 3 both)."""

    def __init__(self, survey: Survey, people: People, keys: np.ndarray) -> None:
        self.people = len(people.keys)
        held = survey.tables["benefits"]
        if not held.rows:
            survey.zero.append("every benefit (benefits.tab is missing or empty)")
            self.person = self.code = np.zeros(0, np.int64)
            self.pounds = self.weekly = np.zeros(0)
            self.income = np.zeros(0, bool)
            self.basis = np.zeros(0, np.int64)
            return
        self.person = person_rows(survey, "benefits", people, keys)
        self.code = survey.codes("benefits", "code", range(LARGEST_CODE))
        held.refuse("benefit", self.code < 1, "is no code of a benefit")
        amount = survey.money("benefits", "amount")
        period = survey.codes("benefits", "period", None)
        lump = np.isin(period, LUMPS) | (self.code == WINTER_FUEL)
        self.pounds = np.where(lump, amount, q.WEEKS_IN_YEAR * amount)
        self.weekly = np.where(lump, 0.0, amount)
        present = survey.codes("benefits", "present", range(4)) != 2
        self.income = ~np.isin(self.code, [*RECOVERIES, *NOT_BENEFITS]) & (~np.isin(self.code, list(PRIVATE_SCHEMES)) | present)
        self.basis = self._bases(survey.codes("benefits", "basis", None))

    def _bases(self, given: np.ndarray) -> np.ndarray:
        kinds = [np.isin(given, of) for of in BASIS]
        return np.where(np.isin(self.code, (JSA, ESA)), np.select(kinds, [1, 2, 3], 0), 0)

    def a_week(self, *codes: int) -> np.ndarray:
        """(persons,) £ a week of these benefits."""
        return self._summed(self.weekly, np.isin(self.code, codes))

    def a_year(self, *codes: int) -> np.ndarray:
        """(persons,) £ a year of these benefits."""
        return self._summed(self.pounds, np.isin(self.code, codes))

    def means_tested(self) -> np.ndarray:
        """(persons,) whether a working-age means-tested benefit is reported: Universal Credit, or one that it replaced."""
        old = np.isin(self.code, (JSA, ESA)) & np.isin(self.basis, (2, 3))
        return self._summed(np.ones(len(self.code)), old | np.isin(self.code, (UNIVERSAL_CREDIT, INCOME_SUPPORT, *TAX_CREDITS))) > 0

    def reported(self, *codes: int) -> np.ndarray:
        """(persons,) whether any of these benefits is reported, whatever its amount."""
        return self._summed(np.ones(len(self.code)), np.isin(self.code, codes)) > 0

    def _summed(self, values: np.ndarray, rows: np.ndarray) -> np.ndarray:
        return np.bincount(self.person[rows], values[rows], self.people)

    def table(self, order: np.ndarray) -> np.ndarray:
        """The rows under the person records that they belong to; `order` is the file's row of each record."""
        kind = [("person", "i4"), ("code", "i2"), ("pounds", "f8"), ("income", "i1"), ("basis", "i1")]
        out = np.zeros(len(self.person), np.dtype(kind))
        record = np.empty(len(order), np.int64)
        record[order] = np.arange(len(order))
        for name, values in zip(
            ("person", "code", "pounds", "income", "basis"),
            (record[self.person], self.code, self.pounds, self.income, self.basis),
            strict=True,
        ):
            out[name] = values
        return out[np.lexsort((out["code"], out["person"]))]
