"""The others, each as its users would write it."""
