"""What Python could not read."""

from __future__ import annotations

from ..case import Rule

_SYNTAX = "SyntaxError"

SYNTAX = [
    Rule(
        "tabs",
        r"inconsistent use of tabs and spaces",
        "The indentation of this line mixes tabs and spaces.",
        "Use four spaces for each level throughout.",
        type="TabError",
    ),
    Rule(
        "indent-missing",
        r"expected an indented block",
        "The line before ends with a colon, so a block must follow, indented.",
        "Indent this line by four spaces, or write pass.",
        type="IndentationError",
    ),
    Rule(
        "indent-unexpected",
        r"unexpected indent",
        "This line is indented further than the one before, but no block was opened.",
        "Line it up with its neighbours.",
        type="IndentationError",
    ),
    Rule(
        "indent-mismatch",
        r"unindent does not match any outer indentation level",
        "This line's indentation fits no block that is open.",
        "Line it up with the block it belongs to.",
        type="IndentationError",
    ),
    Rule(
        "colon-missing",
        r"expected ':'",
        "A line that opens a block (for, if, def, class, with …) must end with a colon.",
        "Put : at the end of the line.",
        type=_SYNTAX,
    ),
    Rule(
        "bracket-open",
        r"'(?P<bracket>[(\[{])' was never closed",
        "The bracket {bracket} is never closed.",
        "Close it; the mark stands at the bracket that is open.",
        type=_SYNTAX,
    ),
    Rule(
        "bracket-unmatched",
        r"unmatched '(?P<bracket>[)\]}])'|closing parenthesis '(?P<other>.)' does not match",
        "There is a closing bracket without the matching opening one.",
        "Count the brackets on this line and the one before.",
        type=_SYNTAX,
    ),
    Rule(
        "assign-in-condition",
        r"Maybe you meant '==' or ':=' instead of '='",
        "A single = assigns; it cannot stand here.",
        "Use == to compare.",
        type=_SYNTAX,
    ),
    Rule(
        "comma-missing",
        r"Perhaps you forgot a comma",
        "Two expressions stand side by side with nothing between them.",
        "Put a comma or an operator between them.",
        type=_SYNTAX,
    ),
    Rule(
        "text-open",
        r"unterminated (?:triple-quoted )?(?:f-)?string literal|EOL while scanning string literal",
        "A text was opened with a quote and never closed.",
        "Close it with the same quote.",
        type=_SYNTAX,
    ),
    Rule(
        "print-statement",
        r"Missing parentheses in call to 'print'",
        "In Python 3 print is a function.",
        "Write print(...).",
        type=_SYNTAX,
    ),
    Rule(
        "return-outside",
        r"'(?P<word>return|yield|await)' outside (?:async )?function",
        "{word} stands outside a function.",
        "Indent it into the function it belongs to.",
        type=_SYNTAX,
    ),
    Rule(
        "loop-outside",
        r"'(?P<word>break|continue)' (?:outside|not properly in) loop",
        "{word} stands outside a loop.",
        "Indent it into the loop it belongs to.",
        type=_SYNTAX,
    ),
    Rule(
        "character",
        r"invalid (?:non-printable )?character '?(?P<character>[^']*)'?",
        "The character {character} cannot stand in code; it often comes from copying out of a web page or document.",
        "Type it anew: straight quotes, a plain minus, plain spaces.",
        type=_SYNTAX,
    ),
    Rule(
        "syntax",
        r"^(?P<text>[^(]*)",
        "Python cannot read this line: {text}.",
        "Look at the marked place and the line before it: a bracket, quote, comma or colon may be missing.",
        type=_SYNTAX,
    ),
]
