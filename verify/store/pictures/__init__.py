"""What is known of the files in the vault: exhibits, examinations, views, matches."""
