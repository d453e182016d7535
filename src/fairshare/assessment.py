"""The year in order: population x law x rules -> every instrument's lines. This page is the order of the year.

Each instrument's result is remembered under its name, its rule, the population, its law and what it read, so a
further reform runs again only what it changes; a change in some councils runs only their households.
"""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np

from fairshare.compiled import PLAIN
from fairshare.instrument import Instrument
from fairshare.law import Law
from fairshare.population.records import Population, empty
from fairshare.rules import (
    air_passenger_duty,
    apprenticeship_levy,
    benefit_cap,
    best_start,
    business_rates,
    capital_gains_tax,
    carers_allowance,
    child_benefit,
    child_benefit_charge,
    contributory_benefits,
    corporation_tax,
    council_tax,
    council_tax_reduction,
    deferral,
    dependants,
    disability_benefits,
    disposable_income,
    employee_ownership_fund,
    equal_payment,
    excise_duties,
    free_school_meals,
    funded_childcare,
    healthy_start,
    housing_benefit,
    income_tax,
    inheritance_tax,
    insurance_premium_tax,
    local_income_tax,
    national_insurance,
    pension_credit,
    post_tax_income,
    property_purchase_tax,
    scottish_child_payment,
    state_pension,
    statutory_pay,
    student_loan,
    student_maintenance,
    tax_free_childcare,
    tv_licence,
    universal_credit,
    unrealised_gains,
    vat,
    vehicle_excise_duty,
    warm_home_discount,
    wealth_tax,
    winter_fuel,
)


