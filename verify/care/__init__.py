"""How a picture is shown to who should see no more of it than they need; pure computing."""
