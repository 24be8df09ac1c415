"""Campaigns: accounts that post the same objects closer together than chance, and waves.

Pure computing over columns of posts: nothing is read, written or asked. `telling.told` is the way
in; `rows.py` says what it takes. What is told coincides; why, only people can say.
"""
