"""The sun over a place: where it stands, what shadows it casts, and when a shadow fits.

Pure computing: nothing is read, written or asked. Positions are astral's, which follows
NOAA's solar calculator (Meeus, Astronomical Algorithms, 2nd edition), good to 0.1 degrees
between 1900 and 2100 at a flat horizon.
"""
