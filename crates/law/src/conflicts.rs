//! Two duties of one bearer that cannot both be kept. Read [`conflicts`] first.
//!
//! `docs/language/meaning.md`, section 14; Vienna Convention 30.

use std::collections::{BTreeMap, BTreeSet};

use charter::model::{ActionVerb, DutyLine, Family, Modality, Precedence, PrecedenceOver};
use charter::{Actor, Name};

use crate::case::Case;
use crate::inquiry::{article_of, sentence};
use crate::{Answer, Conflict, ConflictRule, Holder, Provision, Verdict};

/// Bound answers by their bearer and another, each with its position.
type Towards<'a> = BTreeMap<(&'a Holder, &'a Actor), Vec<(usize, &'a Answer)>>;

/// Every pair of bound duties that clash, in the order of the first and then of the second.
pub(crate) fn conflicts(case: &Case<'_>, answers: &[Answer]) -> Vec<Conflict> {
    let bound: Vec<(usize, &Answer)> =
        answers.iter().enumerate().filter(|(_, answer)| answer.verdict == Verdict::Bound).collect();
    let (mut favouring, mut refusing) = (Towards::new(), Towards::new());
    for &(position, answer) in &bound {
        if let Some(to) = answer.to.as_ref().filter(|_| favours(case, answer)) {
            favouring.entry((&answer.actor, to)).or_default().push((position, answer));
        }
        if let Some(against) = answer.against.as_ref().filter(|_| refused(case, answer).is_some()) {
            refusing.entry((&answer.actor, against)).or_default().push((position, answer));
        }
    }
    let mut found: Vec<Conflict> = Vec::new();
    let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
    for &(help, helping) in bound.iter().filter(|(_, answer)| answer.family == Family::Active) {
        let Holder::Actor(of) = &helping.actor else { continue };
        let among = |list: &Towards<'_>, whom: Option<&Actor>| -> Vec<usize> {
            let answers = whom.and_then(|whom| list.get(&(&helping.actor, whom)));
            answers.map_or(Vec::new(), |answers| answers.iter().map(|(position, _)| *position).collect())
        };
        let refusals = among(&refusing, helping.to.as_ref());
        let mut hindered = among(&favouring, helping.against.as_ref());
        hindered.extend(refusals.into_iter().filter(|position| hinders_help(case, helping, answers.get(*position))));
        hindered.sort_unstable();
        for hinders in hindered {
            let Some(hindering) = answers.get(hinders) else { continue };
            let is_known = pairs.contains(&(hinders, help));
            if help != hinders && !is_known {
                let decided = decided(case, (help, helping), (hinders, hindering));
                pairs.insert((help, hinders));
                found.push(Conflict { of: of.clone(), help, hinders, decided });
            }
        }
    }
    found
}

/// The verb of a help that an answer gives, or that it forbids.
fn help_of<'c>(case: &Case<'c>, answer: &Answer) -> Option<&'c ActionVerb> {
    help_in(sentence(case.corpus.charter(&answer.charter)?, answer.origin)?)
}

/// The verb of a help that a sentence speaks of.
pub(crate) fn help_in(duty: &DutyLine) -> Option<&ActionVerb> {
    let is_help = matches!(
        duty.action.verb,
        ActionVerb::JoinTheWarBeside | ActionVerb::Assist | ActionVerb::Protect | ActionVerb::Give(_)
    );
    is_help.then_some(&duty.action.verb)
}

fn refused<'c>(case: &Case<'c>, answer: &Answer) -> Option<&'c ActionVerb> {
    help_of(case, answer).filter(|_| answer.modality == Modality::MustNot)
}

/// Whether a duty to refuse somebody help stands against a duty to help him: *assist* takes in every
/// help, any other word only itself.
fn hinders_help(case: &Case<'_>, helping: &Answer, refusing: Option<&Answer>) -> bool {
    let given = help_of(case, helping);
    let refused = refusing.and_then(|refusing| refused(case, refusing));
    is_refusal_of(given, refused)
}

/// Whether to refuse one help is to refuse another.
pub(crate) fn is_refusal_of(given: Option<&ActionVerb>, refused: Option<&ActionVerb>) -> bool {
    given.is_some() && (refused == Some(&ActionVerb::Assist) || refused == given)
}

/// Whether a duty is one of help, neutrality or restraint towards its claimant.
fn favours(case: &Case<'_>, answer: &Answer) -> bool {
    let charter = case.corpus.charter(&answer.charter);
    let duty = charter.and_then(|charter| sentence(charter, answer.origin));
    duty.map_or(matches!(answer.family, Family::Active | Family::Passive), is_favour)
}

