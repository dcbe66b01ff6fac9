"""The frame of the window: bars, rail, places and the controllers behind them."""
