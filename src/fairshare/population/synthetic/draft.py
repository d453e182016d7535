"""The population while it is being made: three tables, and what steps need that no record keeps."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np


@dataclass
class Draft:
    """Persons, benefit units and households in order, with working columns beside them.

    `skill` (persons) is the latent standing that pay, pensions and wealth share; `score` columns are dropped at the end.
    """

    persons: np.ndarray
    units: np.ndarray
    households: np.ndarray
    person: dict[str, np.ndarray] = field(default_factory=dict)
    household: dict[str, np.ndarray] = field(default_factory=dict)

    @property
    def person_weight(self) -> np.ndarray:
        """(persons,) persons that each record stands for."""
        return self.households["weight"][self.persons["household"]]

    @property
    def head(self) -> np.ndarray:
        """(households,) row of the first person, the reference person."""
        return self.households["first_person"]

    def of_household(self, values: np.ndarray) -> np.ndarray:
        """(persons,) a household's value for each of its persons."""
        return values[self.persons["household"]]

    def household_sum(self, values: np.ndarray) -> np.ndarray:
        """(households,) the sum of a person's value over each household."""
        return np.add.reduceat(values.astype(float), self.households["first_person"])

    def unit_sum(self, values: np.ndarray) -> np.ndarray:
        """(benefit units,) the sum of a person's value over each benefit unit."""
        return np.add.reduceat(values.astype(float), self.units["first_person"])

    def household_max(self, values: np.ndarray) -> np.ndarray:
        return np.maximum.reduceat(values, self.households["first_person"])

    def take(self, chosen: np.ndarray) -> Draft:
        """A draft of the chosen household rows (a row may be chosen more than once), with their units and persons."""
        people, _ = _spread(self.households["first_person"], self.households["last_person"], chosen)
        units, unit_counts = _spread(self.households["first_benefit_unit"], self.households["last_benefit_unit"], chosen)
        households = self.households[chosen].copy()
        persons, bands = self.persons[people].copy(), self.units[units].copy()
        draft = Draft(
            persons,
            bands,
            households,
            {name: values[people] for name, values in self.person.items()},
            {name: values[chosen] for name, values in self.household.items()},
        )
        draft.number(self.units["last_person"][units] - self.units["first_person"][units], unit_counts)
        return draft

    def number(self, people_of_unit: np.ndarray, units_of_household: np.ndarray) -> None:
        """Set every offset from the number of people in each unit and of units in each household."""
        last_person = np.cumsum(people_of_unit)
        last_unit = np.cumsum(units_of_household)
        self.units["first_person"], self.units["last_person"] = last_person - people_of_unit, last_person
        self.households["first_benefit_unit"], self.households["last_benefit_unit"] = last_unit - units_of_household, last_unit
        self.units["household"] = np.repeat(np.arange(len(last_unit)), units_of_household)
        self.households["last_person"] = last_person[last_unit - 1]
        self.households["first_person"] = np.concatenate(([0], self.households["last_person"][:-1]))
        self.persons["benefit_unit"] = np.repeat(np.arange(len(last_person)), people_of_unit)
        self.persons["household"] = self.units["household"][self.persons["benefit_unit"]]


def _spread(first: np.ndarray, last: np.ndarray, chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Row numbers of every member of the chosen owners, in order, and how many each has."""
    counts = (last - first)[chosen]
    ends = np.cumsum(counts)
    within = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - counts, counts)
    return np.repeat(first[chosen], counts) + within, counts
