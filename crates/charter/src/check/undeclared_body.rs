//! `undeclared-body`: a body or track nobody declared. The words are in `undeclared_name`.

use super::{Check, Explanation, Run};

pub(crate) const CODE: &str = "undeclared-body";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "a body or track that is not declared",
        text: "\
A body that finds, decides or invites has members and a rule, and both are declared with `body`.
Without them nobody could say whether it decided. States are parties of a charter and members of a
body or track; a charter itself is no body.",
        bad: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-01-01
parties BEL, FRA, NLD
body council of all parties, decides by consensus
article 1
  unchecked
  when anyone attacks a party
  if counsil finds \"armed attack\"
    each other party must assist the victim
",
        good: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-01-01
parties BEL, FRA, NLD
body council of all parties, decides by consensus
article 1
  unchecked
  when anyone attacks a party
  if council finds \"armed attack\"
    each other party must assist the victim
",
        source: None,
    },
    run: Run::Resolving,
};
