"""A watched folder: copied slowly, moved in, renamed, replaced, copied twice: each article is read once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from extract.schema import Document
from geodata.frames import load_snapshot
from geodata.store import Store
from geodata.watch import Watcher
from tests.claims_factory import FakeChain, Found, claim, on

TEXT = "Text of {}, long enough to hold offsets."
SAYS = {"one": [claim("one", at=("Istanbul",), date=on("2024-01-28"))]}


class Counting(FakeChain):
    """Counts what it is given to read; its version stays, so nothing known is read again."""

    version = "v1"

    def __init__(self) -> None:
        super().__init__(SAYS)
        self.read: list[str] = []

    def analyse(self, document: Document, /) -> Found:
        self.read.append(document.name)
        return super().analyse(document)


class World:
    """A folder, a store and a watcher that can be started anew."""

    def __init__(self, tmp: Path) -> None:
        self.folder, self.tmp, self.chain, self.time = tmp / "in", tmp, Counting(), 1_000_000_000
        self.folder.mkdir()
        self.store = Store(tmp / "s.sqlite")
        self.start()

    def start(self) -> None:
        self.watcher = Watcher(self.folder, self.store, self.chain)

    def put(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self.time += 1
        os.utime(path, (self.time, self.time))  # the clock of the files is ours
        return path

    def looks(self, n: int = 2) -> list[tuple[str, str]]:
        return [(Path(o.path).name, o.state) for _ in range(n) for o in self.watcher.step().outcomes]

    def names(self) -> list[str]:
        return sorted(load_snapshot(self.store).documents["name"])


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.store.close()


def test_what_arrives_is_read_once_and_only_once(world: World) -> None:
    world.put("one.txt", TEXT.format("one"))
    assert world.looks(5) == [("one.txt", "new")]
    assert world.chain.read == ["one"] and dict(world.watcher.report.claims) == {"incident": 1}


def test_a_file_that_grows_is_waited_for(world: World) -> None:
    for length in (10, 20, 30):
        world.put("one.txt", TEXT.format("one")[:length])
        assert world.looks(1) == []
    world.put("one.txt", TEXT.format("one"))
    assert world.looks(1) == [] and [Path(p).name for p in world.watcher.waiting()] == ["one.txt"]
    assert world.looks(1) == [("one.txt", "new")] and world.watcher.waiting() == []


def test_a_download_on_its_way_and_hidden_files_are_left_alone(world: World) -> None:
    for name in ("one.txt", "one.txt.part", ".two.txt", "~$three.docx", "notes.md"):
        world.put(name, TEXT.format(name))
    assert world.looks(3) == []
    (world.folder / "one.txt.part").unlink()
    assert world.looks(2) == [("one.txt", "new")]


def test_a_renamed_file_is_known_and_its_old_name_is_free_for_another_article(world: World) -> None:
    path = world.put("one.txt", TEXT.format("one"))
    world.looks()
    path.rename(world.folder / "kept.txt")
    assert world.looks() == [("kept.txt", "unchanged")] and world.chain.read == ["one"]
    world.put("one.txt", TEXT.format("something else"))
    assert world.looks() == [("one.txt", "new")]
    assert len(world.names()) == 2


def test_a_replaced_file_replaces_its_article(world: World) -> None:
    world.put("one.txt", TEXT.format("one"))
    world.looks()
    world.put("one.txt", TEXT.format("one, corrected"))
    assert world.looks() == [("one.txt", "changed")] and world.names() == ["one"]


def test_of_two_copies_one_replaced_the_other_keeps_its_article(world: World) -> None:
    world.put("a.txt", TEXT.format("one"))
    world.put("b.txt", TEXT.format("one"))
    assert world.looks() == [("a.txt", "new"), ("b.txt", "unchanged")]
    world.put("b.txt", TEXT.format("two"))
    assert world.looks(4) == [("b.txt", "changed"), ("a.txt", "new")]
    assert world.names() == ["a", "b"]


def test_nothing_is_read_again_after_a_restart_and_what_came_meanwhile_is(world: World) -> None:
    world.put("one.txt", TEXT.format("one"))
    world.put("empty.txt", "")
    assert world.looks() == [("empty.txt", "refused"), ("one.txt", "new")]
    world.put("sub/two.txt", TEXT.format("two"))
    world.start()
    assert world.looks(3) == [("two.txt", "new")]


def test_what_is_killed_between_reading_and_noting_is_not_doubled(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise SystemExit

    world.put("one.txt", TEXT.format("one"))
    monkeypatch.setattr(Watcher, "_note", die)
    with pytest.raises(SystemExit):
        world.looks()
    monkeypatch.undo()
    world.start()
    assert world.looks() == [("one.txt", "unchanged")] and world.chain.read == ["one"] and world.names() == ["one"]


def test_ctrl_c_ends_it_with_a_report(world: World) -> None:
    def sleep(_: float) -> None:
        if len(told) == 2:
            raise KeyboardInterrupt

    told: list[str] = []
    world.put("one.txt", TEXT.format("one"))
    world.put("two.pdf", "no PDF")
    world.watcher.sleep = sleep
    report = world.watcher.run(told.append)
    assert told[0].endswith("one.txt: 1 incident") and told[1].startswith("refused ") and "not a PDF" in told[1]
    assert report.lines()[0].startswith("read 1 document (1 new); found 1 incident; refused 1; stopped")


def test_a_busy_store_is_waited_for(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from geodata.errors import StoreError

    told: list[str] = []
    world.watcher.sleep = lambda _: None
    real: Callable[[Watcher], object] = Watcher.step
    answers = iter([StoreError("the store is busy: another program is writing to it; try again")])

    def step(self: Watcher) -> object:
        for err in answers:
            raise err
        return real(self)

    monkeypatch.setattr(Watcher, "step", step)
    world.put("one.txt", TEXT.format("one"))
    world.watcher.run(told.append, looks=3)
    assert "busy" in told[0] and told[1].startswith("new ")


def test_a_file_that_moves_on_between_look_and_reading_is_met_under_its_new_name(world: World) -> None:
    path = world.put("one.txt", TEXT.format("one"))
    world.looks(1)
    real = world.watcher.look

    def look(folder: Path) -> dict[str, tuple[int, int]]:
        found = real(folder)
        if path.exists():
            path.rename(world.folder / "two.txt")
        return found

    world.watcher.look = look
    assert world.looks(4) == [("two.txt", "new")]
