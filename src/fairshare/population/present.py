"""People as they stand at one time of the year: what household surveys ask of, and what counts of claims see.

A record holds a year. Who was paid in some of its weeks only is, at the time of an interview, either in the job, at its full rate,
or out of it, without pay. Incomes of Households Below Average Income are such present incomes, a week's worth.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from fairshare import quantities as q
from fairshare.population.records import Population

WITH_PAY = ("earnings", "second_job", "pension_net_pay", "pension_relief_at_source", "pension_salary_sacrifice", "employment_expenses")
"""Amounts that come and go with the job."""


def present(people: Population) -> Population:
    """The same people, with a year's worth of what they are paid now: those with paid hours at their rate, all others nothing.

    Where all pay is of the whole year, the population itself.
    """
    some_weeks = people.persons["pay_weeks"] < q.WEEKS_IN_YEAR
    if not some_weeks.any():
        return people
    persons = people.persons.copy()
    factor = np.where(persons["hours"] > 0, q.WEEKS_IN_YEAR / persons["pay_weeks"], 0.0)
    for name in WITH_PAY:
        persons[name] = np.where(some_weeks, persons[name] * factor, persons[name])
    persons["pay_weeks"] = q.WEEKS_IN_YEAR
    return replace(people, persons=persons, name=f"{people.name}, present state")
