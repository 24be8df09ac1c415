"""Work that changes a desk for whoever sits at its computer, a job a file in `kinds/`.

A job is asked for by the command line. `errand` hands it to the desk that runs, through `door`
and its socket in the home; where none runs it does the job itself. Either way `course` carries
out the same generator, and what that gives comes back as the same `messages`.
"""
