"""What is wrong with a text that Python cannot parse: the first thing in it, in one sentence, with a change that mends it.

Each module knows one kind of slip and yields complaints in the order of the text. They are asked only about texts that do not
parse, so they may take for a slip whatever is never right in Python.
"""

from __future__ import annotations
