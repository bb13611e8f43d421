//! `unknown-allow`: `allow` of something that cannot be allowed.

use super::{Check, Explanation, Run, View, explain};
use crate::diagnostic::Diagnostic;
use crate::findings::Findings;
use crate::name::Name;
use crate::span::Span;
use crate::spelling::nearest;

pub(crate) const CODE: &str = "unknown-allow";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "`allow` of a code that there is not",
        text: "\
`allow never-triggered` says that the author has looked at a warning and means what is written. It
takes the code in the square brackets of the message. A code that there is not silences nothing.",
        bad: "\
charter pact \"Pact\"
allow never-trigered
status signed 1950-01-01, in force since 1950-06-01
parties BEL, FRA
article 1
  unchecked
  when BEL attacks BEL
    FRA must assist BEL
",
        good: "\
charter pact \"Pact\"
allow never-triggered
status signed 1950-01-01, in force since 1950-06-01
parties BEL, FRA
article 1
  unchecked
  when BEL attacks BEL
    FRA must assist BEL
",
        source: None,
    },
    run: Run::Library(run),
};

fn run(view: &View<'_>, findings: &mut Findings) {
    for charter in view.given() {
        findings.enter(charter);
        check(view, &charter.allows, charter.span, findings);
    }
    findings.leave();
    if view.brings_prelude {
        check(view, &view.library.prelude.allows, view.library.prelude.span, findings);
    }
}

fn check(view: &View<'_>, allows: &[Name], span: Span, findings: &mut Findings) {
    for code in allows.iter().filter(|code| explain(code.as_str()).is_none()) {
        findings.warning(CODE, || {
            let span = view.texts.allow_line(span, code.as_str());
            let fault = Diagnostic::warning(CODE, span, format!("there is no warning `{code}`"));
            match nearest(code.as_str(), super::explanations().map(|page| page.code)) {
                Some(near) => fault.suggest(format!("did you mean `{near}`?"), span, near),
                None => fault.help("the code stands in square brackets in the warning"),
            }
        });
    }
}
