"""Many texts into terms at once, to build an index: jieba's dictionary in arrays, its cutting in loops."""