class Rules(NamedTuple):
    """The instruments in the order of the year. A structural reform puts its own in one's place with `_replace`."""

    state_pension: Instrument = state_pension.INSTRUMENT  # SSCBA 1992 s.44; Pensions Act 2014 s.2: what is paid first, and taxed
    dependants: Instrument = dependants.INSTRUMENT  # SSCBA 1992 s.142: whom the benefits below count as a child
    disability_benefits: Instrument = disability_benefits.INSTRUMENT  # WRA 2012 s.77; SSCBA 1992 ss.64, 71: they open other benefits
    statutory_pay: Instrument = statutory_pay.INSTRUMENT  # SSCBA 1992 Parts XI-XIIZD: pay while away, which is pay for all that follows
    contributory_benefits: Instrument = contributory_benefits.INSTRUMENT  # JSA 1995; WRA 2007: taxed, and income for means tests
    student_maintenance: Instrument = student_maintenance.INSTRUMENT  # SI 2011/1986: rests on the income of the student's family
    national_insurance: Instrument = national_insurance.INSTRUMENT  # SSCBA 1992 ss.6-15
    apprenticeship_levy: Instrument = apprenticeship_levy.INSTRUMENT  # FA 2016 s.99: on the pay that employers' contributions are on
    carers_allowance: Instrument = carers_allowance.INSTRUMENT  # SSCBA 1992 s.70: looks to pay after contributions, and is taxed
    income_tax: Instrument = income_tax.INSTRUMENT  # ITA 2007 s.23: the steps of the calculation
    capital_gains_tax: Instrument = capital_gains_tax.INSTRUMENT  # TCGA 1992 s.1I: gains lie above all income in the bands
    student_loan: Instrument = student_loan.INSTRUMENT  # SI 2009/470
    child_benefit: Instrument = child_benefit.INSTRUMENT  # SSCBA 1992 s.141
    child_benefit_charge: Instrument = child_benefit_charge.INSTRUMENT  # ITEPA 2003 s.681B: needs both partners' adjusted net income
    pension_credit: Instrument = pension_credit.INSTRUMENT  # SPCA 2002: first means test: Universal Credit asks who is paid it
    universal_credit: Instrument = universal_credit.INSTRUMENT  # WRA 2012 s.8: pay after tax and contributions
    tax_free_childcare: Instrument = tax_free_childcare.INSTRUMENT  # Childcare Payments Act 2014 s.30: not beside Universal Credit
    housing_benefit: Instrument = housing_benefit.INSTRUMENT  # SSCBA 1992 s.130: rests on Pension Credit
    benefit_cap: Instrument = benefit_cap.INSTRUMENT  # WRA 2012 s.96: the last step in Universal Credit
    scottish_child_payment: Instrument = scottish_child_payment.INSTRUMENT  # SSI 2020/351: follows an award above nil
    healthy_start: Instrument = healthy_start.INSTRUMENT  # SI 2005/3262
    best_start: Instrument = best_start.INSTRUMENT  # SSI 2019/193; SSI 2018/370
    free_school_meals: Instrument = free_school_meals.INSTRUMENT  # Education Act 1996 s.512ZB: in kind
    funded_childcare: Instrument = funded_childcare.INSTRUMENT  # Childcare Act 2016 s.1: in kind; parents' work as in Tax-Free Childcare
    warm_home_discount: Instrument = warm_home_discount.INSTRUMENT  # Energy Act 2010 s.9: off the bill of those on means-tested benefits
    winter_fuel: Instrument = winter_fuel.INSTRUMENT  # SI 2025/969; FA 2026: shared in the home, charged on each person's total income
    council_tax: Instrument = council_tax.INSTRUMENT  # LGFA 1992 ss.1, 70; SI 1977/2157 (N.I. 28): the charge on the home
    council_tax_reduction: Instrument = council_tax_reduction.INSTRUMENT  # LGFA 1992 s.13A: on the bill, after other benefits
    wealth_tax: Instrument = wealth_tax.INSTRUMENT  # none is in force; a limit by income needs income tax first
    local_income_tax: Instrument = local_income_tax.INSTRUMENT  # none is in force; on what income tax is charged on
    employee_ownership_fund: Instrument = employee_ownership_fund.INSTRUMENT  # none is in force
    deferral: Instrument = deferral.INSTRUMENT  # none is in force; puts off what is due on homes and wealth
    equal_payment: Instrument = equal_payment.INSTRUMENT  # none is in force
    disposable_income: Instrument = disposable_income.INSTRUMENT  # DWP, Households below average income: what is left in the end
    excise_duties: Instrument = excise_duties.INSTRUMENT  # HODA 1979 s.6; TPDA 1979 s.2: within the price that VAT is charged on
    vat: Instrument = vat.INSTRUMENT  # VATA 1994 s.2
    insurance_premium_tax: Instrument = insurance_premium_tax.INSTRUMENT  # FA 1994 s.48: instead of VAT
    air_passenger_duty: Instrument = air_passenger_duty.INSTRUMENT  # FA 1994 s.28
    vehicle_excise_duty: Instrument = vehicle_excise_duty.INSTRUMENT  # VERA 1994 s.1
    tv_licence: Instrument = tv_licence.INSTRUMENT  # Communications Act 2003 s.363: free with Pension Credit from an age
    property_purchase_tax: Instrument = property_purchase_tax.INSTRUMENT  # FA 2003 s.55: expected, from what a sale would bring
    inheritance_tax: Instrument = inheritance_tax.INSTRUMENT  # IHTA 1984 s.4: what a death would bring, and what is expected in a year
    unrealised_gains: Instrument = unrealised_gains.INSTRUMENT  # none is in force; expected, as inheritance tax is
    corporation_tax: Instrument = (
        corporation_tax.INSTRUMENT
    )  # CTA 2009 s.2: companies pay it; kept apart, as it comes to rest on households
    business_rates: Instrument = business_rates.INSTRUMENT  # LGFA 1988 Part III: firms pay them; kept apart, as they come to rest
    post_tax_income: Instrument = post_tax_income.INSTRUMENT  # ONS, Effects of taxes and benefits: less the taxes on gains and in prices


RULES = Rules()


class Assessment(Mapping[str, np.ndarray]):
    """Every instrument's lines: `assessment["income_tax"]["personal_allowance"]`, a row per record of its entity, £ a year."""

    def __init__(self, population: Population, law: Law, tables: dict[str, np.ndarray], keys: dict[str, Any]) -> None:
        self.population, self.law = population, law
        self._tables, self._keys = tables, keys

    def __getitem__(self, instrument: str) -> np.ndarray:
        return self._tables[instrument]

    def __iter__(self) -> Any:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)


