"""Whether other seeds of the default population move headline results by no more than the seed noise that a result states.

Each seed's population is made anew at full size, several proposals are worked on it, and every headline figure with a stated seed noise is
set beside what the first seed says of it: its value, and its range, which is to hold 19 in 20 of other draws' values.

python benchmarks/seeds.py [--households 100000] [--seeds 6] [--json]
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

import numpy as np

from fairshare.measures.tables import measures
from fairshare.measures.uncertainty import TWO_SIDED_95, Kind
from fairshare.population.store import default_population
from fairshare.population.uprating import uprate
from fairshare.run import work
from fairshare.scenario import read_scenario

SCENARIOS = (
    "income_tax/basic_rate_plus_one_penny",
    "benefits/child_benefit_plus_ten_pounds",
    "benefits/universal_credit_plus_ten_pounds",
    "council_tax/proportional_property_tax",
    "wealth/one_percent_above_ten_million",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--households", type=int, default=100_000)
    parser.add_argument("--seeds", type=int, default=6)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    figures = compared([worked(asked.households, seed) for seed in range(1, asked.seeds + 1)])
    inside = sum(figure["inside"] for figure in figures)
    others = sum(figure["others"] for figure in figures)
    summary = {"figures": len(figures), "values_of_other_seeds": others, "within_stated_noise": inside}
    summary["spread_over_stated"] = round(float(np.median([figure["spread_over_stated"] for figure in figures])), 3)
    if asked.json:
        json.dump({"summary": summary, "figures": figures}, sys.stdout, indent=2)
        sys.stdout.write("\n")
    else:
        for figure in figures:
            print(line(figure))
        print(f"{inside} of {others} values of other seeds lie within the seed noise that seed 1 states ({inside / others:.0%}).")
        print(f"Seeds spread {summary['spread_over_stated']:.2f} times as far as stated, in the middle figure.")
    if inside < 0.95 * others:
        sys.exit(1)


def worked(households: int, seed: int) -> dict[tuple[str, str], tuple[float, float, float, str]]:
    """(scenario, figure) -> its value, the ends of its seed noise, and its unit, in one seed's population."""
    people, found = default_population(households, seed), {}
    for name in SCENARIOS:
        scenario = read_scenario(name)
        run = work(scenario, uprate(people, scenario.from_year), scenario.from_year)
        for figure in measures(run).figures.values():
            for span in figure.ranges:
                if span.kind is Kind.SEED_NOISE and span.low is not None and span.high is not None and figure.records:
                    found[(name, figure.id)] = (figure.value, span.low, span.high, figure.unit)
    return found


def compared(seeds: list[dict[tuple[str, str], tuple[float, float, float, str]]]) -> list[dict[str, Any]]:
    """Every figure of the first seed, with how many of the other seeds' values its range holds, and the seeds' spread beside the stated."""
    figures = []
    for key, (value, low, high, unit) in seeds[0].items():
        values = [seed[key][0] for seed in seeds[1:] if key in seed]
        # A range cut off at nothing or at all is narrower on that side: its wider side tells the standard error.
        stated = max(high - value, value - low) / TWO_SIDED_95
        spread = float(np.std([value, *values], ddof=1))
        figures.append(
            {
                "scenario": key[0], "figure": key[1], "unit": unit, "value": value, "low": low, "high": high,
                "others": len(values), "lowest": min(values), "highest": max(values),
                "inside": sum(low <= other <= high for other in values),
                "spread_over_stated": spread / stated if stated > 0 else 0.0,
            }
        )  # fmt: skip
    return figures


def line(figure: dict[str, Any]) -> str:
    scale, unit = (1e6, "£m") if figure["unit"] == "£ a year" and abs(figure["value"]) > 1e6 else (1.0, figure["unit"])
    value, low, high, lowest, highest = (figure[name] / scale for name in ("value", "low", "high", "lowest", "highest"))
    held = f"{figure['inside']} of {figure['others']}"
    name = f"{figure['scenario'].split('/')[1]}: {figure['figure']}"
    return f"  {name:<72}{value:>12,.4g} {unit}, stated {low:,.4g} to {high:,.4g}; others {lowest:,.4g} to {highest:,.4g} ({held})"


if __name__ == "__main__":
    main()
