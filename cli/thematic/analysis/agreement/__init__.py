"""How far coders agree: coefficients on units and on free spans. Nothing here prints or draws."""
