//! A charter is asked with a war's facts, day by day. Read [`asked`] first.

use std::collections::BTreeSet;

use charter::model::{
    ActionVerb, AreaKind, Article, Charter, Clause, ConditionWord, EntryIntoForce, FactLine, Family, Level, Location,
    Modality, Object, Opening, Role, Selector, Statement, Verb, When,
};
use charter::{Actor, Name};
use jiff::civil::Date;
use law::{
    Answer, Chronicle, Corpus, Gate, Holder, Origin, Question, Reason, Truth, Verdict, answer, chronicles, sentence_of,
};

use super::calls::{Asked, Call, CallKind, Doubt, Made, Refusal};
use super::fought::{Fought, Region};
use super::people::People;
use super::wars::{Attack, War};

/// What is done within so many days before an attack belongs to the same crisis. A charter that
/// ended within them is asked as on its last day: ATOP has an alliance end with the act that broke
/// with it, and treaties mostly say that notice takes longer than that to work. One that was made
/// within them was made in view of the attack.
const DAYS_OF_CRISIS: i32 = 31;

/// A state that is in no charter: it stands in for the attacker where what is asked is whether the
/// attacker would have had to help against anybody else. ISO leaves the letters to their users.
const STAND_IN: &str = "ZZZ";

/// Asks these charters of a corpus about a war, on every day on which it was begun against somebody
/// and every day on which the charters changed while it was on.
#[must_use]
pub fn asked(corpus: &Corpus, names: &[Name], war: &War, places: Places<'_>) -> Asked {
    let charters: Vec<&Charter> = names.iter().filter_map(|name| corpus.charter(name)).collect();
    let year = war.from().map_or(0, Date::year);
    let people = People::new(corpus, &charters, year);
    let mut asked =
        Asked { is_concerned: war.attacks.iter().any(|attack| people.concerns(attack)), ..Asked::default() };
    if !asked.is_concerned {
        return asked;
    }
    let mut question = Question::on(When::Day(war.to().unwrap_or_default()));
    question.evidence = Level::Reported;
    let mut lives = chronicles(corpus, &question);
    lives.retain(|life| names.contains(&life.charter));
    let asking = Asking { corpus, names, war, people: &people, lives, places };
    for day in days(&charters, war) {
        let attacks: Vec<&Attack> = war.attacks.iter().filter(|attack| attack.from <= day).collect();
        asking.ask_on(day, &attacks, &mut asked);
        asking.ask_of_allies_attacked(day, &attacks, &mut asked);
    }
    for (day, attack) in asking.soon_after_the_end() {
        asking.ask_on(day, &[attack], &mut asked);
        asking.ask_of_allies_attacked(day, &[attack], &mut asked);
    }
    for (day, attack) in asking.made_while_it_was_on() {
        asking.ask_on(day, &[&attack], &mut asked);
    }
    asked
}

/// Where a war was fought.
#[derive(Clone, Copy, Debug)]
pub struct Places<'a> {
    /// By whom.
    pub fought: &'a Fought,
    /// The war's Correlates of War number.
    pub war: Option<u32>,
}

struct Asking<'a> {
    corpus: &'a Corpus,
    names: &'a [Name],
    war: &'a War,
    people: &'a People<'a>,
    lives: Vec<Chronicle>,
    places: Places<'a>,
}

