"""Small widgets and painting that several places of the window share."""
