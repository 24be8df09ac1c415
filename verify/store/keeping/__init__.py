"""What keeps a desk whole and its cases accounted for: custody, audit, backup, export, wipe."""
