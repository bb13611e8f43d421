//! Section 14 of the page: duties of one bearer that cannot both be kept. Read [`conflicts`].

use charter::model::{ActionVerb, ArticleRef, Charter, Family, Modality, PrecedenceOver};
use charter::{Actor, Name};
use law::{Answer, Conflict, ConflictRule, Holder, Provision, Verdict};

use super::answers::line_of;
use super::standing::Entry;
use super::view::{Case, Cast, View, World};
use super::who::ever_parties;

/// All pairs, each once, and what decides them.
pub(super) fn conflicts(case: &Case<'_>, answers: &[Answer]) -> Vec<Conflict> {
    let mut found: Vec<Conflict> = Vec::new();
    for (help, helping) in answers.iter().enumerate() {
        for (hinders, hindering) in answers.iter().enumerate() {
            let known = found.iter().any(|known| (known.help, known.hinders) == (hinders, help));
            let Some(of) = clash(case, helping, hindering) else { continue };
            if help == hinders || known {
                continue;
            }
            let decided = decided(case, of, (help, helping), (hinders, hindering));
            found.push(Conflict { of: of.clone(), help, hinders, decided });
        }
    }
    found
}

/// Whose duties clash: help against somebody, and something owed to that same one; or help to
/// somebody, and the refusal of that help.
fn clash<'a>(case: &Case<'_>, helping: &'a Answer, hindering: &Answer) -> Option<&'a Actor> {
    let (Holder::Actor(of), Holder::Actor(also)) = (&helping.actor, &hindering.actor) else { return None };
    let bound = helping.verdict == Verdict::Bound && hindering.verdict == Verdict::Bound;
    let line = |answer: &Answer| case.charter(&answer.charter).and_then(|charter| line_of(charter, answer.origin));
    let is_towards = helping.against.is_some() && helping.against == hindering.to;
    let favours = match hindering.family {
        Family::Active | Family::Passive => true,
        Family::Restraint => line(hindering).is_some_and(|line| {
            line.modality == Modality::MustNot && matches!(line.action.verb, ActionVerb::Attack | ActionVerb::Occupy)
        }),
        Family::Deliberative | Family::Power => false,
    };
    let is_refused = helping.to.is_some()
        && helping.to == hindering.against
        && match (line(helping), line(hindering)) {
            (Some(given), Some(refused)) => {
                let same = refused.action.verb == ActionVerb::Assist || refused.action.verb == given.action.verb;
                let help = super::is_help(&given.action.verb) && super::is_help(&refused.action.verb);
                refused.modality == Modality::MustNot && help && same
            }
            (_, _) => false,
        };
    let clashes = (is_towards && favours) || is_refused;
    (of == also && bound && helping.family == Family::Active && clashes).then_some(of)
}

type Side<'a> = (usize, &'a Answer);

fn decided(case: &Case<'_>, of: &Actor, one: Side<'_>, other: Side<'_>) -> Option<(ConflictRule, usize)> {
    let sides = [(one, other), (other, one)];
    for charter in case.charters {
        for precedence in &charter.precedence {
            let PrecedenceOver::Article(over) = &precedence.over else { continue };
            for ((winner, wins), (_, loses)) in sides {
                let names = is_meant(&precedence.winner, charter, wins) && is_meant(over, charter, loses);
                if names && is_for(case, precedence.for_parties_of.as_ref(), of) {
                    return Some((ConflictRule::PrevailsOver, winner));
                }
            }
        }
    }
    for ((_, saving), (saved, other)) in sides {
        let Some(charter) = case.charter(&saving.charter) else { continue };
        if charter.status.saves.iter().any(|saves| is_meant(saves, charter, other)) {
            return Some((ConflictRule::Saves, saved));
        }
    }
    for charter in case.charters {
        for precedence in &charter.precedence {
            if precedence.over != PrecedenceOver::EveryOther {
                continue;
            }
            for ((winner, wins), (_, loses)) in sides {
                let names = is_meant(&precedence.winner, charter, wins) && wins.charter != loses.charter;
                if names && is_for(case, precedence.for_parties_of.as_ref(), of) {
                    return Some((ConflictRule::EveryOther, winner));
                }
            }
        }
    }
    later(case, of, one, other)
}

/// Whether an answer comes from the charter, or the article, a line speaks of.
fn is_meant(meant: &ArticleRef, here: &Charter, answer: &Answer) -> bool {
    let charter = meant.charter.as_ref().unwrap_or(&here.name);
    let article = match (&meant.label, &answer.provision) {
        (None, _) => true,
        (Some(label), Some(Provision::Article(article))) => label == article,
        (Some(_), Some(Provision::Track(_)) | None) => false,
    };
    *charter == answer.charter && article
}

fn is_for(case: &Case<'_>, parties_of: Option<&Name>, of: &Actor) -> bool {
    match parties_of {
        Some(name) => case.charter(name).is_some_and(|charter| ever_parties(case, charter).contains(of)),
        None => true,
    }
}

fn later(case: &Case<'_>, of: &Actor, one: Side<'_>, other: Side<'_>) -> Option<(ConflictRule, usize)> {
    let (left, right) = (case.charter(&one.1.charter)?, case.charter(&other.1.charter)?);
    let concerned = [Some(of), one.1.to.as_ref(), other.1.to.as_ref()];
    let between_the_same = concerned.iter().all(|actor| {
        let is_party = |charter| actor.is_some_and(|actor| ever_parties(case, charter).contains(actor));
        is_party(left) && is_party(right)
    });
    if left.name == right.name || !between_the_same {
        return None;
    }
    let (made, also_made) = (made(case, left)?, made(case, right)?);
    if made == also_made {
        return None;
    }
    Some((ConflictRule::Later, if made > also_made { one.0 } else { other.0 }))
}

/// When a charter was signed, or else entered into force by its own words, however its status is
/// read.
pub(super) fn made(case: &Case<'_>, charter: &Charter) -> Option<i64> {
    let clock = case.clock(charter);
    if let Some(signed) = charter.status.signed {
        return Some(clock.start(signed).earliest);
    }
    let (world, cast) = (World::default(), Cast::default());
    let t = clock.stretch(case.question.on);
    match (View { case, charter, article: None, world: &world, cast: &cast, t, begun: false }).entry() {
        Entry::On(start, _) => Some(start.earliest),
        Entry::Never | Entry::Unknown => None,
    }
}
