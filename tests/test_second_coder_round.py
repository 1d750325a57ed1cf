"""A whole round with a second coder on the shipped study, every number worked out again.

The round goes through the command line: sample, two filled sheets, score, agree, adjudicate,
report. What it prints is worked out here from the sheets and the sample's key alone, with
pandas and the printed formulas; nothing of the program's own analysis is imported.
"""

from __future__ import annotations

import contextlib
import io
import json
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import NormalDist
from typing import Any

import pandas as pd
import pytest

from thematic.app import main

STUDY = Path(__file__).parents[1] / "transcripts" / "jihad-networks"
CODERS = ("AK", "BL")
SHEETS = tuple(f"sample-1-{coder}.sheet.csv" for coder in CODERS)
THEMES = ("alliance", "finance", "competition", "kinship")
TOLERANCE = 1e-6  # CSV and JSON hold six digits


@dataclass(frozen=True)
class Round:
    """The key, the sheets as long tables, and everything that the program said."""

    units: pd.DataFrame  # one row a unit of the sample
    rules: pd.DataFrame  # one row a unit, code and rule that suggests it
    said: pd.DataFrame  # one row a unit, code and coder who judged it; `yes` is 0 or 1
    settled: pd.DataFrame  # one row an adjudicated unit and code
    scores: pd.DataFrame
    rule_scores: pd.DataFrame
    missed: pd.DataFrame
    agreement: pd.DataFrame
    disagreements: pd.DataFrame
    mentions: pd.DataFrame
    codings: pd.DataFrame
    frequencies: pd.DataFrame
    report: str


