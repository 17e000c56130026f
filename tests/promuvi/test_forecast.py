import numpy as np
import pandas as pd
import pytest
from scipy import stats

from ilo_gis.errors import RuleError
from ilo_gis.promuvi import forecast, stage_times, stays
from ilo_gis.promuvi.durations import STEPS, curve_of, stays_in

START = pd.Timestamp("1990-01-01")


def events_of(days):
    """Return events of lots from the days (after START) on which each came to each stage; NaN for never."""
    steps = [("allotted",), ("occupied",), ("lived_in", "adjudicated"), ("titled",)]
    rows = [
        (f"L{lot:03}", kind, START + pd.Timedelta(days=int(day)))
        for lot, own in enumerate(days)
        for kinds, day in zip(steps, own, strict=False)
        for kind in kinds
        if not np.isnan(day)
    ]
    events = pd.DataFrame(rows, columns=["lot_id", "kind", "date"])
    events["household_id"] = "h " + events["lot_id"]
    return events.set_axis(pd.Index([f"E-{n:05}" for n in range(len(events))], name="event_id"))


def lots_of(count, block=5):
    ids = pd.Index([f"L{n:03}" for n in range(count)], name="lot_id")
    return pd.DataFrame({"block_id": [f"B{n // block}" for n in range(count)], "kind": "lot"}, index=ids)


def test_kaplan_meier_is_that_of_scipy():
    rng = np.random.default_rng(3)
    days, ends = rng.integers(0, 40, 200), rng.integers(0, 2, 200)
    curve = curve_of(days, ends)
    censored = stats.CensoredData(uncensored=days[ends == 1], right=days[ends == 0])
    known = stats.ecdf(censored).sf
    np.testing.assert_allclose(curve.staying, known.evaluate(np.arange(days.max() + 1)))
    np.testing.assert_allclose(curve.advancing.cumsum(), 1 - curve.staying)
    twice = curve_of(np.tile(days, 2), np.tile(ends, 2))
    np.testing.assert_allclose(curve_of(days, ends, np.full(200, 2.0)).staying, twice.staying)


def test_two_causes_share_what_ends():
    curve = curve_of(np.array([1, 2, 2, 3]), np.array([2, 1, 1, 0]))
    assert curve.staying.tolist() == [1.0, 0.75, 0.25, 0.25]
    assert curve.advancing.tolist() == [0.0, 0.0, 0.5, 0.0]
    assert curve.leaving.tolist() == [0.0, 0.25, 0.0, 0.0]


def test_a_forecast_that_can_be_done_by_hand():
    """Two of three lots were titled 40 days after adjudication; one waits since 10: 30 days are left."""
    held = [(0, 0, 0, 40), (0, 0, 0, 40), (0, 0, 100, np.nan)]
    on = START + pd.Timedelta(days=110)  # 21 April
    told = forecast(events_of(held), lots_of(3), on, months=3, resample="lot")
    assert told.index.strftime("%Y-%m").tolist() == ["1990-04", "1990-05", "1990-06"]
    assert told["expected"].tolist() == pytest.approx([0, 1, 0])  # on 21 May
    assert told["cumulative"].tolist() == pytest.approx([2, 3, 3])
    assert (told["untold"] == 0).all()
    assert (told["low"] <= told["expected"]).all()


def test_what_nobody_has_lived_through_is_not_foretold():
    held = [(0, 0, 0, 40), (0, 0, 0, 41), (0, 0, 0, np.nan), (0, 0, 60, np.nan)]
    told = forecast(events_of(held), lots_of(4), START + pd.Timedelta(days=90), months=12, resample="lot")
    # The third waits since 90 days, the longest of all; the fourth since 30. Of the three that were seen
    # to wait longer one was titled on day 40, one on 41, so two thirds; after day 90 nothing is known.
    assert told["expected"].sum() == pytest.approx(2 / 3)
    assert told["untold"].iloc[0] == pytest.approx(1)
    assert told["untold"].iloc[-1] == pytest.approx(1 + 1 / 3)
    nobody = forecast(events_of([(0,), (5,)]), lots_of(2), START + pd.Timedelta(days=90), resample="lot")
    assert nobody["expected"].sum() == 0
    assert nobody["untold"].tolist() == [2.0] * 24


def test_lots_given_back_make_fewer_titles():
    events = events_of([(0,), (0,), (0, 30), (0, 30), (60,)])
    back = events.iloc[:2].assign(kind="renounced", date=START + pd.Timedelta(days=20))
    events = pd.concat([events, back.set_axis(["R-1", "R-2"])]).rename_axis("event_id")
    on = START + pd.Timedelta(days=70)
    times = stage_times(stays(events, on), on).loc["allotted"]
    assert times[["lots", "advanced", "left", "waiting"]].tolist() == [5, 2, 2, 1]
    assert times["quarter"] == 30
    assert np.isnan(times["three_quarters"])  # half are given back: no more than half go on


