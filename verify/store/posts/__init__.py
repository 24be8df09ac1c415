"""Posts, the accounts they are by, and the imports that told of them."""