impl Asking<'_> {
    fn question(&self, day: Date) -> Question {
        let mut question = Question::on(When::Day(day));
        question.evidence = Level::Reported;
        question.home = self.names.first().cloned();
        question.only = self.names.to_vec();
        question
    }

    /// The war as it stands on a day: who has attacked whom until then.
    fn ask_on(&self, day: Date, attacks: &[&Attack], asked: &mut Asked) {
        let mut question = self.question(day);
        question.facts.extend(attacks.iter().map(|attack| self.attack(attack, day)));
        // A war goes on until peace is made, which is when the table has it end.
        for attack in attacks {
            if let Ok(next) = attack.to.tomorrow() {
                question.facts.push(self.peace(attack, next));
            }
        }
        for answer in answer(self.corpus, &question).answers {
            let on = |position: usize| attacks.get(position).copied();
            self.hear(&answer, day, answer.event.and_then(on), attacks, asked);
        }
    }

    fn hear(&self, answer: &Answer, day: Date, event: Option<&Attack>, attacks: &[&Attack], asked: &mut Asked) {
        let (Some(kind), Some(bearer)) = (self.kind(answer), bearer(answer)) else { return };
        let Some(to) = answer.to.clone() else { return };
        let is_between = |attack: &&&Attack| {
            let sides = [self.people.actor(attack.attacker), self.people.actor(attack.target)];
            sides.contains(&to) && answer.against.as_ref().is_none_or(|against| sides.contains(against))
        };
        let event = event.or_else(|| attacks.iter().find(is_between).copied());
        if kind == CallKind::NoAttack {
            let is_broken = |attack: &&&Attack| {
                attack.to >= day
                    && self.people.actor(attack.attacker) == bearer
                    && self.people.actor(attack.target) == to
            };
            let Some(breach) = attacks.iter().find(is_broken) else { return };
            if answer.verdict != Verdict::NotBound {
                asked.calls.push(self.call(answer, kind, day, Some(breach), bearer, to));
            }
            return;
        }
        if answer.verdict == Verdict::NotBound {
            let refusal = Refusal {
                on: day,
                charter: answer.charter.clone(),
                provision: answer.provision.clone(),
                bearer,
                to: Some(to),
                against: answer.against.clone(),
                reasons: answer.reasons(),
            };
            // Somebody outside the charter is never who was meant, however little else fails.
            let distance = |refusal: &Refusal| (refusal.reasons.contains(&Reason::NotParty), refusal.reasons.len());
            let is_nearer = asked.nearest.as_ref().is_none_or(|nearest| distance(&refusal) < distance(nearest));
            if is_nearer {
                asked.nearest = Some(refusal);
            }
            return;
        }
        let call = self.call(answer, kind, day, event, bearer, to);
        // What was owed on an earlier day is owed still, and no new call.
        let is_same = |other: &Call| {
            (other.kind, &other.bearer, &other.to, other.since) == (call.kind, &call.bearer, &call.to, call.since)
                && other.against == call.against
        };
        if !(call.is_older && asked.calls.iter().any(is_same)) {
            asked.calls.push(call);
        }
    }

    fn call(
        &self,
        answer: &Answer,
        kind: CallKind,
        day: Date,
        event: Option<&Attack>,
        bearer: Actor,
        to: Actor,
    ) -> Call {
        Call {
            kind,
            on: day,
            charter: answer.charter.clone(),
            provision: answer.provision.clone(),
            bearer,
            to,
            against: answer.against.clone(),
            doubts: self.doubts(answer),
            is_whoever_began: kind == CallKind::Fight && self.is_for_any_war(answer),
            is_away: event.is_some_and(|attack| self.away(attack.target).is_some()),
            made: event.map_or(Made::Before, |attack| self.made(&answer.charter, attack)),
            since: event.map(|attack| attack.from),
            is_older: event.is_some_and(|attack| attack.from < day),
        }
    }

    /// Whoever attacks one to whom he has promised help, or neutrality, turns on his ally, whomever
    /// and whatever place the promise was meant for. The law says nothing of help against oneself, so
    /// it is asked about somebody else in his place, and whether the promise lives is all that counts.
    fn ask_of_allies_attacked(&self, day: Date, attacks: &[&Attack], asked: &mut Asked) {
        for attack in attacks.iter().filter(|attack| day <= attack.to && self.people.are_parties(attack)) {
            let mut question = self.question(day);
            let bearer = self.people.actor(attack.attacker);
            let victim = self.people.actor(attack.target);
            question.facts.push(fact(day, &Actor::code(STAND_IN), Verb::Attacks, &victim));
            for answer in answer(self.corpus, &question).answers {
                // A promise to join in a war, whoever began it, is no promise of peace.
                let is_help = match self.kind(&answer) {
                    Some(CallKind::Fight) => !self.is_for_any_war(&answer),
                    Some(CallKind::Neutral) => true,
                    Some(CallKind::NoAttack | CallKind::Turned) | None => false,
                };
                let is_his = answer.actor == Holder::Actor(bearer.clone()) && answer.to.as_ref() == Some(&victim);
                if is_help && is_his && is_alive(&answer) {
                    let call = self.call(&answer, CallKind::Turned, day, Some(attack), bearer.clone(), victim.clone());
                    asked.calls.push(Call { against: None, ..call });
                }
            }
        }
    }

    /// Whether it is owed in any war, whoever began it: where its article speaks of a war and not of an
    /// attack, or of an attack by a party too.
    fn is_for_any_war(&self, answer: &Answer) -> bool {
        let article = self.corpus.charter(&answer.charter).and_then(|charter| article(charter, answer.origin));
        article.is_some_and(|article| article.clauses.iter().any(|clause| speaks_of_any_war(&clause.opening)))
    }

    /// The attacks on or by somebody for whom a charter had ended shortly before, each with the last
    /// day before it did.
    fn soon_after_the_end(&self) -> Vec<(Date, &Attack)> {
        let mut found = Vec::new();
        for life in &self.lives {
            for attack in &self.war.attacks {
                let sides = [self.people.actor(attack.attacker), self.people.actor(attack.target)];
                let left = life.parties.iter().filter(|stay| sides.contains(&stay.actor)).filter_map(|stay| stay.left);
                let out = left.chain(life.ended).map(|days| days.first).filter(|out| *out <= attack.from).max();
                let Some(last) = out.and_then(|out| out.yesterday().ok()) else { continue };
                if (attack.from - last).get_days() <= DAYS_OF_CRISIS {
                    found.push((last, attack));
                }
            }
        }
        found
    }

    /// The attacks that were on already when one of the two bound himself, each the other way round and
    /// with that day. Whoever allies with one who is at war takes the war as he finds it, and there each
    /// attacks the other.
    fn made_while_it_was_on(&self) -> Vec<(Date, Attack)> {
        let mut found = Vec::new();
        for life in &self.lives {
            for attack in &self.war.attacks {
                let sides = [self.people.actor(attack.attacker), self.people.actor(attack.target)];
                let stays = life.parties.iter().filter(|stay| sides.contains(&stay.actor));
                for bound in stays.filter_map(|stay| stay.from).map(|days| days.last) {
                    if attack.from < bound && bound <= attack.to {
                        let back = Attack { attacker: attack.target, target: attack.attacker, ..attack.clone() };
                        found.push((bound, back));
                    }
                }
            }
        }
        found
    }

    fn made(&self, charter: &Name, attack: &Attack) -> Made {
        let life = self.lives.iter().find(|life| life.charter == *charter);
        let Some(made) = life.and_then(|life| life.in_force).map(|days| days.first) else { return Made::Before };
        if made > attack.from {
            Made::During
        } else if (attack.from - made).get_days() <= DAYS_OF_CRISIS {
            Made::InView
        } else {
            Made::Before
        }
    }

    /// Where somebody fought, if it was nowhere in his own part of the world.
    fn away(&self, state: u16) -> Option<&BTreeSet<Region>> {
        self.places.fought.away(self.places.war?, state)
    }

    /// What an answer's sentence promises, if it is one of the things that a war may call upon.
    fn kind(&self, answer: &Answer) -> Option<CallKind> {
        let charter = self.corpus.charter(&answer.charter)?;
        let sentence = sentence_of(charter, answer)?;
        let waits_for_war = match clause(charter, answer.origin)?.opening {
            Opening::When(_) | Opening::While(_) => true,
            Opening::Always | Opening::On(_) => false,
        };
        match sentence.modality {
            Modality::Must => match sentence.family() {
                Family::Active if waits_for_war && is_fighting(&sentence.action.verb) => Some(CallKind::Fight),
                Family::Passive if waits_for_war => Some(CallKind::Neutral),
                Family::Active | Family::Passive | Family::Deliberative | Family::Restraint | Family::Power => None,
            },
            Modality::MustNot => {
                let is_attack = matches!(sentence.action.verb, ActionVerb::Attack | ActionVerb::Occupy);
                is_attack.then_some(CallKind::NoAttack)
            }
            Modality::May | Modality::IsAskedTo | Modality::NeedNot => None,
        }
    }

    fn doubts(&self, answer: &Answer) -> Vec<Doubt> {
        if answer.verdict == Verdict::Bound {
            return Vec::new();
        }
        let mut doubts = Vec::new();
        for gate in Gate::ALL {
            let value = answer.gates.get(gate);
            if value.truth != Truth::Open {
                continue;
            }
            if value.reasons.iter().any(|reason| reason == Reason::HourDecides) {
                doubts.push(Doubt::Time);
                continue;
            }
            match gate {
                Gate::Adversary => doubts.push(Doubt::Adversary),
                Gate::Place => doubts.push(Doubt::Place),
                Gate::Judgement | Gate::Request => {
                    let terms = self.corpus.charter(&answer.charter).map(|charter| terms(charter, answer.origin));
                    let terms = terms.unwrap_or_default();
                    if terms.is_empty() {
                        doubts.push(Doubt::Other(gate));
                    }
                    doubts.extend(terms.into_iter().map(Doubt::Term));
                }
                Gate::Instrument | Gate::Standing | Gate::Kind | Gate::Conduct | Gate::Threshold | Gate::Others => {
                    doubts.push(Doubt::Other(gate))
                }
            }
        }
        doubts
    }

    /// An attack as a fact; one that came only after the day asked about, as of that day.
    fn attack(&self, attack: &Attack, day: Date) -> FactLine {
        let (attacker, target) = (self.people.actor(attack.attacker), self.people.actor(attack.target));
        let mut line = fact(attack.from.min(day), &attacker, Verb::Attacks, &target);
        line.until = Some(When::Day(attack.to));
        line.statement.place = self.place(attack, &target);
        line
    }

    /// Where an attack took place, if not at home: upon the forces of the one attacked, in a part of
    /// the world that the corpus knows.
    fn place(&self, attack: &Attack, target: &Actor) -> Option<Location> {
        let mut regions = self.away(attack.target)?.iter();
        let (Some(region), None) = (regions.next(), regions.next()) else { return None };
        let name = match region {
            Region::Americas => "americas",
            Region::Europe => "europe",
            Region::Africa => "africa",
            Region::MiddleEast => "middle-east",
            Region::Asia => "asia",
            Region::Oceania => "south-west-pacific",
        };
        let within =
            self.corpus.prelude().places.iter().map(|place| &place.name).find(|place| place.as_str() == name)?;
        Some(Location::Of { kind: AreaKind::Forces, whose: target.clone(), within: Some(within.clone()) })
    }

    fn peace(&self, attack: &Attack, day: Date) -> FactLine {
        let (attacker, target) = (self.people.actor(attack.attacker), self.people.actor(attack.target));
        fact(day, &attacker, Verb::ConcludesPeaceWith, &target)
    }
}