class _Memory:
    """Remembered results, bounded by bytes, least recently used first out; one lock for each key being worked."""

    def __init__(self, limit: int) -> None:
        self.limit, self.bytes = limit, 0
        self._results: OrderedDict[Any, np.ndarray] = OrderedDict()
        self._working: dict[Any, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, key: Any, work: Any) -> np.ndarray:
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
                return self._results[key]
            lock = self._working.setdefault(key, threading.Lock())
        with lock:
            with self._lock:
                if key in self._results:
                    return self._results[key]
            result = work()
            with self._lock:
                self._results[key] = result
                self.bytes += result.nbytes
                self._working.pop(key, None)
                while self.bytes > self.limit and len(self._results) > 1:
                    _, dropped = self._results.popitem(last=False)
                    self.bytes -= dropped.nbytes
            return result

    def forget(self) -> None:
        with self._lock:
            self._results.clear()
            self.bytes = 0


ENTITIES = ("household", "benefit_unit", "person")
MEMORY = _Memory(int(float(os.environ.get("FAIRSHARE_MEMORY_MB", "900")) * 1e6))


def assess(
    population: Population,
    law: Law,
    rules: Rules = RULES,
    *,
    baseline: Assessment | None = None,
    councils: Iterable[int] = (),
    remember: bool = True,
) -> Assessment:
    """Work the year for everyone. With `councils` and a `baseline`, only those councils' households are worked under
    `law`; every other row is the baseline's own."""
    chosen = tuple(sorted(set(councils)))
    runs = population.households_of(np.array(chosen, int)) if chosen and baseline else [(0, len(population.households))]
    tables: dict[str, np.ndarray] = {}
    keys: dict[str, Any] = {}
    people, pay_is_known = _people(population, tables), False
    pay_holds: tuple[Any, ...] = ()
    for instrument in rules:
        if not pay_is_known and "statutory_pay" in tables:  # it enters pay, which any later instrument may read
            pay_is_known = True
            if has_statutory_pay(tables):
                people, pay_holds = _people(population, tables), (keys["statutory_pay"],)
        upstream = (*(keys[name] for name in instrument.reads), *pay_holds)
        key: tuple[Any, ...] = (instrument.assess, population.id, law.key(instrument.name), upstream)
        before_key = None if baseline is None else baseline._keys[instrument.name]
        if baseline is not None and key == before_key:  # nothing it reads has changed: the baseline's rows are its rows
            tables[instrument.name], keys[instrument.name] = baseline[instrument.name], key
            if instrument.dwellings is not None:
                tables[f"{instrument.name}_of_dwellings"] = baseline[f"{instrument.name}_of_dwellings"]
            continue
        if chosen and baseline is not None:
            key = (*key, chosen, before_key)  # the rows of other councils are that baseline's

        def work(instrument: Instrument = instrument, people: list[np.ndarray] = people) -> np.ndarray:
            before = baseline[instrument.name] if chosen and baseline else None
            return _worked(instrument, people, law, tables, runs, before)

        tables[instrument.name] = MEMORY.get(key, work) if remember else work()
        keys[instrument.name] = key
        if instrument.dwellings is not None:
            tables[f"{instrument.name}_of_dwellings"] = _of_dwellings(instrument, population, law, chosen, baseline)
    return Assessment(population, law, tables, keys)


def _of_dwellings(
    instrument: Instrument, population: Population, law: Law, councils: tuple[int, ...], baseline: Assessment | None
) -> np.ndarray:
    """The lines of dwellings with no usual resident; outside the chosen councils they are the baseline's own."""
    dwellings = population.dwellings
    lines = np.zeros((len(dwellings), len(instrument.lines._fields)))  # type: ignore[attr-defined]
    arguments = [dwellings.view(np.recarray) if PLAIN else dwellings, law.values[instrument.name]]
    if instrument.places is not None:
        table = law.places[instrument.name]
        arguments.append(table.view(np.recarray) if PLAIN else table)
    if len(dwellings):
        instrument.dwellings(*arguments, lines, 0, len(dwellings))
    if councils and baseline is not None:
        before = baseline[f"{instrument.name}_of_dwellings"].view(np.float64).reshape(lines.shape)
        elsewhere = ~np.isin(dwellings["council"], councils)
        lines[elsewhere] = before[elsewhere]
    return _table(lines, instrument)


def _table(lines: np.ndarray, instrument: Instrument) -> np.ndarray:
    """A block of lines as a read-only structured array with the instrument's names."""
    names = instrument.lines._fields  # type: ignore[attr-defined]
    table = lines.view([(name, "f8") for name in names]).reshape(-1)
    table.setflags(write=False)
    return table.view(np.recarray) if PLAIN else table


