"""What a chat's edge must remember, and what a case left in chats."""
