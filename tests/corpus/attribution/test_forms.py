"""The forms, one table each: rows that match, and rows that must not."""

from __future__ import annotations

import pytest

from corpus.attribution.forms import (
    according,
    announced,
    citing,
    clauses,
    dialogue,
    documents,
    hearsay,
    nouns,
    values,
)
from tests.corpus.attribution.reading import first, shown

FORMS = {
    "according": according.find,
    "announced": announced.find,
    "citing": citing.find,
    "clauses": clauses.find,
    "dialogue": dialogue.find,
    "documents": documents.find,
    "hearsay": hearsay.find,
    "nouns": nouns.find,
    "pronouns": documents.by_pronoun,
    "plain pronouns": documents.by_pronoun_plainly,
    "retold": clauses.retold,
    "values": values.find,
}

FOUND = [
    # form, text, (source, cue, content) of each
    (
        "according",
        "According to Lena Ortiz, 40 boats sank.",
        [("Lena Ortiz", "According to", "40 boats sank")],
    ),
    (
        "according",
        "Forty boats sank, according to Lena Ortiz, a pilot, 51.",
        [("Lena Ortiz, a pilot, 51", "according to", "Forty boats sank")],
    ),
    (
        "according",
        "The boats, according to Lena Ortiz, who saw it, sank at night.",
        [("Lena Ortiz, who saw it", "according to", "The boats | sank at night")],
    ),
    (
        "according",
        "Forty sank, per the Oss Harbour Board.",
        [("the Oss Harbour Board", "per", "Forty sank")],
    ),
    (
        "according",
        "Forty sank, according to Ann Lee, and fifty swam.",
        [("Ann Lee", "according to", "Forty sank")],
    ),
    (
        "according",
        "According to Ann Lee, citing Bob Roe, 40 sank.",
        [("Ann Lee", "According to", "40 sank")],
    ),
    (
        "according",
        "In Lena Ortiz's view, 40 is too many.",
        [("Lena Ortiz", "view", "40 is too many")],
    ),
    (
        "according",
        "It was late: by his count it had seen nineteen.",
        [("his", "count", "it had seen nineteen")],
    ),
    (
        "according",
        "It is low – “if it never rains”, in Ann Lee’s words.",
        [("Ann Lee", "words", "“if it never rains”")],
    ),
    (
        "announced",
        "Ann Lee presented some figures at noon: forty sank.",
        [("Ann Lee", "presented some figures", "forty sank")],
    ),
    (
        "announced",
        "Ann Lee presented some data to the press.",
        [("Ann Lee", "presented some data", "")],
    ),
    (
        "citing",
        "Forty sank, the Guardian reported, citing Chancellor Bob Roe.",
        [("Chancellor Bob Roe", "citing", "")],
    ),
    ("citing", "Ann Lee, citing what Bob Roe swore, left.", [("Bob Roe", "citing", "")]),
    (
        "citing",
        "El Farol quoted a paper by Ann Lee as saying that swifts return.",
        [
            ("El Farol", "quoted", "that swifts return"),
            ("a paper by Ann Lee", "as saying", "that swifts return"),
        ],
    ),
    (
        "citing",
        "He left, quoting Ann Lee as saying swifts return.",
        [("Ann Lee", "as saying", "swifts return")],
    ),
    (
        "clauses",
        "Lena Ortiz, the harbour master, said 40 boats sank.",
        [("Lena Ortiz, the harbour master", "said", "40 boats sank")],
    ),
    (
        "clauses",
        "A clerk who would not be named told the Gazette that 40 sank.",
        [("A clerk who would not be named", "told", "that 40 sank")],
    ),
    ("clauses", "Forty sank, said Lena Ortiz.", [("Lena Ortiz", "said", "Forty sank")]),
    ("clauses", "Forty sank, the mayor adds.", [("the mayor", "adds", "Forty sank")]),
    ("clauses", "The mayor told us it sank.", [("The mayor", "told", "it sank")]),
    (
        "clauses",
        "The mayor told the old crew that it sank.",
        [("The mayor", "told", "that it sank")],
    ),
    ("clauses", "The mayor told old men it sank.", [("The mayor", "told", "it sank")]),
    ("clauses", "Ann Lee said on Monday that it sank.", [("Ann Lee", "said", "that it sank")]),
    ("clauses", "Ann Lee said it sank, while he slept.", [("Ann Lee", "said", "it sank")]),
    ("clauses", 'Ann Lee said it "sank" fast.', [("Ann Lee", "said", 'it "sank" fast')]),
    (
        "clauses",
        "The Gazette reported, citing Ann Lee, that 40 sank.",
        [("The Gazette", "reported", "that 40 sank")],
    ),
    ("clauses", "Ann Lee left early and said 40 sank.", [("", "said", "40 sank")]),
    ("clauses", '"I was there and Ann Lee said: it sank."', [("Ann Lee", "said", 'it sank."')]),
    ("clauses", '"Ann Lee said, it sank."', [("Ann Lee", "said", 'it sank."')]),
    ("clauses", '"It sank, Ann Lee said:"', [("Ann Lee", "said", '"It sank,')]),
    ("documents", "The old roster lists 71 dead.", [("The old roster", "lists", "71 dead")]),
    (
        "documents",
        "A ledger seen by the Courier, however, lists 9 sums, and describes 3 as odd.",
        [
            ("A ledger seen by the Courier, however", "lists", "9 sums"),
            ("A ledger seen by the Courier, however", "describes", "3 as odd"),
        ],
    ),
    (
        "documents",
        "Pay rose by 9 crowns, figures from the office show.",
        [("figures from the office", "show", "Pay rose by 9 crowns")],
    ),
    ("documents", "It ends; the log says: forty sank.", [("the log", "says", "forty sank")]),
    ("documents", "It was a note which states that 9 left.", [("a note", "states", "that 9 left")]),
    (
        "pronouns",
        "Certain men, they show, had left.",
        [("they", "show", "Certain men | had left")],
    ),
    ("documents", "The log says 9; nobody knew.", [("The log", "says", "9")]),
    ("hearsay", "The owner is said to have fled.", [("", "is said", "The owner | to have fled")]),
    ("hearsay", "It is understood that 9 left.", [("", "is understood", "that 9 left")]),
    ("hearsay", "I'm told the case is here; it is.", [("", "I'm told", "the case is here")]),
    (
        "nouns",
        "He disputed Ms. Frost’s claim that they had left: nobody had.",
        [("Ms. Frost", "claim", "they had left")],
    ),
    (
        "values",
        "The Treasury reckons the cost at £5.1bn; others do not.",
        [("The Treasury", "reckons", "the cost at £5.1bn")],
    ),
    (
        "values",
        "The board put the share at under 3 percent while others slept.",
        [("The board", "put", "the share at under 3 percent")],
    ),
    ("documents", 'The log says "nine left" in fog.', [("The log", "says", '"nine left" in fog')]),
    ("documents", "It was Bob who the log shows left.", [("the log", "shows", "left")]),
    ("documents", "On Monday the log lists 9.", [("the log", "lists", "9")]),
    ("documents", "The two sailors' log lists 9.", [("The two sailors' log", "lists", "9")]),
    ("documents", "The files of the court state 9.", [("The files of the court", "state", "9")]),
    ("documents", "The log and the list show 9.", [("the list", "show", "9")]),
    ("documents", "The census shows 9.", [("The census", "shows", "9")]),
    ("plain pronouns", "It adds that 9 left.", [("It", "adds", "that 9 left")]),
    ("clauses", "They said it sank.", [("They", "said", "it sank")]),
    (
        "clauses",
        "The Guardian, citing Ann Lee, said it sank.",
        [("The Guardian, citing Ann Lee", "said", "it sank")],
    ),
    (
        "clauses",
        "The mayor told Ann Lee that it sank.",
        [("The mayor", "told", "that it sank")],
    ),
    ("clauses", "The mayor told none.", [("The mayor", "told", "none")]),
    (
        "according",
        "Forty sank, according to Ann Lee, “the boss”, and so on.",
        [("Ann Lee", "according to", "Forty sank | “the boss”, and so on")],
    ),
    ("clauses", "After lunch Lena Ortiz said 40 sank.", [("Lena Ortiz", "said", "40 sank")]),
    (
        "according",
        "Forty sank, according to the old clerk",
        [("the old clerk", "according to", "Forty sank")],
    ),
    (
        "according",
        "Forty sank, according to a clerk who saw it",
        [("a clerk who saw it", "according to", "Forty sank")],
    ),
    (
        "according",
        "Forty sank, according to Ann Lee's log.",
        [("Ann Lee", "according to", "Forty sank")],
    ),
    (
        "according",
        "Forty sank, according to Ann Lee, a pilot, 51, head of the board.",
        [("Ann Lee, a pilot, 51, head of the board", "according to", "Forty sank")],
    ),
    (
        "according",
        "Bob Roe, as Radio Oss reported, left.",
        [("Radio Oss", "reported", "Bob Roe | left")],
    ),
    (
        "announced",
        "Ro Min put forward two requirements: first, a boat; second, a pier.",
        [("Ro Min", "put forward two requirements", "first, a boat; second, a pier")],
    ),
    (
        "citing",
        "Bob Roe was quoted by Radio Oss as saying that 60 left.",
        [("Radio Oss", "quoted by", "that 60 left"), ("Bob Roe", "as saying", "that 60 left")],
    ),
    (
        "citing",
        'Bob Roe quoted an article by Ann Lee, which said: "Forty sank."',
        [
            ("Bob Roe", "quoted", '"Forty sank."'),
            ("an article by Ann Lee", "which said", '"Forty sank."'),
        ],
    ),
    (
        "dialogue",
        "— Forty, said the witness.",
        [("the witness", "said", "Forty")],
    ),
    (
        "hearsay",
        "The fire reportedly cost two lives.",
        [("", "reportedly", "The fire | cost two lives")],
    ),
    (
        "documents",
        "The survey report shows little.",
        [("The survey report", "shows", "little")],
    ),
    ("hearsay", "Allegedly two died.", [("", "Allegedly", "two died")]),
    (
        "retold",
        "‘We ran. The sergeant said, “Run for it.”’",
        [],
    ),
    ("values", "The bank expects 3 percent.", [("The bank", "expects", "3 percent")]),
    ("values", "Ann Lee spoke of at least 30 shots.", [("Ann Lee", "spoke", "at least 30 shots")]),
    ("values", "Ann Lee listed boats, piers.", [("Ann Lee", "listed", "boats, piers")]),
]

