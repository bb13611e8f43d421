//! `missing-counting`: a duration, and nothing said about how it runs.

use super::{Check, Explanation, Run, Subject, walk};
use crate::diagnostic::Diagnostic;
use crate::findings::Findings;
use crate::model::{Body, Charter, Duration, Ending, EntryIntoForce, Timing, TrackLeave, Withdrawal};
use crate::span::Span;

pub(crate) const CODE: &str = "missing-counting";

pub(crate) const CHECK: Check = Check {
    explanation: Explanation {
        code: CODE,
        summary: "a duration, and nothing said about how it runs",
        text: "\
*Within 48 hours*: of the event, or of learning of it? *One year after notice*: does the day of the
notice count, and in which zone does a day begin? Treaties have gone to court over less. A charter
that states a duration says how durations run, itself or through the prelude:

    counting days after the event, months to the same date, hours from receipt, in UTC

Days and months are never converted into each other.",
        bad: "\
charter pact \"Pact\"
status signed 1950-01-01, in force since 1950-06-01, withdrawal 1 year after notice
parties BEL, FRA
article 1
  unchecked
  when anyone attacks a party
    the other party must assist the victim
",
        good: "\
charter pact \"Pact\"
counting days after the event, months to the same date, hours from receipt, in UTC
status signed 1950-01-01, in force since 1950-06-01, withdrawal 1 year after notice
parties BEL, FRA
article 1
  unchecked
  when anyone attacks a party
    the other party must assist the victim
",
        source: None,
    },
    run: Run::Charter(run),
};

fn run(subject: &Subject<'_>, findings: &mut Findings) {
    let charter = subject.charter;
    if charter.counting.is_some() || subject.view.library.prelude.counting.is_some() {
        return;
    }
    let mut stated = durations(charter);
    let Some((duration, span)) = stated.next() else { return };
    let more = stated.count();
    findings.error(CODE, || {
        let end = subject.texts().whole_line(charter.span);
        let after_heading = Span { start: end.end, ..end };
        let line = "\ncounting days after the event, months to the same date, hours from receipt, in UTC";
        let number = subject.texts().word(span, &duration.to_string());
        let message = format!("`{}` states a duration, but not how durations run", charter.name);
        let fault = Diagnostic::error(CODE, number, message).label("counted how?");
        let fault = if more > 0 { fault.note(format!("and {more} more durations")) } else { fault };
        fault.suggest("say how durations run, here or in the prelude; for example", after_heading, line)
    });
}

/// Every duration a charter states, with the words around it.
fn durations(charter: &Charter) -> impl Iterator<Item = (Duration, Span)> {
    let status = &charter.status;
    let ends = status.ends.iter().filter_map(|ending| match ending {
        Ending::Term { term, .. } => Some(*term),
        Ending::Event { after, .. } => *after,
        Ending::On(_) | Ending::WithCharter(_) => None,
    });
    let renews = status.renews.iter().flat_map(|renewal| std::iter::once(renewal.term).chain(renewal.notice));
    let withdrawal = match status.withdrawal {
        Some(Withdrawal::AfterNotice { notice, .. }) => Some(notice),
        Some(Withdrawal::AtWill | Withdrawal::None) | None => None,
    };
    let entry = match &status.in_force {
        Some(EntryIntoForce::WhenDeposited { after, .. }) => *after,
        Some(
            EntryIntoForce::Since(_)
            | EntryIntoForce::ProvisionallySince(_)
            | EntryIntoForce::Unknown
            | EntryIntoForce::Never,
        )
        | None => None,
    };
    let standing = entry.into_iter().chain(ends).chain(renews).chain(withdrawal);
    let standing = standing.map(|duration| (duration, status.span));
    let bodies = charter.bodies.iter().chain(charter.tracks.iter().flat_map(|track| &track.bodies));
    let silences = bodies.filter_map(|body: &Body| body.silence.map(|silence| (silence, body.span)));
    let leaves = charter.tracks.iter().filter_map(|track| match track.leave {
        Some(TrackLeave::AfterNotice(notice)) => Some((notice, track.span)),
        Some(TrackLeave::AtWill) | None => None,
    });
    let duties = walk::duties(charter).flat_map(|(_, duty)| {
        duty.timing.iter().filter_map(|timing| match timing {
            Timing::Within(duration) | Timing::For(duration) => Some((*duration, duty.span)),
            Timing::AtOnce
            | Timing::NoLaterThan(_)
            | Timing::UntilDate(_)
            | Timing::UntilEvent(_)
            | Timing::Before(_)
            | Timing::After(_)
            | Timing::AfterEvent(_)
            | Timing::While(_) => None,
        })
    });
    standing.chain(silences).chain(leaves).chain(duties)
}
