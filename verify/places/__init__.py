"""The world's towns and countries, and the zones of their clocks: offline, without a question to
anybody."""