NOT_FOUND = [
    ("according", "Radio Oss did as it was told."),
    ("according", "It sank, as Ann Lee said it would."),
    ("citing", "Bob Roe was quoted by Radio Oss."),
    ("dialogue", "— Forty of them, and all armed."),
    ("dialogue", "— Forty, said no more."),
    ("dialogue", "Forty, said the witness."),
    ("dialogue", "— Who said he saw us?"),
    ("hearsay", '"He reportedly went."'),
    ("announced", '"Ann Lee gave figures: forty."'),
    ("citing", '"He quoted Ann Lee as saying so."'),
    ("documents", "The report was recorded in 1991."),
    ("hearsay", "He went reportedly."),
    ("retold", "\"The sergeant said, 'Run,' to us.\""),
    ("values", "Growth of 3 percent was expected."),
    ("values", "The boat expects 3 percent."),
    ("values", "Ann Lee listed to port."),
    ("values", "Ann Lee spoke of boats."),
    ("according", "Who it went according to, 40 boats never learned."),
    ("according", "Per capita income rose."),
    ("according", "They paid 12 euros per head."),
    ("according", "In the old view of the bay it rained."),
    ("according", "In a big old view's light it rained."),
    ("according", "According to Ann Lee"),
    ("according", "By day"),
    ("announced", "Ann Lee presented the data to the press."),
    ("announced", "Ann Lee gave data showing that it sank."),
    ("announced", "Ann Lee gave figures of rain, at noon: none."),
    ("announced", "To give data is hard."),
    ("citing", "He left, citing of and."),
    ("citing", 'He quoted Ann Lee and "no more" as saying so.'),
    ("citing", "He quoted Ann Lee."),
    ("citing", "He quoted Ann Lee as saying"),
    ("clauses", "Ann Lee told the Oss Gazette on Monday."),
    ("clauses", "That is the said boat."),
    ("clauses", "It was said by all."),
    ("clauses", "The boat said goodbye."),
    ("clauses", "Ann Lee said"),
    ("clauses", "Ann Lee said in a letter."),
    ("clauses", '"Ann Lee said so."'),
    ("clauses", "And so, said the."),
    ("clauses", "Once said"),
    ("documents", "The mayor lists 71 dead."),
    ("documents", "The roster listed by age was long."),
    ("documents", "The roster, he said, shows."),
    ("documents", "A list to show the crew."),
    ("documents", "The roster shows"),
    ("documents", "The roster state funds paid for was long."),
    ("documents", "The files of the court records were long."),
    ("documents", "It is a report of more detailed records."),
    ("documents", "The lists 1995 state papers hold are long."),
    ("documents", "Jin said this document shows it."),
    ("pronouns", '"They show it," he read.'),
    ("pronouns", "They show"),
    ("plain pronouns", "They show 9."),
    ("pronouns", "It state papers."),
    ("pronouns", "They confirm it."),
    ("pronouns", "Nine, they shows, left."),
    ("pronouns", "The men show it."),
    ("hearsay", "The owner said to have fled."),
    ("hearsay", "It is said to rain."),
    ("hearsay", "The court was told off."),
    ("hearsay", "Is said to be."),
    ("nouns", "The claim that 40 sank was odd."),
    ("nouns", "The mayor’s claim was odd."),
    ("nouns", "The sea’s promise that"),
    ("values", "The board put the share at risk."),
    ("values", "The board put the share, at 3 percent, low."),
    ("values", "The board put it off for good and all time and ever more until then."),
    ("values", "And put the share at 3."),
    ("values", "The board put it off for good and for all the time in the world and ever more."),
    ("values", "The price the board set while at 3 Elm Street was low."),
    ("nouns", "Odd was the claim that 40 sank."),
    ("clauses", "—, said Ann Lee."),
    ("documents", "It was “a log” which lists 9."),
    ("documents", "In rain or in snow which lists 9."),
    ("documents", "The log of old ships " + "from the sea by the bay " * 5 + "lists 9."),
    ("documents", "The log, he yawned; so, lists 9."),
]


@pytest.mark.parametrize(("form", "text", "wanted"), FOUND)
def test_a_form_finds_source_cue_and_content(
    form: str, text: str, wanted: list[tuple[str, str, str]]
) -> None:
    assert shown(text, list(FORMS[form](first(text)))) == wanted


@pytest.mark.parametrize(("form", "text"), NOT_FOUND)
def test_a_form_leaves_other_words_alone(form: str, text: str) -> None:
    assert list(FORMS[form](first(text))) == []
