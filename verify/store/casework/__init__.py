"""What people bring, say, conclude and share: cases with all that is written in them."""
