//! A charter is asked with a war's facts, day by day. Read [`asked`] first.

use charter::model::{
    ActionVerb, Charter, ConditionWord, EntryIntoForce, FactLine, Family, Level, Modality, Object, Opening, Selector,
    Statement, Verb, When, Who,
};
use charter::{Actor, Name, Span};
use jiff::civil::Date;
use law::{Answer, Corpus, Gate, Holder, Origin, Question, Reason, Truth, Verdict, answer, chronicles, sentence_of};

use super::calls::{Asked, Call, CallKind, Doubt, Refusal};
use super::people::People;
use super::wars::{Attack, War};

/// For so long after it ended a charter is asked all the same, as on its last day. ATOP has an
/// alliance end with the act that broke with it, and an attack that follows within the month belongs
/// to the same crisis; treaties mostly say, besides, that notice takes longer than that to work.
const DAYS_AFTER_END_MAX: i32 = 31;

/// A state that is in no charter: it stands in for the attacker where what is asked is whether the
/// attacker would have had to help against anybody else. ISO leaves the letters to their users.
const STAND_IN: &str = "ZZZ";

/// Asks these charters of a corpus about a war, on every day on which it was begun against somebody
/// and every day on which the charters changed while it was on.
#[must_use]
pub fn asked(corpus: &Corpus, names: &[Name], war: &War) -> Asked {
    let charters: Vec<&Charter> = names.iter().filter_map(|name| corpus.charter(name)).collect();
    let year = war.from().map_or(0, Date::year);
    let people = People::new(corpus, &charters, year);
    let mut asked =
        Asked { is_concerned: war.attacks.iter().any(|attack| people.concerns(attack)), ..Asked::default() };
    if !asked.is_concerned {
        return asked;
    }
    let asking = Asking { corpus, names, war, people: &people };
    for day in days(&charters, war) {
        let attacks: Vec<&Attack> = war.attacks.iter().filter(|attack| attack.from <= day).collect();
        asking.ask_on(day, &attacks, &mut asked);
        asking.ask_of_allies_attacked(day, &attacks, &mut asked);
    }
    for (day, attack) in asking.soon_after_the_end(&charters) {
        asking.ask_on(day, &[attack], &mut asked);
        asking.ask_of_allies_attacked(day, &[attack], &mut asked);
    }
    asked
}

struct Asking<'a> {
    corpus: &'a Corpus,
    names: &'a [Name],
    war: &'a War,
    people: &'a People<'a>,
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
        let opening = self.corpus.charter(&answer.charter).and_then(|charter| opening(charter, answer.origin));
        let is_whoever_began = matches!(opening, Some(Opening::While(_)))
            || event.is_some_and(|attack| self.people.actor(attack.attacker) == to);
        Call {
            kind,
            on: day,
            charter: answer.charter.clone(),
            provision: answer.provision.clone(),
            bearer,
            to,
            against: answer.against.clone(),
            doubts: self.doubts(answer),
            is_whoever_began: is_whoever_began && kind == CallKind::Fight,
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
                let is_help = matches!(self.kind(&answer), Some(CallKind::Fight | CallKind::Neutral));
                let is_his = answer.actor == Holder::Actor(bearer.clone()) && answer.to.as_ref() == Some(&victim);
                if is_help && is_his && is_alive(&answer) {
                    let call = self.call(&answer, CallKind::Turned, day, Some(attack), bearer.clone(), victim.clone());
                    asked.calls.push(Call { against: None, ..call });
                }
            }
        }
    }

    /// The attacks on or by somebody for whom a charter had ended shortly before, each with the last
    /// day before it did.
    fn soon_after_the_end(&self, charters: &[&Charter]) -> Vec<(Date, &Attack)> {
        let mut question = Question::on(When::Day(self.war.to().unwrap_or_default()));
        question.evidence = Level::Reported;
        let lives = chronicles(self.corpus, &question);
        let mut found = Vec::new();
        for life in lives.iter().filter(|life| charters.iter().any(|charter| charter.name == life.charter)) {
            for attack in &self.war.attacks {
                let sides = [self.people.actor(attack.attacker), self.people.actor(attack.target)];
                let left = life.parties.iter().filter(|stay| sides.contains(&stay.actor)).filter_map(|stay| stay.left);
                let out = left.chain(life.ended).map(|days| days.first).filter(|out| *out <= attack.from).max();
                let Some(last) = out.and_then(|out| out.yesterday().ok()) else { continue };
                if (attack.from - last).get_days() <= DAYS_AFTER_END_MAX {
                    found.push((last, attack));
                }
            }
        }
        found
    }

    /// What an answer's sentence promises, if it is one of the things that a war may call upon.
    fn kind(&self, answer: &Answer) -> Option<CallKind> {
        let charter = self.corpus.charter(&answer.charter)?;
        let sentence = sentence_of(charter, answer)?;
        let waits_for_war = match opening(charter, answer.origin)? {
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
        line
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

fn opening(charter: &Charter, origin: Origin) -> Option<&Opening> {
    match origin {
        Origin::Clause { article, clause, .. }
        | Origin::Exception { article, clause, .. }
        | Origin::Otherwise { article, clause, .. } => {
            charter.articles.get(article)?.clauses.get(clause).map(|clause| &clause.opening)
        }
        Origin::Track { .. } | Origin::Kind => None,
    }
}

/// The quoted terms among a clause's conditions.
fn terms(charter: &Charter, origin: Origin) -> Vec<Name> {
    let (Origin::Clause { article, clause, .. }
    | Origin::Exception { article, clause, .. }
    | Origin::Otherwise { article, clause, .. }) = origin
    else {
        return Vec::new();
    };
    let clause = charter.articles.get(article).and_then(|article| article.clauses.get(clause));
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
    let statement = Statement {
        subject: one(subject),
        negated: false,
        verb,
        object: Object::Who(one(object)),
        place: None,
        provocation: None,
        from_within: false,
        span: Span::NONE,
    };
    FactLine {
        label: None,
        on: Some(When::Day(on)),
        statement,
        says: Vec::new(),
        denied_by: Vec::new(),
        found_by: Vec::new(),
        until: None,
        evidence: None,
        span: Span::NONE,
    }
}

fn one(actor: &Actor) -> Who {
    Who { selector: Selector::Actor(actor.clone()), other_than: Vec::new(), span: Span::NONE }
}
