"""Tools of the map: gestures that show what they do before they do it."""
