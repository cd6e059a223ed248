"""Kind ``prompt``: the learner writes what a model needs to know, and the code it gives is run.

An answer holds the prompt in ``files["prompt.md"]`` (variants ``write``, ``edit_this`` and
``probe_first``) or what it is put together from in ``fields``:

    prediction   int     how many checks will pass, asked before the result; may be left out
    gaps         {"1": "text"}          faded: what goes into each ___1___
    order        [2, 0, 5]              parsons: positions in shown()["sentences"]
    choice       "a" | "b"              compare_two: which prompt gives what is needed
    missing      ["rounding"]           compare_two: decisions that the other one leaves open

``shown()`` adds to what every exercise shows:

    variant, signature, program         program is prompt.md where the answer is a text, else ""
    checks        int                   how many checks run
    longest       int                   characters that a prompt may have
    cases         [{id, title, called, expected, …}]   the examples a learner sees
    probe         {inputs: [{name, type, from, to, most, choices, or_none}], first} or None;
                  ``first``: probes to make before the first try
    practice      "practice@1"
    given         {prompt, code, called, expected, gives}      edit_this
    faded         {pieces: [{text} | {gap}], gaps: [1, 2]}     faded
    sentences     ["…"]                                        parsons, in the author's order
    prompts       {a: {text, code}, b: {text, code}}           compare_two
    decisions     [{id, about}]                                compare_two

``Kind.reveal`` of a graded verdict gives the learner:

    variant, prompt, engine {id, practice, parameters}, score_parts {f, s}
    code          the code of the trial that is shown; it is the output to read
    trials        [{code, passed, total, all, problem, decisions: {id: bool}}]
    trial         the position of the trial that is shown
    passes        {times, of}           in how many trials all checks pass
    decisions     [{id, number, about, ask, weight, said, option, cell, passed, total, held,
                   spans: [[start, end]], half: [[start, end]], message}]
                  said: right | wrong | both | denied | unsaid;
                  cell: solid | check | lucky | missing;
                  spans count characters of ``prompt``; held: in how many trials it holds
    quad          {solid: [1], check: [2], lucky: [], missing: [3]}      numbers of decisions
    issues        [{number, message}]   at most three, the weightiest first
    notes         [{code, message}]     shotgun, elsewhere, unseen
    examples      [{title, called, expected, got, same}]       visible checks on the shown code
    failing       the first of them that isn't the same, or None
    prediction    {said, passed, total} or None
    compared      {right, chosen, better, marks: [{id, about, open, marked}]}  compare_two only
"""