def thematic(*arguments: object) -> str:
    """What one command line prints; it must do so without a fault."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n", write_through=True)
    code: Any = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()) as told:
        try:
            main([*map(str, arguments), "--quiet"])
        except SystemExit as left:
            code = left.code
    assert not code, told.getvalue()
    out.seek(0)
    return out.read()


def table(*arguments: object) -> pd.DataFrame:
    return read(io.StringIO(thematic(*arguments, "-f", "csv", "--raw")))


def read(file: Any) -> pd.DataFrame:
    return pd.read_csv(file, keep_default_na=False, na_values=[""])


def fill(folder: Path, key: dict[str, Any]) -> None:
    """Fill both sheets, as two people might who mostly, but not always, see the same.

    The key is looked into only so that these people are right more often than not.
    """
    suggested = {unit["row"]: unit["suggested"] for unit in key["units"]}
    for coder, sheet in zip(CODERS, SHEETS, strict=True):
        own = random.Random(coder)
        rows = pd.read_csv(folder / sheet, dtype=str, keep_default_na=False)
        for place, row in rows.iterrows():
            for code in THEMES:
                likely = 0.8 if code in suggested[row["row"]] else 0.05
                holds = random.Random(row["row"] + code).random() < likely
                answer = "yes" if holds != (own.random() < 0.1) else "no"
                rows.loc[place, f"{code}?"] = "" if own.random() < 0.02 else answer
        rows.to_csv(folder / sheet, index=False)


def settle(file: Path) -> pd.DataFrame:
    """Fill in what came of the talk: the first is recoded, the last two stay open."""
    rows = pd.read_csv(file, dtype=str, keep_default_na=False)
    outcome = random.Random("talk")
    rows["decision"] = [outcome.choice(["accept", "reject"]) for _ in rows.index]
    differing = set(zip(rows["row"], rows["code"], strict=True))
    rows.loc[0, "decision"] = "recode"
    rows.loc[0, "into"] = next(code for code in THEMES if (rows["row"][0], code) not in differing)
    rows.loc[rows.index[-2:], "decision"] = ""
    rows["coder"] = "+".join(CODERS)
    rows.to_csv(file, index=False)
    return rows[rows["decision"] != ""]


def said_in(folder: Path) -> pd.DataFrame:
    """The answers in both sheets, those that were given."""
    parts = []
    for coder, sheet in zip(CODERS, SHEETS, strict=True):
        rows = pd.read_csv(folder / sheet, keep_default_na=False)
        long = rows.melt("row", [f"{code}?" for code in THEMES], "code", "answer")
        parts.append(long.assign(coder=coder, code=long["code"].str.rstrip("?")))
    every = pd.concat(parts, ignore_index=True)
    every = every[every["answer"] != ""]
    return every.assign(yes=(every["answer"] == "yes").astype(float))


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Round]:
    """The round, run once in a copy of the study."""
    folder = tmp_path_factory.mktemp("round") / "study"
    shutil.copytree(STUDY, folder)
    with contextlib.chdir(folder):
        yield run_round(folder)


def run_round(folder: Path) -> Round:
    wanted = [argument for coder in CODERS for argument in ("--coder", coder)]
    thematic("sample", *wanted, "--size", 120, "--seed", 7, "-f", "csv")
    key = json.loads((folder / "samples" / "sample-1.sample.json").read_text("utf-8"))
    fill(folder, key)
    scored = [
        [table("score", sheet, *option) for sheet in SHEETS]
        for option in ((), ("--rules",), ("--missed",))
    ]
    agreement = table("agree", *SHEETS)
    disagreements = table("agree", *SHEETS, "--disagreements")
    talk = folder / "samples" / "talk.csv"
    thematic("agree", *SHEETS, "--disagreements", "-f", "csv", "-o", talk)
    settled = settle(talk)
    thematic("adjudicate", talk)
    thematic("report", "-o", folder / "results")
    results = {
        name: read(folder / "results" / f"{name}.csv")
        for name in ("mentions", "codings", "frequencies")
    }
    strata = {stratum["name"]: stratum["units"] for stratum in key["strata"]}
    units = pd.DataFrame(
        {
            "row": unit["row"],
            "transcript": unit["passage"]["transcript"],
            "unit_start": unit["passage"]["span"]["start"],
            "stratum": unit["stratum"],
            "size": strata[unit["stratum"]],
            **{code: code in unit["suggested"] for code in THEMES},
        }
        for unit in key["units"]
    )
    rules = pd.DataFrame(
        [(unit["row"], *rule) for unit in key["units"] for rule in unit["rules"]],
        columns=["row", "code", "rule_code", "rule"],
    )
    return Round(
        units,
        rules,
        said_in(folder),
        settled,
        *(pd.concat(parts, ignore_index=True) for parts in scored),
        agreement,
        disagreements,
        **results,
        report=thematic("report"),
    )


def judged(done: Round, coder: str, code: str) -> pd.DataFrame:
    """The units that a coder judged on a code: what the rules say, what she says, its weight."""
    said = done.said.query("coder == @coder and code == @code")
    found = done.units.merge(said, on="row").assign(suggested=lambda one: one[code].astype(float))
    drawn = found.groupby("stratum")["row"].transform("count")
    return found.assign(weight=found["size"] / drawn)


def same(printed: Any, own: float) -> bool:
    return abs(float(printed) - own) <= TOLERANCE * max(1.0, abs(own))


@pytest.mark.parametrize("coder", CODERS)
@pytest.mark.parametrize("code", THEMES)
def test_score(done: Round, coder: str, code: str) -> None:
    (printed,) = done.scores.query("coder == @coder and code == @code").to_dict("records")
    own = judged(done, coder, code)
    rules, says, weight = own["suggested"], own["yes"], own["weight"]
    counts = (len(own), int(rules.sum()), int(says.sum()), int((rules * says).sum()))
    assert tuple(printed[name] for name in ("judged", "suggested", "yes", "both")) == counts
    assert printed["not_judged"] == len(done.units) - len(own)
    assert printed["frame"] == done.units.drop_duplicates("stratum")["size"].sum()
    assert printed["interviews"] == own["transcript"].nunique()
    both = (weight * rules * says).sum()
    precision, recall = both / (weight * rules).sum(), both / (weight * says).sum()
    assert same(printed["precision"], precision)
    assert same(printed["recall"], recall)
    assert same(printed["f1"], 2 * precision * recall / (precision + recall))


@pytest.mark.parametrize("coder", CODERS)
@pytest.mark.parametrize("code", THEMES)
def test_intervals_of_the_scores(done: Round, coder: str, code: str) -> None:
    """Wilson's where the suggestions are of one stratum, else about what interviews redrawn give."""
    (printed,) = done.scores.query("coder == @coder and code == @code").to_dict("records")
    own = judged(done, coder, code)
    found = own[own["suggested"] == 1]
    if printed["precision_interval"] == "Wilson":
        assert found["stratum"].nunique() == 1
        z, n, p = NormalDist().inv_cdf(0.975), len(found), found["yes"].mean()
        half = z * (p * (1 - p) / n + z**2 / (4 * n**2)) ** 0.5
        low, high = ((p + z**2 / (2 * n) + sign * half) / (1 + z**2 / n) for sign in (-1, 1))
        assert same(printed["precision_low"], low)
        assert same(printed["precision_high"], high)
    own = own.assign(
        both=own["weight"] * own["suggested"] * own["yes"],
        rules=own["weight"] * own["suggested"],
        says=own["weight"] * own["yes"],
    )
    sums = own.groupby("transcript")[["both", "rules", "says"]].sum()
    drawn = pd.concat(
        [sums.sample(frac=1, replace=True, random_state=n).sum() for n in range(600)], axis=1
    ).T
    redrawn = {
        "precision": drawn["both"] / drawn["rules"],
        "recall": drawn["both"] / drawn["says"],
        "f1": 2 * drawn["both"] / (drawn["rules"] + drawn["says"]),
    }
    for name, values in redrawn.items():
        if "resamples" in printed[f"{name}_interval"]:
            low, high = values.quantile([0.025, 0.975])
            assert printed[f"{name}_low"] == pytest.approx(low, abs=0.06)
            assert printed[f"{name}_high"] == pytest.approx(high, abs=0.06)