/// Whether there is a promise between the two at all, whatever else it waits for.
fn is_alive(answer: &Answer) -> bool {
    [Gate::Instrument, Gate::Standing, Gate::Kind].iter().all(|gate| answer.gates.get(*gate).truth != Truth::No)
}

fn bearer(answer: &Answer) -> Option<Actor> {
    match &answer.actor {
        Holder::Actor(actor) => Some(actor.clone()),
        Holder::Together(actors) => actors.first().cloned(),
    }
}

/// Whether an action is what the data calls active: fighting, or help that may be fighting.
fn is_fighting(verb: &ActionVerb) -> bool {
    matches!(
        verb,
        ActionVerb::JoinTheWarBeside | ActionVerb::Assist | ActionVerb::Protect | ActionVerb::Attack | ActionVerb::Act
    )
}

fn clause(charter: &Charter, origin: Origin) -> Option<&Clause> {
    match origin {
        Origin::Clause { clause, .. } | Origin::Exception { clause, .. } | Origin::Otherwise { clause, .. } => {
            article(charter, origin)?.clauses.get(clause)
        }
        Origin::Track { .. } | Origin::Kind => None,
    }
}

fn article(charter: &Charter, origin: Origin) -> Option<&Article> {
    match origin {
        Origin::Clause { article, .. } | Origin::Exception { article, .. } | Origin::Otherwise { article, .. } => {
            charter.articles.get(article)
        }
        Origin::Track { .. } | Origin::Kind => None,
    }
}

