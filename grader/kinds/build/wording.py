"""What the practice partner says, and what is said about a session."""

from __future__ import annotations

EMPTY = "There is no request yet. Which milestone comes first, and what has to hold in it?"
TOO_LONG = (
    "This request has {count:,} characters, and {most:,} is the most. Ask for one milestone at a "
    "time."
)
PASTED_CODE = "Your request holds code. Say what the program has to do, and read what comes back."
PASTED_BRIEF = (
    "This is the whole brief. A small step is one that you can check before the next. Which "
    "milestone do you want first?"
)
UNKNOWN = "I could not tell which milestone this is about. Which one do you mean?"
NEAR = "I could not tell what you decide about {near}. {ask}"
CONTRADICTION = "You ask for {says} at once. Which of them do you want?"
NOT_YET = "I can’t add {about} before {first} is in place. Ask for that first."
THERE = "{about} is in the program already. What does a check show, and what should happen instead?"
NOTHING_LEFT = "That changes nothing in the files as they are now."
REVISED = "I changed {about}."
MENDED = "I put back what my change had broken."
CLASHED = (
    "Some lines you had changed stood in the way, and I wrote them anew. Look at each of them."
)
LATER = "I left the rest of your request for another turn."

REGRESSIONS = "No change that broke what worked was accepted."
ACCEPTED_BROKEN = (
    "You accepted a change that broke something that had worked. Which checks would have shown it "
    "before?"
)
UNDECIDED = "One change is neither accepted nor undone. Decide about it, then hand in."
UNREADABLE = "The record of this session can’t be read. Start the session again."
NO_FILES = "There is no program to check yet."