/// The same of a sentence.
pub(crate) fn is_favour(duty: &DutyLine) -> bool {
    match duty.family() {
        Family::Active | Family::Passive => true,
        Family::Restraint => {
            duty.modality == Modality::MustNot && matches!(duty.action.verb, ActionVerb::Attack | ActionVerb::Occupy)
        }
        Family::Deliberative | Family::Power => false,
    }
}

/// What decides between two, and which prevails.
fn decided(case: &Case<'_>, one: (usize, &Answer), other: (usize, &Answer)) -> Option<(ConflictRule, usize)> {
    let both = [(one, other), (other, one)];
    let by = |rule: ConflictRule, wins: &dyn Fn(&Answer, &Answer) -> bool| {
        both.iter().find(|((_, winner), (_, loser))| wins(winner, loser)).map(|((position, _), _)| (rule, *position))
    };
    by(ConflictRule::PrevailsOver, &|winner, loser| prevails(case, winner, loser))
        .or_else(|| by(ConflictRule::Saves, &|winner, loser| is_saved(case, winner, loser)))
        .or_else(|| by(ConflictRule::EveryOther, &|winner, loser| prevails_over_all(case, winner, loser)))
        .or_else(|| by(ConflictRule::Later, &|winner, loser| is_later(case, winner, loser)))
}

fn lines<'a>(case: &'a Case<'_>) -> impl Iterator<Item = (&'a Name, &'a Precedence)> {
    case.corpus
        .charters
        .iter()
        .flat_map(|entry| entry.charter.precedence.iter().map(|precedence| (&entry.charter.name, precedence)))
}

/// Whether a reference in the charter `home` speaks of the answer's charter, and article if it names one.
fn refers_to(reference: &charter::model::ArticleRef, home: &Name, answer: &Answer) -> bool {
    let charter = reference.charter.as_ref().unwrap_or(home);
    *charter == answer.charter
        && reference
            .label
            .as_ref()
            .is_none_or(|label| matches!(&answer.provision, Some(Provision::Article(own)) if own == label))
}

fn prevails(case: &Case<'_>, winner: &Answer, loser: &Answer) -> bool {
    lines(case).any(|(home, line)| {
        let PrecedenceOver::Article(over) = &line.over else { return false };
        refers_to(&line.winner, home, winner)
            && refers_to(over, home, loser)
            && line.for_parties_of.as_ref().is_none_or(|name| is_party(case, winner, name))
    })
}

fn is_saved(case: &Case<'_>, winner: &Answer, loser: &Answer) -> bool {
    case.corpus.charters.iter().any(|entry| {
        let charter = &entry.charter;
        charter.name == loser.charter
            && charter.status.saves.iter().any(|saved| refers_to(saved, &charter.name, winner))
    })
}

fn prevails_over_all(case: &Case<'_>, winner: &Answer, loser: &Answer) -> bool {
    winner.charter != loser.charter
        && lines(case)
            .any(|(home, line)| line.over == PrecedenceOver::EveryOther && refers_to(&line.winner, home, winner))
}

/// Whether the bearer of an answer was ever a party to that charter.
fn is_party(case: &Case<'_>, answer: &Answer, name: &Name) -> bool {
    let scene = case.corpus.position(name).and_then(|position| case.scene(position));
    let Holder::Actor(actor) = &answer.actor else { return false };
    scene.is_some_and(|scene| scene.is_ever_party(actor))
}

fn is_later(case: &Case<'_>, winner: &Answer, loser: &Answer) -> bool {
    let scene = |answer: &Answer| case.corpus.position(&answer.charter).and_then(|position| case.scene(position));
    let (Some(later), Some(earlier)) = (scene(winner), scene(loser)) else { return false };
    let Holder::Actor(bearer) = &winner.actor else { return false };
    let same_parties = [Some(bearer), winner.to.as_ref(), loser.to.as_ref()]
        .into_iter()
        .all(|actor| actor.is_some_and(|actor| later.is_ever_party(actor) && earlier.is_ever_party(actor)));
    let date = |scene: &crate::case::Scene<'_>| {
        let signed = scene.entry.charter.status.signed.map(|when| scene.entry.calendar.start(when));
        signed.or_else(|| scene.life.entry.start()).map(|start| start.earliest)
    };
    let is_after = matches!((date(later), date(earlier)), (Some(later), Some(earlier)) if later > earlier);
    later.index != earlier.index && same_parties && is_after && article_of(winner.origin).is_some()
}
