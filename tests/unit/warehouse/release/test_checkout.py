"""What is known of the code: its commit, and what differs from it."""

import subprocess
from pathlib import Path

from warehouse.release import checkout


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def test_a_checkout_is_clean_until_a_file_differs(tmp_path: Path) -> None:
    (tmp_path / "requirements.lock").write_text("a==1\n")
    assert checkout.read(tmp_path).commit is None
    git(tmp_path, "init", "--quiet")
    (tmp_path / ".gitignore").write_text("built/\n")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "first")
    clean = checkout.read(tmp_path)
    assert clean.is_clean
    assert len(clean.commit or "") == 40
    (tmp_path / "built").mkdir()
    (tmp_path / "built" / "a").write_text("ignored")
    assert checkout.read(tmp_path).is_clean
    (tmp_path / "a file, „new“.py").write_text("new")
    git(tmp_path, "mv", ".gitignore", "b")
    changed = checkout.read(tmp_path)
    assert not changed.is_clean
    assert changed.commit == clean.commit
    assert {"a file, „new“.py", "b"} <= set(changed.changed)
    assert ".gitignore" not in changed.changed