def test_which_rules_are_wrong(done: Round) -> None:
    found = done.rules.merge(done.said, on=["row", "code"])
    own = found.groupby(["coder", "code", "rule_code", "rule"])["yes"].agg(["count", "sum"])
    printed = done.rule_scores.set_index(["coder", "code", "rule_code", "rule"]).sort_index()
    assert list(printed.index) == list(own.index)
    assert list(printed["judged"]) == list(own["count"])
    assert list(printed["right"]) == list(own["sum"])
    assert list(printed["wrong"]) == list(own["count"] - own["sum"])


def test_what_the_rules_miss(done: Round) -> None:
    long = done.units.melt("row", list(THEMES), "code", "suggested")
    own = done.said.merge(long, on=["row", "code"])
    own = own[(own["yes"] == 1) & ~own["suggested"].astype(bool)]
    keys = ["coder", "code", "row"]
    printed = sorted(done.missed[keys].itertuples(index=False, name=None))
    assert printed == sorted(own[keys].itertuples(index=False, name=None))


def coefficients(one: pd.DataFrame) -> dict[str, float]:
    """Every coefficient of two coders; the columns AK and BL hold 0, 1 or nothing."""
    pairs = one.dropna()
    a, b = pairs["AK"], pairs["BL"]
    n, observed = len(pairs), (a == b).mean()
    both, neither = ((a + b) == 2).sum(), ((a + b) == 0).sum()
    share = one.mean(axis=1).mean()  # of yes, over all units that anybody judged
    own = (one["AK"].mean(), one["BL"].mean())

    def corrected(expected: float) -> float:
        return float((observed - expected) / (1 - expected))

    yes = float((a + b).sum())
    no = 2 * n - yes
    chance = (yes * (yes - 1) + no * (no - 1)) / (2 * n * (2 * n - 1))
    return {
        "percent": float(observed),
        "cohen_kappa": corrected(a.mean() * b.mean() + (1 - a.mean()) * (1 - b.mean())),
        "fleiss_kappa": corrected(share**2 + (1 - share) ** 2),
        "conger_kappa": corrected(own[0] * own[1] + (1 - own[0]) * (1 - own[1])),
        "brennan_prediger": corrected(0.5),
        "gwet_ac": corrected(2 * share * (1 - share)),
        "krippendorff_alpha": corrected(chance),
        "positive_agreement": float(2 * both / yes),
        "negative_agreement": float(2 * neither / no),
        "prevalence_index": float(abs(both - neither) / n),
        "bias_index": float(abs(a.sum() - b.sum()) / n),
    }


def answers(done: Round, code: str) -> pd.DataFrame:
    return done.said.query("code == @code").pivot_table(index="row", columns="coder", values="yes")


@pytest.mark.parametrize("code", THEMES)
def test_agreement(done: Round, code: str) -> None:
    one = answers(done, code)
    printed = done.agreement.query("code == @code").set_index("coefficient")
    own = coefficients(one)
    assert set(own) == set(printed.index)
    wrong = {name: (printed["value"][name], value) for name, value in own.items()
             if not same(printed["value"][name], value)}  # fmt: skip
    assert wrong == {}
    assert set(printed["units"]) == {len(one.dropna())}
    assert set(printed["coders"]) == {2}
    assert set(printed["yes"]) == {int(one.sum().sum())}
    inside = printed.dropna(subset=["low", "high"])
    assert ((inside["low"] <= inside["value"]) & (inside["value"] <= inside["high"])).all()


def test_agreement_of_all_codes(done: Round) -> None:
    tables = [answers(done, code) for code in THEMES]
    own = {
        "stacked": coefficients(pd.concat(tables)),
        "mean": pd.DataFrame(map(coefficients, tables)).mean().to_dict(),
    }
    for pooled, values in own.items():
        printed = done.agreement.query("pooled == @pooled").set_index("coefficient")["value"]
        wrong = {name: (value, values[name]) for name, value in printed.items()
                 if not same(value, values[name])}  # fmt: skip
        assert wrong == {}, pooled
    apart = done.agreement[done.agreement["code"].isin(THEMES)]
    printed = done.agreement.query("pooled == 'averaged'").set_index("coefficient")["value"]
    for name, value in printed.items():
        mean = apart.query("coefficient == @name")[["observed", "expected"]].mean()
        if name == "krippendorff_alpha":  # of alpha these are disagreements
            assert same(value, 1 - mean["observed"] / mean["expected"])
        else:
            assert same(value, (mean["observed"] - mean["expected"]) / (1 - mean["expected"]))