def prepare(law: Law, progress: Callable[[str, float], None] | None = None, rules: Rules = RULES) -> None:
    """Load every pass, compiling those that have not been compiled on this machine (half a minute for all, once).

    `progress` is told "preparing the rules of income tax" and the part done, from 0 to 1.
    """
    person, unit, household = empty("person", 1), empty("benefit_unit", 1), empty("household", 1)
    for table, offsets in ((unit, ("last_person",)), (household, ("last_person", "last_benefit_unit"))):
        for offset in offsets:
            table[offset] = 1
    nobody = Population(person, unit, household, empty("dwelling", 1), name="preparation", year=law.year, kind="household")
    tables: dict[str, np.ndarray] = {}
    for done, instrument in enumerate(rules):
        if progress is not None:
            progress(f"preparing the rules of {instrument.title or instrument.name}", done / len(rules))
        tables[instrument.name] = worked_alone(instrument, nobody, law, tables)
        if instrument.dwellings is not None:
            _of_dwellings(instrument, nobody, law, (), None)
    if progress is not None:
        progress("preparing the rules", 1.0)


def worked_alone(instrument: Instrument, population: Population, law: Law, upstream: Mapping[str, np.ndarray]) -> np.ndarray:
    """One instrument's lines under a law, with what it reads taken as given and nothing remembered."""
    return _worked(instrument, _people(population, upstream), law, upstream, [(0, len(population.households))], None)


def has_statutory_pay(tables: Mapping[str, np.ndarray]) -> bool:
    """Whether anyone's statutory pay has been worked and is more than nothing."""
    return "statutory_pay" in tables and bool(tables["statutory_pay"]["statutory_pay"].any())


def with_statutory_pay(persons: np.ndarray, tables: Mapping[str, np.ndarray]) -> np.ndarray:
    """The persons with statutory pay in their pay (ITEPA 2003 s.660; SSCBA 1992 s.4(1)); the same records where nobody has any."""
    if not has_statutory_pay(tables):
        return persons
    paid = persons.copy()
    paid["earnings"] += tables["statutory_pay"]["statutory_pay"]
    paid.setflags(write=False)
    return paid


def _people(population: Population, tables: Mapping[str, np.ndarray]) -> list[np.ndarray]:
    """Households, benefit units and persons as the passes read them."""
    people = [population.households, population.benefit_units, with_statutory_pay(population.persons, tables)]
    return [table.view(np.recarray) for table in people] if PLAIN else people


def _worked(
    instrument: Instrument,
    people: list[np.ndarray],
    law: Law,
    tables: Mapping[str, np.ndarray],
    runs: list[tuple[int, int]],
    before: np.ndarray | None,
) -> np.ndarray:
    """One instrument's lines over the given runs of households, as a read-only structured array."""
    names = instrument.lines._fields  # type: ignore[attr-defined]
    lines = np.empty((len(people[ENTITIES.index(instrument.entity)]), len(names)))
    if before is not None:
        lines[:] = before.view(np.float64).reshape(lines.shape)
    reads = [tables[name] for name in instrument.reads]
    arguments = [*people, *reads, law.values[instrument.name]]
    if instrument.places is not None:
        table = law.places[instrument.name]
        arguments.append(table.view(np.recarray) if PLAIN else table)
    _in_blocks(instrument, arguments, lines, runs)
    return _table(lines, instrument)


BLOCK = 6_000
"""Households to a block: large enough that starting one costs nothing, small enough to share between threads."""


def _in_blocks(instrument: Instrument, arguments: list[Any], lines: np.ndarray, runs: list[tuple[int, int]]) -> None:
    blocks = [(start, min(start + BLOCK, last)) for first, last in runs for start in range(first, last, BLOCK)]
    if len(blocks) == 1 or PLAIN:
        for first, last in blocks:
            instrument.assess(*arguments, lines, first, last)
        return
    for done in _pool().map(lambda block: instrument.assess(*arguments, lines, *block), blocks):
        assert done is None


_POOL: list[ThreadPoolExecutor] = []
_POOL_LOCK = threading.Lock()


def _pool() -> ThreadPoolExecutor:
    with _POOL_LOCK:
        if not _POOL:
            _POOL.append(ThreadPoolExecutor(max_workers=min(os.cpu_count() or 1, 8), thread_name_prefix="fairshare"))
        return _POOL[0]
