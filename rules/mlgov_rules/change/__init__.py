"""What differs between two revisions: what a change to one part obliges in the others."""
