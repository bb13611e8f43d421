//! Pages about characters and files.

use super::{after, article, pact, page};
use crate::check::Explanation;

pub(super) const PAGES: &[Explanation] = &[
    page(
        "not-utf-8",
        "the file is not UTF-8",
        "\
A charter may hold names in any script, so its bytes have to say which letters they are. UTF-8 is the
one encoding that is read. The place shown is the first byte that does not fit; the rest of the file
is read as far as it can be.",
        "",
        after!(""),
    ),
    page(
        "source-too-long",
        "the text is longer than is ever read",
        "\
A charter that no one could read aloud in a year is a mistake or an attack. The limit is 64 MiB for a
file. Split it: one charter, one file.",
        "",
        after!(""),
    ),
    page(
        "more-errors",
        "there are more errors than are shown",
        "\
The first two hundred errors of a file are shown, and the rest are counted. Mend what is shown and
look again: one slip early in a file is often behind many that follow.",
        "",
        after!(""),
    ),
    page(
        "unclosed-fence",
        "a Markdown file ends inside a fence",
        "\
In a literate file the charter's text stands between a line with three backquotes and the word
`charter`, and a line with three backquotes. Without the second, the rest of the page would be read as
charter text.",
        "",
        after!(""),
    ),
    page(
        "control-character",
        "a control character stands in the text",
        "\
Some characters have no shape: nobody reading the charter sees them, and programs disagree on what they
do. None is allowed in a charter, not even in quotes or comments, save for tabs and ends of lines.",
        "# a bell \u{7} rings\n",
        "# a bell rings\n",
    ),
    page(
        "bidirectional-control",
        "a hidden sign changes the direction of the text",
        "\
Such signs reorder what is shown without changing what is written, so that a reader approves one
sentence and the machine runs another. Names in scripts that run from right to left need none of them.",
        "# parties \u{202e}UAS\n",
        "# parties SAU\n",
    ),
    page(
        "mixed-scripts",
        "one word mixes letters that look alike",
        "\
Latin, Greek and Cyrillic share shapes: a name with one letter of another script looks like a second
name and is none. Names may be in any of the three, each in one.",
        pact!("group gu\u{430}rantors: BEL\n"),
        pact!("group guarantors: BEL\n"),
    ),
    page(
        "letters-apart",
        "a letter and its mark are two characters",
        "\
Unicode can write one letter in two ways: ü as one character, or as u and a mark above it. They look the
same and are different names. Names and quoted texts are written composed, which is called NFC and is
what keyboards give; a text copied from elsewhere may need to be put right once.",
        pact!("group hu\u{308}ter: BEL\n"),
        pact!("group h\u{fc}ter: BEL\n"),
    ),
    page(
        "typographic-quotes",
        "the quotation marks are not straight",
        "\
Word processors turn straight quotation marks into curved ones. Charters use the straight one at both
ends, since the curved ones differ from language to language.",
        "charter pact “Pact”\nparties BEL\n",
        "charter pact \"Pact\"\nparties BEL\n",
    ),
    page(
        "unclosed-quotation",
        "a quotation is not closed on its line",
        "\
A quoted text begins and ends on one line. Without its second mark everything after it would be taken
for part of the title or term.",
        "charter pact \"Pact\nparties BEL\n",
        "charter pact \"Pact\"\nparties BEL\n",
    ),
    page(
        "unknown-symbol",
        "a sign that no sentence uses",
        "\
Charters are sentences, so that a lawyer can read them aloud. The signs are the comma, the colon,
parentheses in the numbers of articles, quotation marks, and `#` before a comment.",
        article!("  when anyone attacks a party => assist\n    each other party must assist the victim\n"),
        article!("  when anyone attacks a party\n    each other party must assist the victim\n"),
    ),
];
