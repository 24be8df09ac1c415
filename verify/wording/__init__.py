"""What is said to readers of files, matches, claims, findings and cases: records in, sentences out.

No mark-up, no buttons, no language: chat, terminal and reports lay the same sentences out, each in
its own way.
"""
