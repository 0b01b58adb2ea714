"""Random rounds by random people: what they may do happens, what they may not does not, and nothing is ever lost.

The model beside it knows one figure and one state per criterion and no ledger; it is held against what the ledger replays.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from records.forms.answers import Answers
from records.forms.submissions import latest_submissions
from records.ledger.entries import Entry
from records.ledger.verifying import prove
from records.life.acts import Act, perform
from records.life.at_stage import AtStage
from records.life.standing import load_standings
from tests.rounds.life_support import COMMUNE, communes, hand_in, scope_of

CANDIDATES = ("X1", "X2")
KEYS = {"C2.ky-so": "measure:docs_signed", "C2.mot-cua": "measure:files_online"}
ROLES = ("unit", "verifier", "assessor", "inspector", "steward")
ACTIONS = ("accept", "correct", "send_back", "explain", "extend", "close", "reopen", "revise")
MAY = {  # state → (role, action); written again here
    "self": {("verifier", "accept"), ("verifier", "correct"), ("verifier", "send_back"), ("steward", "close")},
    "returned": {("unit", "explain"), ("verifier", "extend"), ("steward", "extend"), ("steward", "close")},
    "explained": {("verifier", "accept"), ("verifier", "correct"), ("verifier", "send_back"), ("steward", "close")},
    "verified": {("verifier", "accept"), ("verifier", "correct"), ("inspector", "revise"), ("steward", "revise")},
    "closed": {("steward", "reopen")},
    "frozen": {("inspector", "revise"), ("steward", "revise")},
}
MAY["reverified"] = MAY["verified"]


@dataclass
class Model:
    """One criterion of one candidate: its figure at every stage, None where there is none."""

    handed: str
    state: str = "self"
    before: str = ""
    verified: str | None = None
    explained: str | None = None
    reverified: str | None = None
    revised: str | None = None

    def do(self, action: str, figure: str) -> None:
        again = self.state in ("explained", "reverified")
        if action in ("accept", "correct"):
            base = self.explained if again else self.handed
            value = figure if action == "correct" else base
            if again:
                self.state, self.reverified = "reverified", value
            else:
                self.state, self.verified = "verified", value
        elif action == "send_back":
            self.state, self.explained, self.reverified = "returned", None, None
        elif action == "explain":
            self.state, self.explained = "explained", figure
        elif action == "close":
            self.state, self.before = "closed", self.state
        elif action == "reopen":
            self.state = self.before
        elif action == "revise":
            self.revised = figure

    def at(self, stage: str) -> str:
        settled = self.verified if self.verified is not None else self.reverified
        values = {
            "self": self.handed,
            "verified": self.verified,
            "explained": self.verified if self.verified is not None else self.explained,
            "reverified": settled,
            "final": self.revised if settled is not None and self.revised is not None else settled,
        }
        return values[stage] or ""


class Rounds(RuleBasedStateMachine):
    """A round of two communes."""

    @initialize()
    def begin(self) -> None:
        self.room = Path(tempfile.mkdtemp())
        self.workspace = communes(self.room / "w")
        self.models = {
            (who, what): Model(COMMUNE[key.partition(":")[2]]) for who in CANDIDATES for what, key in KEYS.items()
        }
        self.frozen, self.version, self.hashes = False, 1, list[str]()
        self.scope = scope_of(self.workspace)

    def teardown(self) -> None:
        if hasattr(self, "workspace"):
            self.workspace.close()
            shutil.rmtree(self.room)

    @rule(
        who=st.sampled_from(CANDIDATES),
        what=st.sampled_from(sorted(KEYS)),
        role=st.sampled_from(ROLES),
        action=st.sampled_from(ACTIONS),
        figure=st.integers(0, 150).map(str),
        right_person=st.sampled_from((True, True, True, False)),
    )
    def somebody_acts(self, who: str, what: str, role: str, action: str, figure: str, right_person: bool) -> None:
        model = self.models[who, what]
        authors = {"verifier": ("van-phong-ubnd", "so-tai-chinh"), "unit": (who, "X9")}.get(role, ("Người có việc", ""))
        author = authors[0] if right_person else authors[1]
        figures = {KEYS[what]: figure} if action in ("correct", "explain", "revise") else {}
        before = self.workspace.database.last_entry()
        one = Act(
            who, what, action, role, author, figures, "vì", "1/QĐ", explanation="có" if action == "explain" else ""
        )
        done, problems = perform(self.scope, [one])
        state = "frozen" if self.frozen else model.state
        allowed = (role, action) in MAY[state] and right_person
        assert (not problems) == allowed, (state, role, action, author, problems)
        if allowed:
            model.do(action, figure)
        else:
            assert done == 0 and self.workspace.database.last_entry() == before

    @rule(who=st.sampled_from(CANDIDATES), figure=st.integers(0, 100).map(str))
    def a_new_form_arrives(self, who: str, figure: str) -> None:
        """Collecting asks this before it stores: what somebody has concluded about is not replaced."""
        touched = load_standings(self.workspace, "2026").touched(who)
        concluded = [what for (owner, what), model in self.models.items() if owner == who and model.state != "self"]
        assert sorted(touched) == sorted(concluded)
        if touched or self.frozen:
            return
        self.version += 1
        figures = COMMUNE | {key.partition(":")[2]: figure for key in KEYS.values()}
        hand_in(self.workspace, who, "tb-c-xa-phuong", figures, self.version)
        for (owner, _), model in self.models.items():
            if owner == who:
                model.handed = figure

    @rule()
    def the_result_becomes_official(self) -> None:
        if all(model.at("final") or model.state == "closed" for model in self.models.values()) and not self.frozen:
            with self.workspace.database.writing() as writer:
                writer.append([Entry("publication:2026/c", "chinh-thuc", "1", source="2/QĐ", evidence="0" * 64)])
            self.frozen, self.scope = True, scope_of(self.workspace)

    @invariant()
    def the_ledger_replays_what_happened(self) -> None:
        if not hasattr(self, "scope"):
            return
        standings = load_standings(self.workspace, "2026")
        answers = {w: Answers.of_dict(s.answers) for w, s in latest_submissions(self.workspace, "2026").items()}
        for (who, what), model in self.models.items():
            assert standings.of(who, what).state == model.state
            for stage in ("self", "verified", "explained", "reverified", "final"):
                here = AtStage(stage, standings, self.scope.of(who))
                assert here.text(who, KEYS[what], answers[who]) == model.at(stage), (who, what, stage, model)

    @invariant()
    def nothing_is_changed_and_everything_has_an_author(self) -> None:
        if not hasattr(self, "scope"):
            return
        entries = self.workspace.database.entries()
        assert [entry.hash for entry in entries][: len(self.hashes)] == self.hashes
        self.hashes = [entry.hash for entry in entries]
        for entry in entries:
            if entry.subject.startswith("score:"):
                assert entry.author and entry.role and entry.stage and entry.by and entry.at

    @invariant()
    def no_stage_is_skipped(self) -> None:
        if not hasattr(self, "scope"):
            return
        follows = {
            "self": {"verified", "returned", "closed"},
            "returned": {"explained", "closed"},
            "explained": {"reverified", "returned", "closed"},
            "verified": {"verified"},
            "reverified": {"reverified"},
            "closed": {"self", "returned", "explained"},
        }
        seen: dict[tuple[str, str], str] = {}
        for entry in self.workspace.database.entries("score"):
            if entry.field in KEYS:
                key = entry.subject, entry.field
                assert entry.old == seen.get(key, "self") and entry.value in follows[entry.old]
                seen[key] = entry.value

    @invariant()
    def the_chain_holds(self) -> None:
        if hasattr(self, "scope"):
            assert prove(self.workspace.database).breaks == []


Rounds.TestCase.settings = settings(
    max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
TestRounds = Rounds.TestCase
