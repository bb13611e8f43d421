//! `undeclared-class`: a class or group nobody declared. The words are in `undeclared_name`.

use super::{Check, Explanation, Run};

pub(crate) const CODE: &str = "undeclared-class";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "a class or group that is not declared",
        text: "\
*A great power*, *a European state*, *the guarantors* mean what the charter says they mean. A class is
declared with `named`, `allied`, `rank`, `region` or `ideology`, which also decides the reason an
answer gives when an adversary does not belong; a group, with `group`, lists the parties that carry a
role. Each is declared in the singular and may be spoken of in the plural.",
        bad: "\
charter league \"League\"
status signed 1882-05-20, in force since 1882-05-20
parties DEU, ITA
rank great-power: DEU, FRA, ITA
article 1
  unchecked
  when 2 or more great-pwers attack a party
    the other party must assist the victim
",
        good: "\
charter league \"League\"
status signed 1882-05-20, in force since 1882-05-20
parties DEU, ITA
rank great-power: DEU, FRA, GBR, ITA
article 1
  unchecked
  when 2 or more great-powers attack a party
    the other party must assist the victim
",
        source: None,
    },
    run: Run::Resolving,
};
