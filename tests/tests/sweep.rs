//! A sweep says what single questions say: every duty of everybody in every attack, and every conflict.
//!
//! `ACCEDE_SWEEP_SEEDS=5000 cargo test -p tests --test sweep` tries more random corpora;
//! `ACCEDE_SWEEP_SEED=17` tries one alone.

use std::collections::BTreeMap;

use charter::model::{ActionVerb, Charter, DutyLine, Family, Level, Modality, Opening, Statement, Verb, When, Who};
use charter::{Actor, Span};
use law::{Answer, Corpus, Flags, Holder, Origin, Outcome, Question, Relation, Row, Scope, Surety, Sweep, Verdict};
use tests::generate::Generated;

/// How many random corpora are tried where nobody says.
const SEEDS: u64 = 150;

/// Bearers, relation (none: a conflict) and the surest verdict.
type Told = BTreeMap<(Vec<String>, Option<Relation>), Surety>;

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().and_then(|text| text.parse().ok())
}

fn duty_of(charter: &Charter, origin: Origin) -> Option<(&DutyLine, &Opening)> {
    let article_of = |article: usize| charter.articles.get(article);
    let clause_of = |article: usize, clause: usize| article_of(article)?.clauses.get(clause);
    match origin {
        Origin::Clause { article, clause, line } => {
            let clause = clause_of(article, clause)?;
            Some((clause.duties.get(line)?, &clause.opening))
        }
        Origin::Exception { article, clause, exception, line } => Some((
            article_of(article)?.exceptions.get(exception)?.duties.get(line)?,
            &clause_of(article, clause)?.opening,
        )),
        Origin::Otherwise { article, clause, reservation, line } => {
            Some((charter.reservations.get(reservation)?.otherwise.get(line)?, &clause_of(article, clause)?.opening))
        }
        Origin::Track { .. } | Origin::Kind => None,
    }
}

/// What the definition of a sweep makes of one answer.
fn relation(corpus: &Corpus, answer: &Answer, attacker: &Actor, victim: &Actor) -> Option<Relation> {
    let (duty, opening) = duty_of(corpus.charter(&answer.charter)?, answer.origin)?;
    let to = answer.to.as_ref();
    let is_attack = matches!(duty.action.verb, ActionVerb::Attack | ActionVerb::Occupy);
    let relation = match duty.family() {
        Family::Active if to == Some(attacker) => Relation::Offence,
        Family::Active => Relation::Assist,
        Family::Deliberative => Relation::Consult,
        Family::Passive => Relation::Neutrality,
        Family::Restraint
            if is_attack && duty.modality == Modality::MustNot || duty.action.verb == ActionVerb::Respect =>
        {
            Relation::NonAggression
        }
        Family::Restraint => Relation::Restraint,
        Family::Power => return None,
    };
    let is_standing = matches!(opening, Opening::Always | Opening::On(_));
    let is_broken =
        answer.actor == Holder::Actor(attacker.clone()) && to == Some(victim) && relation == Relation::NonAggression;
    (!is_standing || is_broken).then_some(relation)
}

fn verdict(verdict: Verdict) -> Option<Surety> {
    match verdict {
        Verdict::Bound => Some(Surety::Bound),
        Verdict::Disputed => Some(Surety::Disputed),
        Verdict::Open => Some(Surety::Open),
        Verdict::NotBound => None,
    }
}

fn bearers(holder: &Holder) -> Vec<String> {
    match holder {
        Holder::Actor(actor) => vec![actor.to_string()],
        Holder::Together(members) => {
            let mut members: Vec<String> = members.iter().map(ToString::to_string).collect();
            members.sort();
            members.insert(0, "together".to_owned());
            members
        }
    }
}

fn told(corpus: &Corpus, outcome: &Outcome, attacker: &Actor, victim: &Actor) -> Told {
    let mut told = Told::new();
    for answer in &outcome.answers {
        let (Some(relation), Some(verdict)) = (relation(corpus, answer, attacker, victim), verdict(answer.verdict))
        else {
            continue;
        };
        let known = told.entry((bearers(&answer.actor), Some(relation))).or_insert(verdict);
        *known = (*known).min(verdict);
    }
    for conflict in &outcome.conflicts {
        told.insert((vec![conflict.of.to_string()], None), Surety::Bound);
    }
    told
}