fn speaks_of_any_war(opening: &Opening) -> bool {
    match opening {
        Opening::While(statements) => statements.iter().any(|statement| statement.verb == Verb::IsAtWarWith),
        Opening::When(statements) => statements.iter().any(|statement| {
            let is_hostile = statement.verb.roles() == (Some(Role::Attacker), Some(Role::Victim));
            is_hostile && statement.subject.selector == Selector::AParty
        }),
        Opening::Always | Opening::On(_) => false,
    }
}

/// The quoted terms among a clause's conditions.
fn terms(charter: &Charter, origin: Origin) -> Vec<Name> {
    let clause = clause(charter, origin);
    let conditions = clause.map(|clause| clause.conditions.as_slice()).unwrap_or_default();
    let lines = conditions.iter().filter(|condition| condition.word == ConditionWord::If);
    let statements = lines.flat_map(|condition| &condition.any_of);
    let quoted = statements.filter(|statement| statement.verb == Verb::Term);
    let names =
        quoted.filter_map(|statement| if let Object::Thing(name) = &statement.object { Some(name) } else { None });
    names.cloned().collect()
}

/// The days on which a war began between some two, and those on which the charters changed while it
/// was on.
fn days(charters: &[&Charter], war: &War) -> Vec<Date> {
    let mut days: Vec<Date> = war.attacks.iter().map(|attack| attack.from).collect();
    if let (Some(from), Some(to)) = (war.from(), war.to()) {
        let changes = charters.iter().flat_map(|charter| changes(charter));
        days.extend(changes.filter(|day| from <= *day && *day <= to));
    }
    days.sort_unstable();
    days.dedup();
    days
}

