"""Random rounds by random people: what they may do happens, what they may not does not, and nothing is ever lost.

The model beside it knows one figure and one state per criterion and no ledger; it is held against what the ledger replays.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from criteria.problems import Problem
from records.forms.answers import Answers
from records.forms.submissions import latest_submissions
from records.ledger.verifying import prove
from records.life.acts import Act, perform
from records.life.at_stage import AtStage
from records.life.standing import load_standings
from records.publication.open_points import Wish
from records.publication.published import DRAFT, OFFICIAL
from records.publication.publishing import Prepared, prepare
from records.publication.verifying import verify
from records.rounds import close_group, close_roster
from tests.rounds.life_support import COMMUNE, DAY, act, communes, hand_in, scope_of, verify_all
from thidua.publishing import publish_with_lists

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
        if self.state == "closed":
            settled = None
        values = {
            "self": self.handed,
            "verified": self.verified,
            "explained": self.verified if self.verified is not None else self.explained,
            "reverified": settled,
            "final": self.revised if self.revised is not None else settled,
        }
        return values[stage] or ""


class Rounds(RuleBasedStateMachine):
    """A round of two communes."""

    @initialize(official=st.booleans())
    def begin(self, official: bool) -> None:
        """official: the result is published before the random steps begin."""
        self.room = Path(tempfile.mkdtemp())
        self.workspace = communes(self.room / "w")
        self.models = {
            (who, what): Model(COMMUNE[key.partition(":")[2]]) for who in CANDIDATES for what, key in KEYS.items()
        }
        self.frozen, self.version, self.hashes = False, 1, list[str]()
        verify_all(self.workspace, *CANDIDATES, leave=(*KEYS, "C3.place"))
        for who in CANDIDATES:
            assert act(self.workspace, who, "C3.place", "leave_out", reason="chưa có chỉ số", source="1/TB") == []
        day = date(2026, 12, 10)
        assert (
            close_roster(self.workspace, "2026", "c", day) == [] == close_group(self.workspace, "2026", "c", day, "1")
        )
        self.scope = scope_of(self.workspace)
        self.archives: list[Path] = []
        if official:
            self.whatever_is_open_is_concluded()
            self.the_result_becomes_official()

    def teardown(self) -> None:
        if hasattr(self, "workspace"):
            for archive in self.archives:
                assert verify(archive, against=self.workspace).identical
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
        if self.frozen and action != "revise":
            event("tried after freezing")
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
        touched = [what for what in load_standings(self.workspace, "2026").touched(who) if what in KEYS]
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
    def whatever_is_open_is_concluded(self) -> None:
        """Units explain, bodies accept: so that many rounds come to be published."""
        for (who, what), model in self.models.items():
            if model.state == "returned":
                self.somebody_acts(who, what, "unit", "explain", "90", True)
            if model.state in ("self", "explained"):
                self.somebody_acts(who, what, "verifier", "accept", "0", True)

    @rule()
    def the_result_becomes_official(self) -> None:
        """First for comment; refused while anything is open, with everything that is."""
        settled = all(model.at("final") or model.state == "closed" for model in self.models.values())
        if self.frozen:
            return
        made, problems = prepare(self.workspace, "2026", "c", Wish(DRAFT, DAY, comments_until=DAY))
        if not settled:
            assert made is None and [problem.code for problem in problems].count("publish-open") >= 1
            return
        self._publish(made, problems)
        later = DAY + timedelta(days=10)
        self._publish(*prepare(self.workspace, "2026", "c", Wish(OFFICIAL, later, "2/QĐ", "1/QĐ")))
        self.frozen, self.scope = True, scope_of(self.workspace)

    @rule(who=st.sampled_from(CANDIDATES), what=st.sampled_from(sorted(KEYS)), figure=st.integers(0, 150).map(str))
    def an_inspection_finds_otherwise(self, who: str, what: str, figure: str) -> None:
        if self.frozen:
            self.somebody_acts(who, what, "inspector", "revise", figure, True)

    @rule()
    def a_correction_is_published(self) -> None:
        """A new version, only when a number differs."""
        if not self.frozen:
            return
        wish = Wish(OFFICIAL, DAY + timedelta(days=40), "3/QĐ", "1/QĐ", "sửa theo kết luận kiểm tra")
        made, problems = prepare(self.workspace, "2026", "c", wish)
        if made is not None:
            self._publish(made, problems)
        else:
            assert [problem.code for problem in problems] == ["publish-open"]

    def _publish(self, made: Prepared | None, problems: list[Problem]) -> None:
        assert made is not None, problems
        published, problems = publish_with_lists(made)
        assert published is not None, problems
        event(f"published {made.wish.stage} {made.version}")
        self.archives += made.folder.glob("*.zip")

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
    max_examples=15, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
TestRounds = Rounds.TestCase
