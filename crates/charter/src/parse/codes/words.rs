//! Pages about single words: names, codes, numbers, dates.

use super::{after, article, pact, page};
use crate::check::Explanation;

pub(super) const PAGES: &[Explanation] = &[
    page(
        "unexpected-words",
        "something else was expected here",
        "\
The sentence could be read up to this word. The message says what the grammar expects in its place; the
language reference has every form with an example.",
        article!("  when anyone attacks a party\n    each other party must assist the victim using fire\n"),
        article!("  when anyone attacks a party\n    each other party must assist the victim using armed force\n"),
    ),
    page(
        "incomplete-line",
        "a line ends too early",
        "\
A line is one sentence, and this one lacks its end. A line goes on below only after a comma.",
        article!("  when anyone attacks\n    each other party must assist the victim\n"),
        article!("  when anyone attacks a party\n    each other party must assist the victim\n"),
    ),
    page(
        "words-left-over",
        "the sentence was complete before these words",
        "\
One line says one thing. What follows a complete sentence is never ignored: it would look as if it
counted.",
        article!("  when anyone attacks a party\n    each other party must assist the victim with vigour\n"),
        article!("  when anyone attacks a party\n    each other party must assist the victim using all means\n"),
    ),
    page(
        "capitalised-keyword",
        "a keyword is written with capitals",
        "\
Capitals mark codes, so that `MAY` is never a modality and `may` never a state. Keywords and names are
lower-case wherever they stand, also at the beginning of a line.",
        "Charter pact \"Pact\"\n",
        "charter pact \"Pact\"\n",
    ),
    page(
        "keyword-as-name",
        "a name spells a keyword",
        "\
If a place could be called `area` or a body `party`, a sentence might be read in two ways. Names are the
author's own words; a second word, joined by a hyphen, makes a name of any keyword.",
        pact!("group party: BEL, FRA\n"),
        pact!("group first-parties: BEL, FRA\n"),
    ),
    page(
        "name-in-capitals",
        "a name is not lower-case and hyphenated",
        "\
What a charter declares for itself is written in lower-case letters of any script, with hyphens between
words. Capitals are for codes.",
        pact!("group Great_Powers: BEL, FRA\n"),
        pact!("group great-powers: BEL, FRA\n"),
    ),
    page(
        "lower-case-code",
        "a code is written in small letters",
        "\
Codes of actors are capitals: ISO 3166-1 alpha-3, or what an `actor` line declares. In small letters
the same word is somebody's declared name.",
        "charter pact \"Pact\"\nparties BEL, fra\n",
        "charter pact \"Pact\"\nparties BEL, FRA\n",
    ),
    page(
        "unknown-abbreviation",
        "no state has this Correlates of War abbreviation",
        "\
`COW:AUS` in a sentence is the state that the Correlates of War project abbreviates so (Austria), and
not the one whose ISO code has the same letters (Australia). This abbreviation is none of its 217.",
        after!("scenario \"s\" on 1950-07-01\n  COW:ZZZ attacks BEL\n"),
        after!("scenario \"s\" on 1950-07-01\n  DEU attacks BEL\n"),
    ),
    page(
        "missing-quotes",
        "words that no machine can decide are not in quotes",
        "\
Titles, matters and terms are quoted, since only people can tell what they mean. Outside quotes every
word is the language's own, or declared.",
        "charter pact \"Pact\"\nparties BEL, FRA\narticle 1 Mutual defence\n  unchecked\n",
        "charter pact \"Pact\"\nparties BEL, FRA\narticle 1 \"Mutual defence\"\n  unchecked\n",
    ),
    page(
        "pronoun",
        "a pronoun stands for somebody",
        "\
Disputes have been fought over what *it* or *they* meant in a treaty. A trigger hands out roles (`the
attacker`, `the victim`, `the requester`), and only those are spoken of.",
        article!("  when anyone attacks a party\n    each other party must assist it\n"),
        article!("  when anyone attacks a party\n    each other party must assist the victim\n"),
    ),
    page(
        "bad-number",
        "a number is not written in digits, or is too large",
        "Counts are whole numbers in digits without separators: `2 or more`, `48 hours`, `800000 soldiers`.",
        article!("  when two or more great-powers attack a party\n    each other party must assist the victim\n"),
        concat!(
            "charter pact \"Pact\"\nparties BEL, FRA, NLD\nrank great-power: DEU, RUS\narticle 1\n  unchecked\n",
            "  when 2 or more great-powers attack a party\n    each other party must assist the victim\n"
        ),
    ),
    page(
        "bad-date",
        "a date that no calendar has, or that is not ISO 8601",
        "\
Dates are year, month, day: `2025-09-17`. A bare month (`1866-06`) or year (`1866`) is an interval, and
where the day within it decides, the answer is open. Other orders are read differently in different
countries.",
        "charter pact \"Pact\"\nstatus signed 1950-02-30\nparties BEL, FRA\n",
        "charter pact \"Pact\"\nstatus signed 1950-02-28\nparties BEL, FRA\n",
    ),
    page(
        "zone-missing",
        "an hour has no zone",
        "\
Silence that runs out at ten o'clock runs out at another moment in another capital. An hour carries its
offset from Coordinated Universal Time (`+01:00`), or `Z` where there is none.",
        after!("scenario \"s\" on 1950-07-01\n  on 1950-07-01T10:00 DEU attacks BEL\n"),
        after!("scenario \"s\" on 1950-07-01\n  on 1950-07-01T10:00+01:00 DEU attacks BEL\n"),
    ),
    page(
        "bad-zone",
        "a zone is not written as hours and minutes",
        "\
Days begin somewhere. The zone of a charter's calendar is `UTC`, or `UTC` and an offset of hours and
minutes. Names of cities are not read: their clocks change.",
        "prelude\ncounting days after the event, months to the same date, hours from receipt, in UTC+1\n",
        "prelude\ncounting days after the event, months to the same date, hours from receipt, in UTC+01:00\n",
    ),
    page(
        "bad-grade",
        "a grade is not of the Admiralty code",
        "\
A grade has two parts that are judged apart: the source, from `A` (completely reliable) to `F` (cannot
be judged), and the content, from `1` (confirmed) to `6` (cannot be judged).",
        after!("claim \"a third state will join\" from \"agency\", grade Z9\n"),
        after!("claim \"a third state will join\" from \"agency\", grade C3\n"),
    ),
    page(
        "unknown-verb",
        "a verb that the language does not have",
        "\
Events and states are a closed list, so that two charters that speak of an attack speak of the same
thing. What is meant may go by another word: who invades attacks, who defends assists.",
        article!("  when anyone invades a party\n    each other party must assist the victim\n"),
        article!("  when anyone attacks a party\n    each other party must assist the victim\n"),
    ),
    page(
        "unknown-action",
        "an action that the language calls otherwise",
        "\
What may be owed is a closed list, since force is compared between charters. *Defend* is `assist`,
*guarantee* is `protect`, *fight* is `join the war beside`.",
        article!("  when anyone attacks a party\n    each other party must defend the victim\n"),
        article!("  when anyone attacks a party\n    each other party must assist the victim\n"),
    ),
    page(
        "unknown-modality",
        "a sentence whose force is not fixed",
        "\
Treaties say *shall*, *will*, *should* and *undertake*, and lawyers argue over each. Here there are five:
`must`, `must not`, `may` (a right or power), `is asked to` (a recommendation) and `need not` (a
release).",
        article!("  when anyone attacks a party\n    each other party shall assist the victim\n"),
        article!("  when anyone attacks a party\n    each other party must assist the victim\n"),
    ),
];
