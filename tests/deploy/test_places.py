"""Where what passes is laid: in memory where there is room."""

from pathlib import Path

import pytest

from deploy.local import places


@pytest.mark.parametrize(
    ("room", "on_disk", "in_memory"),
    [(0, False, True), (1 << 60, False, False), (0, True, False)],
    ids=["room in memory", "no room", "measured on a disk"],
)
def test_what_passes_is_laid_in_memory_where_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int, *, on_disk: bool, in_memory: bool
) -> None:
    memory, disk = tmp_path / "shm", tmp_path / "tmp"
    disk.mkdir()
    memory.mkdir()
    monkeypatch.setattr(places, "SHARED_MEMORY", memory)
    monkeypatch.setattr(places, "SHORT", disk)
    monkeypatch.setattr(places, "ROOM_IN_MEMORY", room)
    found = places.passing_folder("bygdemat", on_disk=on_disk)
    assert found.parent == (memory if in_memory else disk)
    assert found.is_dir()


def test_without_a_folder_in_memory_it_is_laid_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "SHARED_MEMORY", tmp_path / "nowhere")
    monkeypatch.setattr(places, "SHORT", tmp_path)
    assert places.passing_folder("bygdemat").parent == tmp_path
