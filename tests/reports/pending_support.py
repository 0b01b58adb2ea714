"""A round half way: criteria that wait, were sent back, were explained; one candidate that has handed in nothing."""

from __future__ import annotations

from pathlib import Path

from records.workspace.folder import Workspace
from tests.rounds.life_support import COMMUNE, act, communes, hand_in, verify_all

LEAVE = ("C1", "C2.van-ban", "C2.mot-cua")


def pending_workspace(root: Path) -> Workspace:
    """X1 waits for the first look at three criteria, X2 explained one and was asked again about another, X4 has handed in nothing."""
    workspace = communes(root, 3)
    for candidate, figures in (("X2", {"files_online": "900"}), ("X3", {"dx_done": "15", "docs_online": "100"})):
        hand_in(workspace, candidate, "tb-c-xa-phuong", {**COMMUNE, **figures}, version=2)
    assert act(workspace, "X2", "C2.mot-cua", "send_back", reason="thiếu minh chứng") == []
    assert act(workspace, "X2", "C2.van-ban", "send_back", reason="thiếu minh chứng") == []
    figures = {"measure:files_online": "800"}
    assert act(workspace, "X2", "C2.mot-cua", "explain", figures=figures, explanation="đã trừ hồ sơ trùng") == []
    verify_all(workspace, "X1", leave=(*LEAVE, "C3.place", "_"))
    verify_all(workspace, "X2", leave=("C2.van-ban", "C2.mot-cua", "C3.place", "_"))
    verify_all(workspace, "X3", leave=("C3.place", "_"))
    return workspace
