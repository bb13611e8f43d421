//! The slow twin: the page `docs/language/meaning.md` as code, a second time, so plainly that it
//! can be read beside the page. Read [`answer`] first, then `view::View`.
//!
//! It shares the model, the question and the answer with the engine, and not one line of
//! evaluation. Nothing is remembered from one question to the next, nor within one: everything is
//! worked out again wherever it is needed.

mod answers;
mod candidate;
mod conflicts;
mod decision;
mod facts;
mod gates;
mod places;
mod standing;
mod statement;
mod time;
mod value;
mod view;
mod who;
mod worlds;

use charter::Actor;
use charter::Name;
use charter::model::{Assumption, Charter, Modality, Object, Prelude, Selector};
use law::{Answer, Holder, Outcome, Provision, Question, Standing, Truth, Verdict};

use answers::{Asking, Circle, Said, line_of};
use view::{Case, Cast, Performance, View};
use worlds::first;

/// Everything a question yields.
#[must_use]
pub fn answer(prelude: &Prelude, charters: &[Charter], question: &Question) -> Outcome {
    let mut case = Case::new(prelude, charters, question);
    let mut said = main_pass(&case);
    // The least fixed point: nobody is bound at first, and each pass can only add to who may be.
    loop {
        let owed = owed(&case, &said.answers);
        if owed == case.performances {
            break;
        }
        case.performances = owed;
        said = main_pass(&case);
    }
    let drafts = drafts(&case);
    let conflicts = conflicts::conflicts(&case, &said.answers);
    Outcome { answers: said.answers, rights: said.rights, conflicts, drafts, troubles: said.troubles }
}

/// Whether a body of a charter has decided a matter, on the day asked about.
#[must_use]
pub fn decision(
    prelude: &Prelude,
    charters: &[Charter],
    question: &Question,
    charter: &Name,
    body: &Name,
    matter: &Name,
) -> Truth {
    let case = Case::new(prelude, charters, question);
    let Some(charter) = case.charter(charter) else { return Truth::No };
    let (world, cast) = (view::World::default(), Cast::default());
    look(&case, charter, &world, &cast).is_decided(body, matter).truth
}

fn look<'a>(case: &'a Case<'a>, charter: &'a Charter, world: &'a view::World, cast: &'a Cast) -> View<'a> {
    let t = case.clock(charter).stretch(case.question.on);
    View { case, charter, article: None, world, cast, t, begun: false }
}

/// How far each charter is asked, in the order of the corpus.
fn circles<'a>(case: &Case<'a>) -> Vec<(&'a Charter, Option<Circle>)> {
    let participants = case.participants.clone();
    let is_first = |charter: &Charter| {
        if is_yet_to_come(case, charter) {
            return false;
        }
        let concerned = who::ever_parties(case, charter).iter().any(|party| participants.contains(party));
        let clauses = charter.articles.iter().flat_map(|article| &article.clauses);
        let patterns = clauses.flat_map(|clause| candidate::patterns(&clause.opening));
        let named = patterns.into_iter().any(|pattern| candidate::names(&pattern, &participants));
        participants.is_empty() || concerned || named || is_spoken_of(case, charter)
    };
    // A charter is living for whoever might yet owe something under it, however its status is read.
    let living_for = |charter: &Charter| -> Vec<Actor> {
        let read = |status: usize| view::World { status: Some(status), ..view::World::default() };
        let readings: Vec<view::World> = (0..charter.status_readings.len()).map(read).collect();
        let worlds = if readings.is_empty() { vec![first(charter, None)] } else { readings };
        let cast = Cast::default();
        let word = |world: &view::World, party: &Actor| {
            look(case, charter, world, &cast).word(std::slice::from_ref(party), None)
        };
        let living = |party: &Actor| {
            worlds.iter().any(|world| match word(world, party) {
                Standing::Draft
                | Standing::Signed
                | Standing::Unknown
                | Standing::Provisional
                | Standing::InForce
                | Standing::Suspended => true,
                Standing::NotInForce | Standing::Left | Standing::NotParty | Standing::Ended => false,
            })
        };
        who::ever_parties(case, charter).into_iter().filter(living).collect()
    };
    let near = case.charters.iter().filter(|charter| is_first(charter) && !is_worldwide(case, charter));
    let closely: Vec<Actor> = near.flat_map(&living_for).chain(named(case)).collect();
    let second = |charter: &Charter| living_for(charter).iter().any(|party| closely.contains(party));
    let only = &case.question.only;
    let circle = |charter: &Charter| {
        if !only.is_empty() && !only.contains(&charter.name) {
            None
        } else if is_first(charter) {
            Some(Circle::First(closely.clone()))
        } else if second(charter) {
            Some(Circle::Second(closely.clone()))
        } else {
            None
        }
    };
    case.charters.iter().map(|charter| (charter, circle(charter))).collect()
}

