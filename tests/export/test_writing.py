"""Where exported files are put: nothing is overwritten unasked."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import cli
from tests.conftest import KNOWLEDGE


def export(folder: Path, *arguments: str, knowledge: Path = KNOWLEDGE) -> Result:
    """What `python -m bot export` says in a folder."""
    runner = CliRunner(env={"KNOWLEDGE_DIR": str(knowledge), "DATA_DIR": str(folder / "data")})
    return runner.invoke(cli, ["export", *arguments])


def test_all_documents_go_into_a_folder_that_is_made(tmp_path: Path) -> None:
    """A file for each, named after the document; the table is one file."""
    out = tmp_path / "new" / "folder"

    done = export(tmp_path, "--all", "--to", "html", "--out", str(out))
    table = export(tmp_path, "--all", "--to", "csv", "--out", str(tmp_path / "库.csv"))

    assert done.output == f"已导出 3 份文件：{out}\n"
    assert sorted(path.stem for path in out.iterdir()) == sorted(
        path.stem for path in (KNOWLEDGE / "policies").glob("*.md")
    )
    assert table.output == f"已导出 3 份文件：{tmp_path / '库.csv'}\n"
    assert (tmp_path / "库.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_document_goes_into_this_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where --out is left out."""
    monkeypatch.chdir(tmp_path)

    assert export(tmp_path, "宁夏五社联动", "--to", "akn").exit_code == 0
    assert [path.name for path in tmp_path.glob("*.xml")] == ["宁夏五社联动.akn.xml"]


def test_nothing_is_overwritten_unless_replace_is_said(tmp_path: Path) -> None:
    """Where one file is there, none is written."""
    there = tmp_path / "宁夏五社联动.html"
    there.write_text("mine", "utf-8")

    refused = export(tmp_path, "--all", "--to", "html", "--out", str(tmp_path))

    assert refused.exit_code == 1
    assert refused.stderr == f"错误：“{there}”：已经有了，什么也没有写；换个地方，或者加 --replace\n"
    assert [path.name for path in tmp_path.glob("*.html")] == [there.name]
    assert there.read_text("utf-8") == "mine"

    assert export(tmp_path, "--all", "--to", "html", "--out", str(tmp_path), "--replace").exit_code == 0
    assert len(list(tmp_path.glob("*.html"))) == 3
    assert there.read_text("utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        # no such document
        (["没有", "--to", "html"], "文件“没有”：没有收录"),
        # three files into one that is there
        (["--all", "--to", "html", "--out", "{}/一个"], "是一个文件，要导出的有 3 个"),
        # below something that is no folder
        (["宁夏五社联动", "--to", "html", "--out", "{}/一个/页.html"], "写不了"),
    ],
)
def test_what_cannot_be_done_is_said(tmp_path: Path, arguments: list[str], said: str) -> None:
    """In Chinese, with what to do."""
    (tmp_path / "一个").touch()

    ended = export(tmp_path, *(argument.format(tmp_path) for argument in arguments))

    assert ended.exit_code == 1
    assert ended.stderr.startswith("错误：")
    assert said in ended.stderr


def test_documents_or_all_must_be_said(tmp_path: Path) -> None:
    """Neither, or both, is a wrong call."""
    for arguments in ([], ["宁夏五社联动", "--all"]):
        ended = export(tmp_path, *arguments, "--to", "html")
        assert ended.exit_code == 2
        assert "两者选一" in ended.stderr


def test_a_library_without_documents_has_nothing_to_export(tmp_path: Path) -> None:
    """That is said, and no empty table is written."""
    (tmp_path / "policies").mkdir()

    ended = export(tmp_path, "--all", "--to", "csv", "--out", str(tmp_path / "库.csv"), knowledge=tmp_path)

    assert "一份文件也没有收录" in ended.stderr
    assert not (tmp_path / "库.csv").exists()
