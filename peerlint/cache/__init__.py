"""What is kept between runs, in the user's cache folder: it only saves time, and nothing in it is ever executed."""
