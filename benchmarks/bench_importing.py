"""How long a dataset of ROWS invented ACLED rows takes to import, to import again, and to load: seconds and memory.

    python benchmarks/bench_importing.py [ROWS]
"""

from __future__ import annotations

import csv
import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from geodata.frames import load_snapshot  # noqa: E402
from geodata.importers import read_dataset  # noqa: E402
from geodata.importing import import_dataset  # noqa: E402
from geodata.store import Store  # noqa: E402

#: Towns of some countries at war or near it: name, lat, lon, ISO numeric.
TOWNS = [
    ("Aleppo", 36.2, 37.16, 760), ("Idlib", 35.93, 36.63, 760), ("Raqqa", 35.95, 39.01, 760),
    ("Kharkiv", 49.98, 36.25, 804), ("Kherson", 46.65, 32.6, 804), ("Maiduguri", 11.85, 13.16, 566),
    ("Kano", 12.0, 8.52, 566), ("Mogadishu", 2.04, 45.34, 706), ("Baidoa", 3.11, 43.65, 706),
    ("Kabul", 34.53, 69.17, 4), ("Kandahar", 31.61, 65.71, 4), ("Sanaa", 15.35, 44.2, 887),
]  # fmt: skip
TYPES = [
    ("Battles", "Armed clash"), ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
    ("Violence against civilians", "Attack"), ("Strategic developments", "Arrests"), ("Protests", "Peaceful protest"),
]  # fmt: skip


def write(path: Path, rows: int) -> None:
    """A file in ACLED's form with invented rows, the same every time."""
    header = (ROOT / "tests/datasets/acled.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    rng = np.random.default_rng(7)
    days = np.datetime64("2018-01-01") + rng.integers(0, 6 * 365, rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, header)
        out.writeheader()
        for n in range(rows):
            town, lat, lon, iso = TOWNS[int(rng.integers(len(TOWNS)))]
            event, sub = TYPES[int(rng.integers(len(TYPES)))]
            row = dict.fromkeys(header, "") | {
                "event_id_cnty": f"XXX{n}", "event_date": str(days[n]), "event_type": event, "sub_event_type": sub,
                "iso": iso, "location": town, "time_precision": int(rng.choice([1, 1, 1, 2, 3])),
                "latitude": round(lat + rng.normal() / 5, 4), "longitude": round(lon + rng.normal() / 5, 4),
                "geo_precision": int(rng.choice([1, 1, 2, 3])), "fatalities": int(rng.integers(6)),
                "notes": f"Fictional row {n}: forces on both sides met near {town}; the Example Gazette says more.",
            }  # fmt: skip
            out.writerow(row)


def main() -> None:
    """Measure and print."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "acled.csv"
        write(path, rows)
        with Store(Path(folder) / "s.sqlite") as store:
            for what in ("import", "import again"):
                began = time.perf_counter()
                with read_dataset(path) as source:
                    report = import_dataset(store, source, file=path.name)
                print(f"{what}: {time.perf_counter() - began:.1f} s; {report.lines()[0]}")
            began = time.perf_counter()
            snapshot = load_snapshot(store)
            print(f"load: {time.perf_counter() - began:.1f} s, {len(snapshot.events)} events")
        size = sum(p.stat().st_size for p in Path(folder).glob("s.sqlite*")) / 1e6
    print(f"store {size:.0f} MB, greatest memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB")


if __name__ == "__main__":
    main()
