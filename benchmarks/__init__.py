"""What the claims of speed and yield rest on. `make bench` prints all of it."""
