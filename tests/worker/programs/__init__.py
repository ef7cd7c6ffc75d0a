"""Small programs in many styles, as texts: what the lens must not disturb, and what it must see."""
