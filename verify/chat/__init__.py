"""The Telegram edge: from an update to an answer, through a durable inbox and outbox."""
