//! `undeclared-place`: a place or area nobody declared. The words are in `undeclared_name`.

use super::{Check, Explanation, Run};

pub(crate) const CODE: &str = "undeclared-place";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "a place or area that is not declared",
        text: "\
Places are declared before they are spoken of, with `place`, and nest only as declared; a charter's
areas are put together from them. A place that nobody declared lies nowhere in particular, so whether
an attack there is inside a treaty's area could never be said. A misspelt place would look exactly
the same, which is why neither is let pass.",
        bad: "\
charter guarantee \"Guarantee\"
status signed 1839-04-19, in force since 1839-04-19
parties BEL, GBR
place belgium
article 1
  unchecked
  when anyone attacks BEL in belguim
    GBR must protect BEL
",
        good: "\
charter guarantee \"Guarantee\"
status signed 1839-04-19, in force since 1839-04-19
parties BEL, GBR
place belgium
article 1
  unchecked
  when anyone attacks BEL in belgium
    GBR must protect BEL
",
        source: None,
    },
    run: Run::Resolving,
};
