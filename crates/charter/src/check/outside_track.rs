//! `outside-track`: members, items and originators where there is no track.

use super::walk::{self, Home, named_in, timing_statements};
use super::{Check, Explanation, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::findings::Findings;
use crate::model::{ActionVerb, Bearer, BodyMembers, DutyLine, Selector};
use crate::span::Span;

pub(crate) const CODE: &str = "outside-track";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "members, items or an originator outside a track",
        text: "\
One is a *party* of a charter and a *member* of a body or track. Items have an originator inside the
track they are shared in. Outside a track `each member`, `all members`, `the originator` and what is
done with items mean nothing: write `each party`, or move the line into the track.",
        bad: "\
charter platform \"Platform\"
status signed 2020-01-01, in force since 2020-01-01
parties PAK, SAU, TUR
article 1
  unchecked
  when a party requests consultation
    each member must consult the requester
",
        good: "\
charter platform \"Platform\"
status signed 2020-01-01, in force since 2020-01-01
parties PAK, SAU, TUR
article 1
  unchecked
  when a party requests consultation
    each other party must consult the requester
",
        source: None,
    },
    run: Run::Charter(run),
};

fn run(subject: &Subject<'_>, findings: &mut Findings) {
    for body in &subject.charter.bodies {
        if body.members == BodyMembers::AllMembers {
            report(body.span, "all members", "write `of all parties`, or put the body into the track", findings);
        }
    }
    for (home, duty) in walk::duties(subject.charter) {
        match home {
            Home::Track => {}
            Home::Clause(..) | Home::Article(_) | Home::Nowhere => check(duty, findings),
        }
    }
}

fn check(duty: &DutyLine, findings: &mut Findings) {
    if duty.bearer == Bearer::EachMember {
        report(duty.bearer_span, "each member", "write `each party`, or move the line into its track", findings);
    }
    let people = named_in(duty).chain(timing_statements(duty).flat_map(walk::speaks_of));
    for who in people {
        if who.selector == Selector::EachOtherMember {
            report(who.span, "each other member", "write `each other party`", findings);
        } else if who.selector == Selector::Originator {
            report(who.span, "the originator", "move the line into the track whose items it speaks of", findings);
        }
    }
    if matches!(duty.action.verb, ActionVerb::SeeItems | ActionVerb::PassOnItems | ActionVerb::RelayItems { .. }) {
        report(duty.span, "items", "move the line into the track whose items it speaks of", findings);
    }
}

fn report(span: Span, what: &str, help: &str, findings: &mut Findings) {
    findings.error(CODE, || {
        Diagnostic::error(CODE, span, format!("`{what}` outside a track")).label("there are none here").help(help)
    });
}
