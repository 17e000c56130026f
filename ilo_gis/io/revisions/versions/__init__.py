"""The revisions, each as it was: what is here does not change when the library does."""
