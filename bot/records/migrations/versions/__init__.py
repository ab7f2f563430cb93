"""One file a change. A file that has been released is never edited: write the next one."""
