"""Shared lists of ways to say common things. Authors use them by name, in capitals.

A term that begins with a negating word ("not exceed") is a phrase of its own: the guard against
negation doesn't turn it round.
"""

from __future__ import annotations

from collections.abc import Mapping

NOT = "NOT"
"""Stands for a negation around the alternative's other groups."""

MACROS: Mapping[str, str] = {
    # shapes of data
    "LIST": "list|array|collection|sequence|items|elements|values|entries",
    "TEXT": "text|string|word|sentence|message|name|letters",
    "NUMBER": "number|integer|float|numeric|digit|amount|value|figure",
    "WHOLE": "whole|integer|int|full number|round number|no decimal|without decimal|0 decimal"
    "|no fraction|no cent|no penny|no pence|without cent|without pence",
    "DECIMAL": "decimal|dp|digit after|place|number after|figure after|after the point"
    "|after the comma|after the dot|hundredth|cent|penny|pence",
    "TWO": "2|cent|penny|pence|hundredth|hundreth",
    "DICTIONARY": "dictionary|mapping|map|key",
    "NONE": "none|null|nothing|no value",
    "TRUE": "true|yes",
    "FALSE": "false|no",
    # verbs of giving
    "RETURN": "return|give|output|result|produce|answer|send back|hand back|get|show|print|display"
    "|be|should|have|equal|say|use|put|make|set",
    "ERROR": "error|exception|raise|throw|valueerror|refuse|stop|complain|crash|warn|not accept"
    "|reject|typeerror",
    "KEEP": "keep|leave|retain|preserve|stay|remain|maintain|allow|include|count",
    "REMOVE": "remove|delete|drop|discard|eliminate|filter|strip|get rid|throw away|take out"
    "|take away|exclude|leave out|without|clean|erase|cut",
    "IGNORE": "ignore|skip|disregard|leave out|exclude|not count|not include|drop|omit|pass over"
    "|not consider|overlook|discard|remove|filter|jump over|without|neglect|except"
    "|not care|no matter|not matter|regardless|not use|not add|not take",
    "INCLUDE": "include|inclusive|including|also|count|with|too|as well|contain|even|both"
    "|together|part of|belong",
    "EXCLUDE": "exclude|exclusive|excluding|not include|not count|without|except|leave out|ignore"
    "|but not|not part|not belong",
    "CHANGE": "change|modify|alter|mutate|edit|overwrite|touch|update|in place",
    "COPY": "copy|new|separate|another|fresh|not change|not modify|not alter|unchanged|untouched"
    "|not mutate|not touch|not edit|original stay|leave the original|keep the original",
    # rounding
    "ROUND": "round|nearest|approximate|rounded off|to 2 decimal|limit",
    "UP": "up|ceil|upward|higher|next|above|bigger|larger",
    "DOWN": "down|floor|downward|lower|truncate|cut off|chop|below|smaller|trunc",
    # order
    "SORT": "sort|order|arrange|rank|organize|list|put|from|in order",
    "ASCENDING": "ascending|increasing|smallest first|lowest first|smallest to|lowest to|low to"
    "|small to|from smallest|from lowest|from low|from small|cheapest first|earliest first"
    "|a to z|a-z|alphabet|abc|least to|from least|oldest first|upward|growing",
    "DESCENDING": "descending|decreasing|largest first|highest first|biggest first|most first"
    "|largest to|highest to|biggest to|high to|big to|from largest|from highest|from biggest"
    "|from high|from most|most to|reverse|newest first|latest first|z to a|from big|top first"
    "|greatest first|greatest to",
    "SAME_ORDER": "same order|original order|order they|order it|order in which|order of"
    "|keep the order|keep order|first come|appear|as given|first seen|not change the order"
    "|not sort|stable|order stay|as they come|as they came|stay in order|unsorted",
    "FIRST": "first|earliest|beginning|start|initial|earlier|front|begin",
    "LAST": "last|latest|end|final|later|back|ending|most recent",
    "TIE": "tie|tied|draw|equal|same|multiple|several|more than 1|both|2 or more",
    "LARGEST": "largest|biggest|highest|maximum|greatest|most|longest|top",
    "SMALLEST": "smallest|lowest|minimum|least|fewest|shortest|tiniest",
    # odd cases
    "EMPTY": "empty|no item|no element|no value|no entry|no number|no word|no character|be no"
    "|have no|contain no|with no|without any|nothing in|have nothing|be nothing|nothing be"
    "|0 item|0 element|length 0|len ... 0|length ... 0|size 0|not any|not have any"
    "|not contain any|not contain anything"
    "|not have anything|blank|nobody|no one|not list|not item"
    "|not value|not element|not entry|no data|null list",
    "MISSING": "missing|none|null|blank|empty|absent|not there|not given|not present|not exist"
    "|not found|unknown|not have|no value|left out|n/a|nan|lack|not know|not fill|no key"
    "|not recorded|not entered|unfilled|not set",
    "NEGATIVE": "negative|minus|below 0|less than 0|under 0|smaller than 0|lower than 0|< 0",
    "ZERO": "0|nought|nil",
    "DUPLICATE": "duplicate|repeat|same|twice|double|more than once|again|copy|copies|unique"
    "|distinct|identical|only once|multiple times|2 times|several times",
    "CASE": "case|capital|uppercase|lowercase|upper|lower|big letter|small letter|casing",
    "LOWERCASE": "lowercase|lower case|small letter|lower|uncapital",
    "UPPERCASE": "uppercase|upper case|capital|big letter|block letter|upper",
    "SPACES": "space|whitespace|blank|gap|trim|strip|white",
    # bounds
    "AT_LEAST": "at least|or more|or over|or above|or older|or higher|or greater|or bigger"
    "|or later|or larger|and up|and above|and over|and more|and older|no less than|not less than"
    "|minimum|>=|≥|equal to or|or equal|from|starting at|starting from|include|inclusive|not below"
    "|not under|onwards|reach|or exactly|exactly or",
    "MORE_THAN": "more than|over|above|greater than|bigger than|higher than|older than|larger than"
    "|later than|after|exceed|exclusive|not include|not count|exclude|strictly|>|longer than"
    "|beyond",
    "AT_MOST": "at most|or less|or fewer|or below|or under|or lower|or younger|or smaller"
    "|and below|and under|no more than|not more than|never more than|not exceed|never exceed"
    "|no higher than|never higher than|not be over|not go over|not go above|never over|never above"
    "|maximum|up to|until|<=|≤|or equal|cap|capped|limit|limited|ceiling|no greater than"
    "|not be more than|not be higher than|not be greater than|not be above|not over|not above"
    "|include|inclusive|not bigger than|not beyond|up till",
    "LESS_THAN": "less than|under|below|fewer than|smaller than|lower than|younger than|before"
    "|exclusive|not include|not count|exclude|strictly|<|shorter than|earlier than",
    # sums
    "TOTAL": "total|sum|add|plus|together|altogether|all up",
    "COUNT": "count|how many|number of|amount of|tally|quantity",
    "AVERAGE": "average|mean|typical",
    "EACH": "each|every|per|all|any|individual|one by one|separately|apiece",
    # time and units
    "BEFORE": "before|prior|earlier|ahead|first|until",
    "AFTER": "after|later|following|once|then|afterwards|from then",
    "MINUTES": "minute|min|mins",
    "HOURS": "hour|hr|hrs|h",
    "YEAR": "year|yyyy|yy",
    "MONTH": "month|mm",
    "DAY": "day|dd",
    "PERCENT": "percent|per cent|%|out of 100|out of hundred",
}
