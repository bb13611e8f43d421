//! Pages about how sentences are built.

use super::{after, article, pact, page};
use crate::check::Explanation;

pub(super) const PAGES: &[Explanation] = &[
    page(
        "bare-list",
        "several bearers, and it is not said whether each or all as one",
        "\
London 1839 and Luxembourg 1867 differ in nothing but this: whether each guarantor owes the whole by
itself, or all of them owe it only together. So several bearers are `each of` a list (severally) or a
list `together` (collectively), and never a bare list.",
        article!("  when anyone attacks BEL\n    FRA, NLD must assist BEL\n"),
        article!("  when anyone attacks BEL\n    each of FRA, NLD must assist BEL\n"),
    ),
    page(
        "any-party-must",
        "a bearer that may mean any one or every one",
        "\
*Any party must* is read as *every party must* by some, and by others as *it is enough if one does*. The
bearers are `each party`, `each other party`, `the other party`, `each of` a list, a group `together`, a
code, or a role.",
        article!("  when anyone attacks BEL\n    any party must assist BEL\n"),
        article!("  when anyone attacks BEL\n    each other party must assist BEL\n"),
    ),
    page(
        "may-not",
        "`may not` is read in two ways",
        "\
*The party may not assist* forbids, or leaves free. `must not` forbids; `need not` releases.",
        article!("  when FRA attacks BEL\n    NLD may not assist FRA\n"),
        article!("  when FRA attacks BEL\n    NLD must not assist FRA\n"),
    ),
    page(
        "and-joins-nothing",
        "`and` joins two conditions",
        "\
Every `if` and `unless` line under an opening must be satisfied, and `or` joins within one line. With
`and` beside `or` there would be a precedence to learn, and a sentence with two readings.",
        article!("  when anyone attacks BEL\n  if FRA assists BEL and DEU assists BEL\n    NLD must assist BEL\n"),
        article!("  when anyone attacks BEL\n  if FRA assists BEL\n  if DEU assists BEL\n    NLD must assist BEL\n"),
    ),
    page(
        "or-joins-statements",
        "`or` stands between two subjects",
        "\
`or` joins whole statements: `if FRA attacks BEL or DEU attacks BEL`. Between subjects it would leave
open how far it reaches. `any of` a list is one subject, of whom one is enough; `all of` a list is one
that acts as a whole.",
        article!("  when FRA or DEU attacks BEL\n    NLD must assist BEL\n"),
        article!("  when any of FRA, DEU attacks BEL\n    NLD must assist BEL\n"),
    ),
    page(
        "verb-agreement",
        "the verb does not agree with its subject",
        "\
One actor `attacks`, several `attack`, and after `does not` the verb is bare. A charter is read aloud.",
        article!("  when FRA attack BEL\n    NLD must assist BEL\n"),
        article!("  when FRA attacks BEL\n    NLD must assist BEL\n"),
    ),
    page(
        "adjunct-order",
        "what narrows the duty stands out of order",
        "\
After the action come, in this order: `against` the adversary, `in` an area, `using` means, `only to` a
purpose, the time, `without the consent of`, `subject to`. In one order every duty is read at a glance
and two are compared at once.",
        article!("  when DEU attacks BEL\n    NLD must assist BEL using all means against DEU\n"),
        article!("  when DEU attacks BEL\n    NLD must assist BEL against DEU using all means\n"),
    ),
    page(
        "missing-comma",
        "no comma stands before this part of the sentence",
        "\
A comma sets apart when a duty is to be performed, whose consent it waits for, and what it is subject
to, so that `while the victim is at war` is never taken for part of what comes before.",
        article!("  when DEU attacks BEL\n    NLD must assist BEL at once\n"),
        article!("  when DEU attacks BEL\n    NLD must assist BEL, at once\n"),
    ),
    page(
        "dangling-comma",
        "a line ends with a comma and nothing continues it",
        "\
A comma at the end of a written line says that the sentence goes on below. Here a blank line follows, or
what can only be a new line, or nothing.",
        "charter pact \"Pact\"\nparties BEL, FRA,\n",
        "charter pact \"Pact\"\nparties BEL, FRA\n",
    ),
    page(
        "said-twice",
        "something that holds once is said twice",
        "\
A charter enters into force once, a body has one quorum. Of two such clauses one would have to be
ignored, and nobody could tell which.",
        pact!("status signed 1950-01-01, signed 1950-02-01\n"),
        pact!("status signed 1950-01-01\n"),
    ),
    page(
        "counting-incomplete",
        "`counting` leaves something open",
        "\
Whether the day of the event counts, from when hours run, and where days begin decide whether a notice
was in time. All of it is said: `counting days after the event, months to the same date, hours from
receipt, in UTC`.",
        "prelude\ncounting days after the event, in UTC\n",
        "prelude\ncounting days after the event, months to the same date, hours from receipt, in UTC\n",
    ),
    page(
        "condition-after-duty",
        "a condition stands below a duty",
        "\
Conditions come first and hold for every duty of the opening. Below a duty, a reader could take one for
a condition of what stands above it, or of what follows.",
        article!(
            "  when anyone attacks BEL\n    NLD must assist BEL\n  if FRA assists BEL\n    NLD must consult FRA\n"
        ),
        article!(
            "  when anyone attacks BEL\n    NLD must assist BEL\n  when anyone attacks BEL\n  if FRA assists BEL\n    NLD must consult FRA\n"
        ),
    ),
    page(
        "duty-without-opening",
        "nothing says when this is owed",
        "\
A duty arises from an event (`when`), lasts with a state (`while`), falls due on a date (`on`), or holds
without end (`always`). One of these opens it.",
        article!("    each party must not attack BEL\n"),
        article!("  always\n    each party must not attack BEL\n"),
    ),
    page(
        "opening-without-duty",
        "an opening is followed by no duty",
        "Something happens, and nobody owes anything. A right (`may`) or a release (`need not`) counts as well.",
        article!("  when anyone attacks a party\n"),
        article!("  when anyone attacks a party\n    each other party may assist the victim\n"),
    ),
    page(
        "exception-without-condition",
        "nothing says when the exception holds",
        "\
An exception without conditions would always hold, and the article never. Its `if` and `unless` lines
follow its heading.",
        after!("  exception \"their own attack\"\n"),
        after!("  exception \"their own attack\"\n    if BEL attacks FRA\n"),
    ),
    page(
        "reading-without-meaning",
        "a reading does not say what it means",
        "\
A reading takes the article `as written`, `as together`, `as each of`, or narrows it by `if` and
`unless` lines below; a reading of the status says `as ended on` a date or `as in force`.",
        after!("  reading \"narrow\" held by FRA\n"),
        after!("  reading \"narrow\" held by FRA\n    unless the victim attacks FRA\n"),
    ),
];
