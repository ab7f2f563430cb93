"""Many texts into terms at once: jieba's dictionary as arrays, its cutting as compiled loops."""
