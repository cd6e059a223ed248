"""Kind ``explain``: the learner says in plain words what code does, and code is built again from
the words alone.

An answer holds in ``fields`` the ``explanation`` and ``predictions: {id: "text"}``, what the
learner thinks the code gives.

``shown()`` adds to what every exercise shows:

    code, function, written_by      the code to read, which is not to be marked or edited
    longest       characters that an explanation may have
    most_words    words of an explanation that says what code is for
    checks        int
    predict       [{id, call}]      calls to predict, before the result
    practice      "practice@1"

``Kind.reveal`` of a graded verdict gives the learner:

    explanation   the words as they were judged; spans count its characters
    engine        {id, practice, parameters}
    rebuilt       code built from the words (of the trial that is shown), the output to compare
    level         0 | 1 | 2         wrong; right, line by line; right and at the level of purpose
    purpose       {words, most_words, identifiers: [..], steps: [..], holds}
    trials        [{code, passed, total, all, problem, decisions: {id: bool}}], trial, passes
    decisions     as in ``prompt``: number, about, ask, said, cell, passed, total, spans, message
    predictions   [{id, call, typed, gives, right}]
    issues        [{number, message}]; number 0 is about the whole explanation
"""
