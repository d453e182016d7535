"""The words the whole house shares: units, every enumeration, and the counts of the calendar.

Money in a record or an assessment is float64 pounds a year. Law keeps its own period (a week,
a month, a year), and a rule shows the conversion. Shares and rates run from 0 to 1.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Annotated

from annotated_types import Ge, Interval, Le

# A law's leaf types: strict, finite and bounded (pydantic reads the annotations, numba sees floats).
Pounds = Annotated[float, Ge(0)]
"""An amount of money that is not negative; £ a year unless the law's unit says otherwise."""
Stock = Annotated[float, Ge(0)]
"""An amount of money at a moment, such as wealth: never divided into weeks or months."""
PoundsAYear = Annotated[float, Ge(0)]
PoundsAMonth = Annotated[float, Ge(0)]
PoundsAWeek = Annotated[float, Ge(0)]
Share = Annotated[float, Interval(ge=0, le=1)]
"""A part of one: a rate, a taper, a take-up share."""
Ratio = Annotated[float, Ge(0)]
"""A multiple that may exceed one, such as a council tax band's ratio to Band D."""
Count = Annotated[float, Ge(0)]
"""A number of people, years, weeks or hours that law names."""
Switch = Annotated[float, Interval(ge=0, le=1)]
"""1 where a provision is in force, 0 where it is not."""
Change = Annotated[float, Ge(-1), Le(10)]
"""A proportional change: 0.038 is a rise of 3.8 per cent."""

WEEKS_IN_YEAR = 52.0
"""Weekly rates are paid for 52 weeks in a model year (as DWP and HMRC estimates do)."""
MONTHS_IN_YEAR = 12.0
DAYS_IN_YEAR = 365.0
DAYS_IN_WEEK = 7.0
PERCENT = 100.0

FIRST_YEAR = 2023
LAST_YEAR = 2029


class Sex(IntEnum):
    MALE = 0
    FEMALE = 1


class Role(IntEnum):
    """A person's place in the benefit unit."""

    CLAIMANT = 0
    PARTNER = 1
    DEPENDANT = 2  # a child, or a qualifying young person


class Activity(IntEnum):
    CHILD = 0
    EMPLOYEE = 1
    SELF_EMPLOYED = 2
    UNEMPLOYED = 3
    STUDENT = 4
    RETIRED = 5
    CARING = 6  # looking after family or home
    SICK = 7  # long-term sick or disabled
    OTHER = 8


class Education(IntEnum):
    """Full-time education a person is in now."""

    NONE = 0
    EARLY_YEARS = 1
    PRIMARY = 2
    SECONDARY = 3
    FURTHER = 4  # non-advanced, after 16: the person may be a qualifying young person
    HIGHER = 5  # advanced


class WorkCapability(IntEnum):
    FULL = 0
    LIMITED = 1  # limited capability for work
    LIMITED_WORK_RELATED = 2  # limited capability for work and work-related activity


class DailyLiving(IntEnum):
    """PIP daily living (and Adult Disability Payment)."""

    NONE = 0
    STANDARD = 1
    ENHANCED = 2


class Mobility(IntEnum):
    """PIP mobility (and Adult Disability Payment)."""

    NONE = 0
    STANDARD = 1
    ENHANCED = 2


class CareComponent(IntEnum):
    """DLA care (and Child Disability Payment)."""

    NONE = 0
    LOWER = 1
    MIDDLE = 2
    HIGHER = 3


class MobilityComponent(IntEnum):
    """DLA mobility (and Child Disability Payment)."""

    NONE = 0
    LOWER = 1
    HIGHER = 2


class Attendance(IntEnum):
    """Attendance Allowance (and Pension Age Disability Payment)."""

    NONE = 0
    LOWER = 1
    HIGHER = 2


class StudentLoan(IntEnum):
    NONE = 0
    PLAN_1 = 1
    PLAN_2 = 2
    PLAN_4 = 4
    PLAN_5 = 5
    POSTGRADUATE = 6


class StudentLiving(IntEnum):
    """Where a student lives in term, which sets the maintenance loan."""

    NOT_SAID = 0
    AT_HOME = 1  # with parents
    AWAY = 2
    AWAY_IN_LONDON = 3


class Ethnicity(IntEnum):
    """Census five-group classification; UNKNOWN where a source does not say."""

    UNKNOWN = 0
    WHITE = 1
    MIXED = 2
    ASIAN = 3
    BLACK = 4
    OTHER = 5


class Nation(IntEnum):
    ENGLAND = 0
    WALES = 1
    SCOTLAND = 2
    NORTHERN_IRELAND = 3


class Region(IntEnum):
    NORTH_EAST = 0
    NORTH_WEST = 1
    YORKSHIRE_AND_THE_HUMBER = 2
    EAST_MIDLANDS = 3
    WEST_MIDLANDS = 4
    EAST_OF_ENGLAND = 5
    LONDON = 6
    SOUTH_EAST = 7
    SOUTH_WEST = 8
    WALES = 9
    SCOTLAND = 10
    NORTHERN_IRELAND = 11


class Tenure(IntEnum):
    OWNED_OUTRIGHT = 0
    MORTGAGE = 1
    SOCIAL_RENT = 2
    PRIVATE_RENT = 3
    RENT_FREE = 4


class DwellingType(IntEnum):
    DETACHED = 0
    SEMI_DETACHED = 1
    TERRACED = 2
    FLAT = 3
    OTHER = 4


class Band(IntEnum):
    """Council tax band; NONE in Northern Ireland, which has domestic rates."""

    NONE = 0
    A = 1
    B = 2
    C = 3
    D = 4
    E = 5
    F = 6
    G = 7
    H = 8
    I = 9  # noqa: E741  (the band's own name)


class DwellingKind(IntEnum):
    """Why a dwelling has no usual resident."""

    SECOND_HOME = 0
    EMPTY = 1
    LONG_TERM_EMPTY = 2


REGION_NAMES = {
    Region.NORTH_EAST: "North East",
    Region.NORTH_WEST: "North West",
    Region.YORKSHIRE_AND_THE_HUMBER: "Yorkshire and The Humber",
    Region.EAST_MIDLANDS: "East Midlands",
    Region.WEST_MIDLANDS: "West Midlands",
    Region.EAST_OF_ENGLAND: "East of England",
    Region.LONDON: "London",
    Region.SOUTH_EAST: "South East",
    Region.SOUTH_WEST: "South West",
    Region.WALES: "Wales",
    Region.SCOTLAND: "Scotland",
    Region.NORTHERN_IRELAND: "Northern Ireland",
}
NATION_NAMES = {
    Nation.ENGLAND: "England",
    Nation.WALES: "Wales",
    Nation.SCOTLAND: "Scotland",
    Nation.NORTHERN_IRELAND: "Northern Ireland",
}
