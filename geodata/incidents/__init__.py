"""What happened, and when: incidents, tallies and documents."""
