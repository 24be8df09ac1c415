"""What is written in a file about itself: EXIF, IPTC and XMP, and what is read from them.

Nothing here looks at the picture, or says what a value means for it: the checks do.
"""