def differing(done: Round) -> pd.DataFrame:
    wide = done.said.pivot_table(index=["row", "code"], columns="coder", values="yes").dropna()
    return wide[wide["AK"] != wide["BL"]]


def test_disagreements(done: Round) -> None:
    own = {
        (row, code): (says["AK"], says["BL"]) for (row, code), says in differing(done).iterrows()
    }
    printed = {
        (one["row"], one["code"]): (one["says AK"] == "yes", one["says BL"] == "yes")
        for one in done.disagreements.to_dict("records")
    }
    assert printed == own


def decided(done: Round) -> pd.DataFrame:
    """What holds in the end: 1, 0, or nothing where the two differ and did not settle it."""
    wide = done.said.pivot_table(index=["row", "code"], columns="coder", values="yes")
    holds = wide.mean(axis=1).where(wide.nunique(axis=1) == 1)
    for one in done.settled.to_dict("records"):
        holds[one["row"], one["code"]] = float(one["decision"] == "accept")
        if one["decision"] == "recode":
            holds[one["row"], one["into"]] = 1.0
    return holds.rename("holds").reset_index().merge(done.units, on="row")


def suggested(done: Round, theme: str) -> pd.DataFrame:
    """The units of the whole study on which a rule suggests a theme, by kind."""
    own = done.mentions[done.mentions["status"].isin(["withheld", "swallowed"]).eq(False)]
    own = own[own["theme"] == theme]
    return own.drop_duplicates(["transcript", "unit_start"])[["transcript", "unit_start", "kind"]]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("kind", ["interview", "publication"])
def test_the_columns_of_the_report(done: Round, theme: str, kind: str) -> None:
    (printed,) = done.frequencies.query("code == @theme and kind == @kind").to_dict("records")
    by_rules = suggested(done, theme).query("kind == @kind")
    assert printed["units"] == len(by_rules)
    assert printed["transcripts"] == by_rules["transcript"].nunique()
    kinds = done.mentions.drop_duplicates("transcript").set_index("transcript")["kind"]
    people = decided(done).query("code == @theme")
    people = people[people["transcript"].map(kinds) == kind]
    holds = people[people["holds"] == 1]
    assert printed["decided_units"] == len(holds)
    assert printed["decided_transcripts"] == holds["transcript"].nunique()
    both = people.merge(by_rules, on=["transcript", "unit_start"])
    assert printed["checked"] == len(both)
    assert printed["right"] == int((both["holds"] == 1).sum())
    assert printed["disputed"] == int(both["holds"].isna().sum())


def test_the_report_says_how_much_was_checked(done: Round) -> None:
    rows = done.frequencies[done.frequencies["code"].isin(THEMES)]
    total = rows[["units", "checked", "right", "disputed", "decided_units"]].sum()
    open_ones = len(differing(done)) - len(done.settled)
    assert open_ones == 2
    said = " ".join(done.report.split())
    assert f"{total['units']} codings (sentence x theme), suggested, of which" in said
    found = f"{total['right']} right" + f", {total['disputed']} disputed" * bool(total["disputed"])
    assert f"{total['checked']} checked by 2 people (AK, BL): {found}." in said
    assert f"People say that {total['decided_units']} hold. Judgements: 2 disputed and not" in said
    assert f"not decided, {len(done.settled)} settled together." in said
    for row in rows.query("kind == 'interview'").to_dict("records"):
        assert f" {row['units']} {row['decided_units']} " in said
        assert f"{row['right']}/{row['checked']}" in said


def test_every_coding_has_its_standing(done: Round) -> None:
    """Who says what, coding by coding: the table of codings against the sheets."""
    own = decided(done)
    printed = done.codings[done.codings["code"].isin(THEMES)]
    found = own.merge(printed, on=["transcript", "unit_start", "code"], how="left")
    by_rules = [row[row["code"]] for _, row in found.iterrows()]
    wanted = {(True, 1.0): "accepted", (True, 0.0): "rejected", (False, 1.0): "added"}
    recoded = done.settled.query("decision == 'recode'")
    moved = set(zip(recoded["row"], recoded["code"], strict=True))
    for rules, (_, row) in zip(by_rules, found.iterrows(), strict=True):
        if pd.isna(row["holds"]):
            assert row["status"] == "disputed"
        elif not rules and row["holds"] == 0:
            assert pd.isna(row["status"])  # a no to nothing is no coding
        else:
            away = rules and (row["row"], row["code"]) in moved
            assert row["status"] == ("recoded" if away else wanted[bool(rules), row["holds"]])
