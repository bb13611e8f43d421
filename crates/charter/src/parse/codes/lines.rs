//! Pages about lines and what they belong to.

use super::{after, page};
use crate::check::Explanation;

pub(super) const PAGES: &[Explanation] = &[
    page(
        "unknown-line",
        "no kind of line begins so",
        "\
The first words of a line say what kind of line it is: `parties`, `when`, `if`, `scenario`. Indentation
says nothing; it is layout.",
        "charter pact \"Pact\"\npartys BEL, FRA\n",
        "charter pact \"Pact\"\nparties BEL, FRA\n",
    ),
    page(
        "misplaced-line",
        "a line stands where its kind has no place",
        "\
Every kind of line belongs somewhere: a condition under an opening, a variant in a scenario, `joined by`
in a track. What a line belongs to is decided by the lines above it.",
        "charter pact \"Pact\"\nparties BEL, FRA\n  if FRA attacks BEL\n",
        after!("  exception \"their own attack\"\n    if FRA attacks BEL\n"),
    ),
    page(
        "no-charter",
        "no charter has been opened",
        "\
What a file says belongs to a charter, which begins with its name and title, or to the `prelude` that all
charters of a corpus share.",
        "parties BEL, FRA\n",
        "charter pact \"Pact\"\nparties BEL, FRA\n",
    ),
    page(
        "second-prelude",
        "a corpus has one prelude",
        "The prelude is what all charters of a corpus share. With two, nobody could tell which of them holds.",
        "prelude\nplace europe\nprelude\nplace asia\n",
        "prelude\nplace europe, asia\n",
    ),
    page(
        "codes-not-first",
        "`codes` does not open the file",
        "\
Seven abbreviations of the Correlates of War spell another state in ISO, so a reader has to know from the
first line on which letters a file writes. A single sentence may say `COW:AUS` instead.",
        concat!("charter pact \"Pact\"\nparties BEL, FRA\n", "codes ISO\n"),
        concat!("codes ISO\n", "charter pact \"Pact\"\nparties BEL, FRA\n"),
    ),
];