fn clash_of(outcome: &Outcome, clash: &law::Conflict) -> String {
    let told = |position: usize| {
        outcome.answers.get(position).map(|answer| {
            let (to, against) = (answer.to.as_ref(), answer.against.as_ref());
            format!("{} {:?} {} to {to:?} against {against:?}", answer.charter, answer.provision, answer.duty)
        })
    };
    format!("{}: {:?} / {:?}", clash.of, told(clash.help), told(clash.hinders))
}

fn question(on: When, verb: Verb, attacker: &Actor, victim: &Actor, everybody: &[Actor]) -> Question {
    let statement = Statement {
        subject: Who::one(attacker),
        negated: false,
        verb,
        object: charter::model::Object::Who(Who::one(victim)),
        place: None,
        provocation: None,
        from_within: false,
        span: Span::NONE,
    };
    let fact = charter::model::FactLine::plain(statement);
    Question { facts: vec![fact], about: everybody.to_vec(), evidence: Level::Text, ..Question::on(on) }
}

/// Sweeps through the times, and holds each of the attacks that `is_tried` against a question.
fn compare(
    corpus: &Corpus,
    scope: &Scope,
    times: &[When],
    is_tried: impl Fn(usize, usize) -> bool,
) -> Result<usize, String> {
    let mut sweep = Sweep::new(corpus, scope);
    let everybody: Vec<Actor> = sweep.actors().iter().map(|actor| (*actor).clone()).collect();
    let mut compared = 0;
    for &on in times {
        let mut swept: BTreeMap<(usize, usize), Told> = BTreeMap::new();
        let mut year = sweep.at(on);
        let tally = year.tally();
        let mut counted = law::Tally::default();
        year.each(|_, row: Row<'_>| {
            let mut names: Vec<String> =
                row.bearers.iter().filter_map(|at| everybody.get(*at)).map(ToString::to_string).collect();
            names.sort();
            if row.is_together {
                names.insert(0, "together".to_owned());
            }
            match row.relation {
                Some(relation) => counted.count(relation, row.verdict),
                None => counted.conflicts += 1,
            }
            let before =
                swept.entry((row.attacker, row.victim)).or_default().insert((names, row.relation), row.verdict);
            assert!(before.is_none(), "one row twice: {row:?}");
        });
        if counted != tally {
            return Err(format!("on {on}: rows {counted:?}, counted {tally:?}"));
        }
        for (attacker, doer) in everybody.iter().enumerate() {
            for (victim, target) in everybody.iter().enumerate() {
                if attacker == victim || !is_tried(attacker, victim) {
                    continue;
                }
                let question = question(on, scope.verb, doer, target, &everybody);
                let outcome = law::answer(corpus, &question);
                if !outcome.troubles.is_empty() {
                    continue;
                }
                let asked = told(corpus, &outcome, doer, target);
                let found = swept.remove(&(attacker, victim)).unwrap_or_default();
                compared += asked.len().max(1);
                if asked != found {
                    let clashes: Vec<String> =
                        outcome.conflicts.iter().map(|clash| clash_of(&outcome, clash)).collect();
                    return Err(format!(
                        "{doer} {:?} {target} on {on}\nasked: {asked:?}\nswept: {found:?}\n{clashes:#?}",
                        scope.verb
                    ));
                }
            }
        }
    }
    Ok(compared)
}

fn times(case: &Generated) -> Vec<When> {
    let year = |year: i16| When::Year(year);
    let day = |year, month, day| When::Day(jiff::civil::date(year, month, day));
    vec![year(1930), day(1937, 10, 1), year(1938), day(1938, 9, 30), case.question.on, day(1939, 3, 1), year(1950)]
}

#[test]
fn random_corpora_swept_and_asked_say_the_same() {
    let seeds: Vec<u64> = match number("ACCEDE_SWEEP_SEED") {
        Some(seed) => vec![seed],
        None => (0..number("ACCEDE_SWEEP_SEEDS").unwrap_or(SEEDS)).collect(),
    };
    let mut compared = 0;
    for seed in seeds {
        let case = Generated::new(seed);
        let corpus = Corpus::new(case.prelude.clone(), case.charters.clone());
        let verbs = [Verb::Attacks, Verb::Threatens, Verb::ClashesWith, Verb::Occupies];
        let verb = verbs.into_iter().cycle().nth(usize::try_from(seed % 4).unwrap_or(0)).unwrap_or(Verb::Attacks);
        let scope = Scope { verb, ..Scope::everybody() };
        match compare(&corpus, &scope, &times(&case), |_, _| true) {
            Ok(number) => compared += number,
            Err(difference) => panic!("seed {seed}: {difference}\n{:#?}", case.charters),
        }
    }
    assert!(compared > 100, "{compared} comparisons are too few to show anything");
    println!("{compared} duties and conflicts compared");
}