/// Named by a fact, or one of its bodies did something.
fn is_spoken_of(case: &Case<'_>, charter: &Charter) -> bool {
    let by_body = |fact: &view::Fact<'_>| {
        let Selector::Body(name) = &fact.statement.subject.selector else { return false };
        let (world, cast) = (view::World::default(), Cast::default());
        decision::body(charter, name).is_some() && look(case, charter, &world, &cast).is_own_body(name)
    };
    let by_name = |fact: &view::Fact<'_>| {
        let object = &fact.statement.object;
        let by_article =
            matches!(object, Object::Article(reference) if reference.charter.as_ref() == Some(&charter.name));
        by_article || matches!(object, Object::Charter(name) if *name == charter.name)
    };
    case.facts.iter().any(|fact| by_body(fact) || by_name(fact))
}

/// Made, by its own words, only after the day asked about; and nobody asks for it by its name.
fn is_yet_to_come(case: &Case<'_>, charter: &Charter) -> bool {
    let is_assumed = case.question.assumptions.iter().any(
        |assumption| matches!(assumption, charter::model::Assumption::InForceSince(name, _) if *name == charter.name),
    );
    let asked = case.clock(charter).stretch(case.question.on);
    let is_later = conflicts::made(case, charter).is_some_and(|made| made > asked.hi);
    is_later && !is_assumed && !case.question.only.contains(&charter.name)
}

/// More ever-parties than this make a charter worldwide.
const NOT_WORLDWIDE_MAX: usize = 50;

fn is_worldwide(case: &Case<'_>, charter: &Charter) -> bool {
    who::ever_parties(case, charter).len() > NOT_WORLDWIDE_MAX
}

/// Those who take part, and those who are asked about.
fn named(case: &Case<'_>) -> Vec<Actor> {
    case.participants.iter().chain(&case.question.about).cloned().collect()
}

fn main_pass(case: &Case<'_>) -> Said {
    let mut said = Said::default();
    for (charter, circle) in circles(case) {
        let Some(circle) = circle else { continue };
        let here = Asking { case, charter, circle }.charter();
        said.answers.extend(here.answers);
        said.rights.extend(here.rights);
        said.troubles.extend(here.troubles);
    }
    said
}

/// Who has, or may have, to help whom.
fn owed(case: &Case<'_>, answers: &[Answer]) -> Vec<Performance> {
    let owed = answers.iter().filter_map(|answer| {
        let line = line_of(case.charter(&answer.charter)?, answer.origin)?;
        let by_article = matches!(answer.provision, Some(Provision::Article(_)));
        let helps = by_article && answer.modality == Modality::Must && is_help(&line.action.verb);
        match (&answer.actor, &answer.to) {
            (Holder::Actor(by), Some(to)) if helps && answer.verdict != Verdict::NotBound => Some(Performance {
                by: by.clone(),
                to: to.clone(),
                charter: answer.charter.clone(),
                provision: answer.provision.clone(),
            }),
            (_, _) => None,
        }
    });
    owed.collect()
}

fn is_help(verb: &charter::model::ActionVerb) -> bool {
    use charter::model::ActionVerb::{Assist, Give, JoinTheWarBeside, Protect};
    matches!(verb, Assist | Protect | JoinTheWarBeside | Give(_))
}

/// What each draft would say if it were in force, and known by report.
fn drafts(case: &Case<'_>) -> Vec<Answer> {
    let mut answers = Vec::new();
    for (charter, circle) in circles(case) {
        let (world, cast) = (first(charter, None), Cast::default());
        let is_draft = look(case, charter, &world, &cast).is_draft();
        let Some(circle) = circle.filter(|_| is_draft) else { continue };
        let mut question = case.question.clone();
        question.assumptions.push(Assumption::InForceSince(charter.name.clone(), question.on));
        let mut as_if = Case::new(case.prelude, case.charters, &question);
        as_if.performances.clone_from(&case.performances);
        as_if.as_if = Some(charter.name.clone());
        let said = Asking { case: &as_if, charter, circle }.charter();
        answers.extend(said.answers);
        answers.extend(said.rights);
    }
    answers
}
