"""What all tests share."""

from hypothesis import settings

# The time that one example takes says nothing on a busy machine.
settings.register_profile("here", deadline=None, print_blob=True)
settings.load_profile("here")
