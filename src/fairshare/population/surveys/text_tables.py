"""Tables of text as archives ship them: columns found by name in any case, numbers read strictly, faults told by file, row and column.

No message repeats a value of the file: what it holds may be licensed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from fairshare.faults import Fault, nearest

LARGEST = 1_000_000_000
"""Bytes beyond which a file cannot be a table of one survey year."""
HEADER = 1_000_000
"""Bytes within which the line of names must end."""
MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
BLANKS = ("", ".")


@dataclass
class TextTable:
    """One table: its name, its file, and its columns as text under lower-case names."""

    name: str
    file: str
    rows: int
    columns: dict[str, Any]
    used: set[str] = field(default_factory=set)

    def fault(self, message: str) -> Fault:
        return Fault(f"{self.file}: {message}")

    def name_of(self, names: Iterable[str]) -> str | None:
        """The first of these names that the table has."""
        for name in names:
            if name in self.columns:
                self.used.add(name)
                return name
        return None

    def needed(self, names: tuple[str, ...], meaning: str) -> str:
        """As `name_of`. Raises Fault, with the names it could have, where the table has none of them."""
        found = self.name_of(names)
        if found is None:
            hint = nearest(names[0], self.columns)
            ending = hint if "mean" in hint else "; fetch the file again."
            raise self.fault(f"there is no column {' or '.join(names)} ({meaning}), which is needed{ending}")
        return found

    def numbers(self, name: str) -> np.ndarray:
        """(rows,) float64, NaN where blank. Raises Fault at the first value that is no finite number."""
        import pyarrow as pa
        import pyarrow.compute as pc

        text = self.columns[name]
        blank = pc.is_in(text, value_set=pa.array(BLANKS))
        filled = pc.if_else(blank, None, text)
        try:
            values = pc.cast(filled, pa.float64()).to_numpy(zero_copy_only=False)
        except pa.ArrowException:
            raise self._no_number(name) from None
        values = np.asarray(values, np.float64).copy()
        bad = ~np.isfinite(values) & ~blank.to_numpy(zero_copy_only=False)
        if bad.any():
            raise self._at(name, int(np.flatnonzero(bad)[0]), "is not a finite number")
        return values

    def _no_number(self, name: str) -> Fault:
        for row, value in enumerate(self.columns[name].to_pylist()):
            try:
                if value not in BLANKS:
                    float(value)
            except ValueError:
                return self._at(name, row, "is not a number")
        return self.fault(f"the column {name} holds something that is not a number; fetch the file again.")

    def _at(self, name: str, row: int, what: str) -> Fault:
        return self.fault(f"row {row + 1} of the data: {name} {what}; fetch the file again, or correct it.")

    def texts(self, name: str) -> np.ndarray:
        """(rows,) text, without blanks around it."""
        return np.array(self.columns[name].to_pylist(), dtype=object)

    def whole_numbers(self, name: str, meaning: str) -> np.ndarray:
        """(rows,) int64. Raises Fault where a value is blank, no whole number, or beyond what is exact."""
        values = self.numbers(name)
        bad = ~np.isfinite(values) | (np.abs(values) > 2.0**52)
        bad |= np.where(bad, 0.0, values) != np.floor(np.where(bad, 0.0, values))
        if bad.any():
            raise self._at(name, int(np.flatnonzero(bad)[0]), f"is not a whole number ({meaning})")
        return values.astype(np.int64)

    def keep(self, rows: np.ndarray) -> None:
        """Keep these rows alone; a fault then counts rows among them."""
        import pyarrow as pa

        self.columns = {name: column.filter(pa.array(rows)) for name, column in self.columns.items()}
        self.rows = int(rows.sum())

    def refuse(self, name: str, bad: np.ndarray, what: str) -> None:
        """Raise Fault at the first row marked bad."""
        if bad.any():
            raise self._at(name, int(np.flatnonzero(bad)[0]), what)


def empty_table(name: str, file: str) -> TextTable:
    return TextTable(name, file, 0, {})


def read_text_table(path: Path, name: str, wanted: Iterable[str] | None = None, delimiter: str = "\t", shown: str = "") -> TextTable:
    """A delimited file with one line of names. Only `wanted` columns are kept. Raises Fault for what is no such table or was cut short."""
    import pyarrow as pa
    import pyarrow.csv as pacsv

    file = shown or path.name
    data = _text_of(path, file, wanted, delimiter)
    names = _header(data, delimiter, file)
    kept = [each for each in names if wanted is None or each in set(wanted)]
    torn: list[tuple[int, int, int]] = []

    def torn_row(row: Any) -> str:
        if not torn:
            torn.append((int(row.number or 0), int(row.expected_columns), int(row.actual_columns)))
        return "skip"

    try:
        table = pacsv.read_csv(
            pa.BufferReader(data),
            read_options=pacsv.ReadOptions(use_threads=False, column_names=names, skip_rows=1, block_size=1 << 24),
            parse_options=pacsv.ParseOptions(
                delimiter=delimiter, quote_char='"' if delimiter == "," else False, invalid_row_handler=torn_row, newlines_in_values=False
            ),
            convert_options=pacsv.ConvertOptions(
                include_columns=kept, column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, check_utf8=True
            ),
        )
    except (pa.ArrowException, OSError):
        raise Fault(f"{file}: the table cannot be read as text in columns; fetch the file again.") from None
    if torn:
        row, expected, actual = torn[0]
        raise Fault(f"{file}: line {row} has {actual} columns where the names are {expected}; the file is damaged, fetch it again.")
    return TextTable(name, file, table.num_rows if kept else 0, {each: _trimmed(table.column(each)) for each in kept})


def _trimmed(column: Any) -> Any:
    import pyarrow.compute as pc

    return pc.utf8_trim(column.combine_chunks(), ' \t\r"')


def _refuse_another_kind(start: bytes, file: str, wanted: Iterable[str] | None, delimiter: str) -> None:
    """Refuse, by its start alone, a file that is no table of text or that has none of the columns that are read."""
    if any(start.startswith(mark) for mark in MARKS) and not start.startswith(b"\xef\xbb\xbf"):
        return  # UTF-16 is full of zeros; the whole text is looked at later
    if b"\x00" in start:
        raise Fault(f"{file} is not a table of text; give the tab-delimited files that the archive ships.")
    lines = start.removeprefix(b"\xef\xbb\xbf").replace(b"\r", b"\n").split(b"\n", 1)
    if len(lines) < 2 and len(start) >= HEADER:
        raise Fault(f"{file}: the first line holds no names of columns; this is another kind of file.")
    names = {name.strip().strip('"').strip().lower() for name in lines[0].decode("latin-1").split(delimiter)}
    if wanted is not None and len(names) > 1 and not names & set(wanted):
        raise Fault(f"{file}: its first line names none of the columns that are read from such a file; this is another one.")


def _text_of(path: Path, file: str, wanted: Iterable[str] | None, delimiter: str) -> bytes:
    """The file's text as UTF-8, whatever encoding it had. A file that is another kind is refused by its start."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise Fault(f"{file} is not a file; fetch it again.")
        if size > LARGEST:
            raise Fault(f"{file} is {size / 1e9:.0f} GB, larger than any table of a survey year; this is another file.")
        with path.open("rb") as stream:
            start = stream.read(HEADER)
            _refuse_another_kind(start, file, wanted, delimiter)
            data = start + stream.read()
    except OSError as error:
        raise Fault(f"{file} cannot be read ({error.strerror}); check the folder and your rights to it.") from None
    if not data:
        raise Fault(f"{file} is empty; fetch it again.")
    encoding = next((name for mark, name in MARKS.items() if data.startswith(mark)), "utf-8")
    try:
        if encoding != "utf-8":
            data = data.decode(encoding).encode()
        elif not data.isascii():
            data.decode("utf-8")
    except UnicodeDecodeError:
        if encoding == "utf-16":
            raise Fault(f"{file}: the text is damaged; fetch the file again.") from None
        data = data.decode("latin-1").encode()
    if b"\x00" in data:
        raise Fault(f"{file} is not a table of text; give the tab-delimited files that the archive ships.")
    if b"\n" not in data and b"\r" in data:
        data = data.replace(b"\r", b"\n")
    if not data.endswith((b"\n", b"\r")):
        raise Fault(f"{file}: the last line has no end, so the file was cut short; fetch it again (or, if it is whole, end its last line).")
    return data


def _header(data: bytes, delimiter: str, file: str) -> list[str]:
    line = data[: data.find(b"\n")] if b"\n" in data[:HEADER] else b""
    names = [name.strip().strip('"').strip().lower() for name in line.decode("utf-8").split(delimiter)]
    if not line or (len(names) < 2 and delimiter == "\t"):
        kind = "tabs" if delimiter == "\t" else "commas"
        raise Fault(f"{file}: the first line holds no names of columns apart by {kind}; this is another kind of file.")
    blank = [place for place, name in enumerate(names) if not name]
    if blank:
        raise Fault(f"{file}: column {blank[0] + 1} has no name in the first line; fetch the file again.")
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise Fault(f"{file}: the column {name} stands twice in the first line; fetch the file again.")
        seen.add(name)
    return names