/// A few of everybody, and not always the same.
fn is_sampled(year: i16) -> impl Fn(usize, usize) -> bool {
    let year = usize::from(year.unsigned_abs());
    move |attacker, victim| (attacker * 31 + victim * 17 + year) % 389 == 0
}

#[test]
fn the_projects_charters_swept_and_asked_say_the_same() {
    let charters = accede::Charters::of_the_project();
    let corpus = charters.corpus();
    let mut compared = 0;
    for year in [1830, 1859, 1870, 1887, 1908, 1914, 1921, 1939, 1956, 1973, 1990, 2003, 2020] {
        let times = [When::Year(year), When::Day(jiff::civil::date(year, 8, 2))];
        match compare(corpus, &Scope::everybody(), &times, is_sampled(year)) {
            Ok(number) => compared += number,
            Err(difference) => panic!("{difference}"),
        }
    }
    assert!(compared > 2_000, "{compared} comparisons are too few to show anything");
    println!("{compared} duties and conflicts compared");
}

#[test]
fn imported_alliances_swept_and_asked_say_the_same() {
    let root = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    let mut read = datasets::Read::default();
    for path in ["atop-4.01/member.csv", "cow/states.csv"] {
        match std::fs::read(root.join(path)) {
            Ok(bytes) => datasets::read(path, &bytes, &mut read),
            Err(error) => {
                println!("skipped: {path}: {error}");
                return;
            }
        }
    }
    let imported = datasets::corpus(&read);
    let alliances = imported.alliances.iter().map(|alliance| alliance.file.clone());
    let files: Vec<charter::SourceFile> = std::iter::once(imported.prelude.clone()).chain(alliances).collect();
    let library = charter::load(&files, None);
    let corpus = Corpus::new(library.prelude, library.charters);
    let mut compared = 0;
    for year in [1848, 1887, 1914, 1938, 1962, 1995] {
        match compare(&corpus, &Scope::everybody(), &[When::Year(year)], is_sampled(year)) {
            Ok(number) => compared += number,
            Err(difference) => panic!("{difference}"),
        }
    }
    assert!(compared > 2_000, "{compared} comparisons are too few to show anything");
    println!("{compared} duties and conflicts compared");
}

/// Whether years asked one after another get what each gets alone.
fn flags_remember_rightly(corpus: &Corpus, years: impl Iterator<Item = i16>) -> Result<usize, String> {
    let scope = Scope::everybody();
    let mut kept = Flags::new(corpus, &scope);
    let mut promised = 0;
    for year in years {
        let mut alone = Flags::new(corpus, &scope);
        let count = alone.actors().len();
        let (alone, kept) = (alone.year(year), kept.year(year));
        promised += alone.bits.iter().filter(|bits| **bits != 0).count();
        let differing = alone.bits.iter().zip(&kept.bits).position(|(one, other)| one != other);
        let differing = differing.or_else(|| alone.open.iter().zip(&kept.open).position(|(one, other)| one != other));
        if let Some(at) = differing {
            return Err(format!("{year}: actor {} towards {}", at / count.max(1), at % count.max(1)));
        }
    }
    Ok(promised)
}

#[test]
fn flags_of_a_year_do_not_depend_on_the_years_asked_before() {
    let charters = accede::Charters::of_the_project();
    let forwards = flags_remember_rightly(charters.corpus(), 1814..=2026).unwrap();
    let backwards = flags_remember_rightly(charters.corpus(), (1814..=2026).rev().step_by(7)).unwrap();
    assert!(forwards > backwards && backwards > 10_000, "{forwards} and {backwards} promises are too few");
    let mut promised = 0;
    for seed in 0..SEEDS {
        let case = Generated::new(seed);
        let corpus = Corpus::new(case.prelude, case.charters);
        let years = (1928..=1952).chain([1938, 1930, 1950]);
        promised += flags_remember_rightly(&corpus, years).unwrap_or_else(|differs| panic!("seed {seed}: {differs}"));
    }
    assert!(promised > 1_000, "{promised} promises are too few to show anything");
}