def random_stays(rng, lots, until):
    """Return days of lots allotted over two years, each stage lasting 30 days and a geometric time."""
    days = np.empty((lots, 4))
    days[:, 0] = rng.integers(0, 730, lots)
    for step, mean in enumerate((60, 150, 120), start=1):
        days[:, step] = days[:, step - 1] + 30 + rng.geometric(1 / mean, lots)
    return days, np.where(days <= until, days, np.nan)


def test_leaving_out_those_who_wait_would_make_lots_fast():
    """Stays in the second stage have a median of 30 + 150 ln 2 = 134 days."""
    rng = np.random.default_rng(11)
    _, seen = random_stays(rng, 400, 800)
    on = START + pd.Timedelta(days=800)
    held = stays(events_of(seen), on)
    _, days, ends = stays_in(held, *STEPS[1], on)
    right, naive = curve_of(days, ends), curve_of(days[ends == 1], ends[ends == 1])
    true = 30 + 150 * np.log(2)
    medians = [int(np.argmax(curve.advancing.cumsum() >= 0.5)) for curve in (right, naive)]
    assert medians[0] == pytest.approx(true, rel=0.1)
    assert medians[1] < 0.9 * true


def test_the_interval_holds_the_share_it_tells():
    """Of 20 programmes made with known durations about 80 % end the year within the interval."""
    rng, held, trials, on_day, level = np.random.default_rng(5), 0, 20, 900, 0.8
    on = START + pd.Timedelta(days=on_day)
    bias = []
    for trial in range(trials):
        days, seen = random_stays(rng, 100, on_day)
        told = forecast(events_of(seen), lots_of(100), on, months=12, level=level, seed=trial, draws=40)
        end = (told.index[-1] + pd.offsets.MonthEnd(0) - START).days
        titled = int((days[:, 3] <= end).sum())
        last = told.iloc[-1]
        held += last["cumulative_low"] <= titled <= last["cumulative_high"]
        bias.append(last["cumulative"] - titled)
    assert held >= trials * level - 2 * np.sqrt(trials * level * (1 - level))
    assert held < trials  # an interval that holds everything tells nothing
    assert abs(np.mean(bias)) < 3 * np.std(bias) / np.sqrt(trials)


def test_waves_that_go_on_together_make_the_interval_as_wide_as_they_differ():
    """Waves of 40 lots, titled after 100, 200, 300 or 400 days: a fifth one may do as any of them."""
    days = [(60 * w, 60 * w, 60 * w, 60 * w + 100 * (w + 1)) for w in range(4) for _ in range(40)]
    days += [(700, 700, 700, np.nan)] * 40
    events, lots, on = events_of(days), lots_of(200), START + pd.Timedelta(days=710)
    wave, lot = (forecast(events, lots, on, months=8, seed=1, resample=how) for how in ("wave", "lot"))
    assert wave["expected"].equals(lot["expected"])
    width = [one["cumulative_high"] - one["cumulative_low"] for one in (wave, lot)]
    assert width[0].iloc[4] > 2 * width[1].iloc[4]


def test_the_same_seed_tells_the_same_whatever_the_order():
    _, seen = random_stays(np.random.default_rng(1), 60, 700)
    events, lots, on = events_of(seen), lots_of(60), START + pd.Timedelta(days=700)
    told = forecast(events, lots, on, seed=4, draws=50)
    again = forecast(events.sample(frac=1, random_state=0), lots.iloc[::-1], on, seed=4, draws=50)
    pd.testing.assert_frame_equal(told, again)
    assert not told.equals(forecast(events, lots, on, seed=5, draws=50))
    later = events.iloc[:1].assign(kind="renounced", date=on + pd.Timedelta(days=1)).set_axis(["E-9"])
    pd.testing.assert_frame_equal(told, forecast(pd.concat([events, later]), lots, on, seed=4, draws=50))


@pytest.mark.parametrize(
    "wrong",
    [{"months": 0}, {"level": 1.0}, {"seed": -1}, {"draws": 0}, {"resample": "street"}, {"months": 1.5}],
)
def test_arguments_that_make_no_sense(wrong):
    with pytest.raises(RuleError):
        forecast(events_of([(0,)]), lots_of(1), START, **wrong)
    with pytest.raises(RuleError, match="Only one block"):
        forecast(events_of([(0,)]), lots_of(1), START, resample="block")