/// The days on which a charter changes by its own dates.
fn changes(charter: &Charter) -> Vec<Date> {
    let mut dates: Vec<When> = charter.history.iter().map(|entry| entry.on).collect();
    dates.extend(charter.status.signed);
    match charter.status.in_force {
        Some(EntryIntoForce::Since(when) | EntryIntoForce::ProvisionallySince(when)) => dates.push(when),
        Some(EntryIntoForce::WhenDeposited { .. } | EntryIntoForce::Unknown | EntryIntoForce::Never) | None => {}
    }
    dates.extend(charter.groups.iter().flat_map(|group| &group.members).filter_map(|member| member.from));
    dates.into_iter().filter_map(last_day).collect()
}

/// The day by which a date has come, however exactly it is written.
fn last_day(when: When) -> Option<Date> {
    match when {
        When::Day(day) => Some(day),
        When::Month(year, month) => Date::new(year, month, 1).ok().map(Date::last_of_month),
        When::Year(year) => Date::new(year, 12, 31).ok(),
        When::Instant(instant, minutes) => {
            let zone = charter::model::Zone { minutes_east: minutes };
            Some(zone.offset().to_datetime(instant).date())
        }
    }
}

fn fact(on: Date, subject: &Actor, verb: Verb, object: &Actor) -> FactLine {
    FactLine { on: Some(When::Day(on)), ..FactLine::plain(Statement::between(subject, verb, object)) }
}
