"""Checks that a program of this computer makes, on pixels that the lab has decoded.

One question a file. The program runs behind walls of its own (`verify.lab.walled`), gets the
pixels in a form that the desk has written, and what it answers is taken as text from outside.
"""
