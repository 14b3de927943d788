"""Many candidates at once: a folder with a workspace for each.

run       the round on one page
folder    who is there
feeds     what all of them would ask, asked once
answers   what the feeds answered, kept for all
sharing   one story goes to one person from one candidate
serving   a block of candidates, each with a run of their own
engines   blocks in processes of this computer, or by Dask
status    whose thank-you is due
"""
