"""The simulated PROMUVI of the schematic Ilo: land, applications, works, what befalls each lot, money."""

from __future__ import annotations

import pandas as pd
import promuvi_history
import promuvi_money
import promuvi_register
import promuvi_works


def layers(drawn: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the layers and tables of the programme on the drawn Pampa."""
    lots, blocks = promuvi_register.land(drawn)
    households, applicants = promuvi_register.register(lots.index.to_numpy())
    calls = promuvi_works.calls(blocks, lots, drawn["old_part"].geometry[0])
    works = promuvi_works.works(calls, lots)
    events = promuvi_history.events(calls, lots, works, households, applicants)
    rates = promuvi_money.exchange_rates()
    charges = promuvi_money.charges(events, rates)
    tables = {
        "lots": lots,
        "blocks": blocks,
        "households": households,
        "applicants": applicants,
        "lot_events": events,
        "works": works,
        "charges": charges,
        "payments": promuvi_money.payments(charges, events),
        "exchange_rates": rates,
        "house_finance": promuvi_money.house_finance(events),
    }
    return {name: table.reset_index() for name, table in tables.items()}
