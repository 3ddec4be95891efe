"""A bare number in a page is never grouped: a key in an address must not become "1 234". The face's filters group.

With USE_THOUSAND_SEPARATOR on, forms still read grouped figures that a person typed or copied.
"""

NUMBER_GROUPING = 0
