//! `exit-never-works`: a way out that can never take effect.

use jiff::civil::Date;

use super::dates::{first_day, is_surely_longer, last_day, later};
use super::walk::duties;
use super::{Check, Explanation, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::findings::Findings;
use crate::model::{ActionVerb, Charter, Ending, EntryIntoForce, Modality, Withdrawal};

pub(crate) const CODE: &str = "exit-never-works";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "a way out that can never take effect",
        text: "\
A withdrawal takes effect a time after notice, and perhaps not before some day. Where the notice is
longer than the charter's whole term, or that day lies after its end, the charter is over before any
withdrawal works. A renewal that has to be denounced longer before the end than a term lasts cannot
be denounced at all. A party that may `withdraw` from a charter with `no withdrawal` may not.",
        bad: "\
charter pact \"Pact\"
counting days after the event, months to the same date, hours from receipt, in UTC
status signed 1950-01-01, in force since 1950-06-01, ends 5 years after entry into force, withdrawal 6 years after notice
parties BEL, FRA
article 1
  unchecked
  when anyone attacks a party
    the other party must assist the victim
",
        good: "\
charter pact \"Pact\"
counting days after the event, months to the same date, hours from receipt, in UTC
status signed 1950-01-01, in force since 1950-06-01, ends 5 years after entry into force, withdrawal 1 year after notice
parties BEL, FRA
article 1
  unchecked
  when anyone attacks a party
    the other party must assist the victim
",
        source: Some("Vienna Convention on the Law of Treaties, articles 54 to 56"),
    },
    run: Run::Charter(run),
};

fn run(subject: &Subject<'_>, findings: &mut Findings) {
    let charter = subject.charter;
    let status = &charter.status;
    if let Some(Withdrawal::AfterNotice { notice, not_before }) = status.withdrawal {
        for ending in &status.ends {
            if let Ending::Term { term, .. } = ending
                && status.renews.is_none()
                && is_surely_longer(notice, *term)
            {
                report(subject, &format!("a notice of {notice}, in a charter of {term}"), findings);
            }
        }
        let too_late = not_before.zip(last_possible_day(charter));
        if let Some((day, end)) = too_late.filter(|(day, end)| first_day(*day).is_some_and(|day| day > *end)) {
            report(subject, &format!("no withdrawal before {day}, and the charter ends by {end}"), findings);
        }
    }
    renewal(subject, findings);
    if status.withdrawal == Some(Withdrawal::None) {
        powers(subject, findings);
    }
}

fn report(subject: &Subject<'_>, why: &str, findings: &mut Findings) {
    findings.warning(CODE, || {
        let span = subject.texts().clause(subject.charter.status.span, "withdrawal");
        Diagnostic::warning(CODE, span, "a withdrawal can never take effect")
            .label(why)
            .help("shorten the notice, or say `no withdrawal` if that is meant")
    });
}

fn renewal(subject: &Subject<'_>, findings: &mut Findings) {
    let status = &subject.charter.status;
    let Some((renewal, notice)) = status.renews.and_then(|renewal| renewal.notice.map(|notice| (renewal, notice)))
    else {
        return;
    };
    let first = status.ends.iter().find_map(|ending| match ending {
        Ending::Term { term, .. } => Some(*term),
        Ending::On(_) | Ending::Event { .. } | Ending::WithCharter(_) => None,
    });
    let which = if is_surely_longer(notice, renewal.term) {
        Some(("a renewal", renewal.term))
    } else {
        first.filter(|first| is_surely_longer(notice, *first)).map(|first| ("the first term", first))
    };
    if let Some((which, term)) = which {
        findings.warning(CODE, || {
            let span = subject.texts().clause(status.span, "renews");
            Diagnostic::warning(CODE, span, format!("{which} cannot be denounced in time"))
                .label(format!("notice {notice} before its end, in a term of {term}"))
        });
    }
}

/// Articles that let somebody withdraw from a charter that lets nobody.
fn powers(subject: &Subject<'_>, findings: &mut Findings) {
    let may = duties(subject.charter).map(|(_, duty)| duty);
    for duty in may.filter(|duty| duty.modality == Modality::May && duty.action.verb == ActionVerb::Withdraw) {
        findings.warning(CODE, || {
            Diagnostic::warning(CODE, duty.span, "a withdrawal can never take effect")
                .label("this lets a party withdraw")
                .also(subject.charter.status.span, "and this lets nobody")
        });
    }
}

/// The last day on which a charter can be alive, where its text fixes one.
pub(super) fn last_possible_day(charter: &Charter) -> Option<Date> {
    let status = &charter.status;
    if status.renews.is_some() {
        return None;
    }
    let begins = match status.in_force {
        Some(EntryIntoForce::Since(when) | EntryIntoForce::ProvisionallySince(when)) => last_day(when),
        Some(EntryIntoForce::WhenDeposited { .. } | EntryIntoForce::Unknown | EntryIntoForce::Never) | None => None,
    };
    let ends = status.ends.iter().filter_map(|ending| match ending {
        Ending::On(when) => last_day(*when),
        Ending::Term { term, after_signature: true } => later(last_day(status.signed?)?, *term),
        Ending::Term { term, after_signature: false } => later(begins?, *term),
        Ending::Event { .. } | Ending::WithCharter(_) => None,
    });
    ends.min()
}
