//! Sections 10, 11 and 13 of the page: which answers a charter gives. Read [`Asking::charter`].

use charter::Actor;
use charter::model::{
    ActionVerb, Article, Bearer, Charter, Clause, DutyLine, Family, Member, Modality, Opening, Selector, Who,
};
use law::{Answer, Gate, Gates, Holder, Origin, Reason, Reasons, Trouble, Truth, Verdict};

use super::candidate::{Candidate, Kind};
use super::gates::{Burden, Sentence, Standpoint, concerns, owes_together};
use super::is_help;
use super::view::{Case, Cast, View, World};
use super::who::without_repeats;
use super::worlds::{WORLDS_MAX, first, worlds};

/// How far a charter is asked.
pub(super) enum Circle {
    /// Everything; and these are closely concerned.
    First(Vec<Actor>),
    /// Only what happened, and only of these.
    Second(Vec<Actor>),
}

/// A charter that is asked.
pub(super) struct Asking<'a> {
    pub(super) case: &'a Case<'a>,
    pub(super) charter: &'a Charter,
    pub(super) circle: Circle,
}

/// What one charter says.
#[derive(Default)]
pub(super) struct Said {
    pub(super) answers: Vec<Answer>,
    pub(super) rights: Vec<Answer>,
    pub(super) troubles: Vec<Trouble>,
}

impl<'a> Asking<'a> {
    /// Everything a charter says.
    pub(super) fn charter(&self) -> Said {
        let mut said = Said::default();
        for (number, article) in self.charter.articles.iter().enumerate() {
            self.article(number, article, &mut said);
        }
        if matches!(self.circle, Circle::First(_)) {
            for (number, track) in self.charter.tracks.iter().enumerate() {
                if !track.duties.is_empty() {
                    said.troubles.extend(self.trouble(law::Provision::Track(track.name.clone()), None, None));
                }
                for (line, duty) in track.duties.iter().enumerate() {
                    let origin = Origin::Track { track: number, line };
                    let sentence = Sentence { line: duty, origin, place: Standpoint::Track(track) };
                    self.sentence(&sentence, &mut said);
                }
            }
        }
        release(self.charter, &mut said);
        if super::is_worldwide(self.case, self.charter) {
            said.answers.retain(|answer| self.is_told(answer));
            said.rights.retain(|answer| self.is_told(answer));
        }
        if matches!(self.circle, Circle::First(_)) {
            self.kind_answers(&mut said);
        }
        said
    }

    /// That a provision cannot be answered, if there are too many worlds.
    fn trouble(
        &self,
        provision: law::Provision,
        article: Option<&Article>,
        clause: Option<&Clause>,
    ) -> Option<Trouble> {
        let worlds = worlds(self.case, self.charter, article, clause).err()?;
        Some(Trouble { charter: self.charter.name.clone(), provision: Some(provision), worlds, worlds_max: WORLDS_MAX })
    }

    fn is_closely_concerned(&self, actor: &Actor) -> bool {
        let (Circle::First(closely) | Circle::Second(closely)) = &self.circle;
        closely.contains(actor)
    }

    /// Whether an answer of a worldwide charter is told.
    fn is_told(&self, answer: &Answer) -> bool {
        let members = match &answer.actor {
            Holder::Actor(actor) => std::slice::from_ref(actor),
            Holder::Together(members) => members.as_slice(),
        };
        let timeless = match answer.origin {
            Origin::Clause { article, clause, .. }
            | Origin::Exception { article, clause, .. }
            | Origin::Otherwise { article, clause, .. } => {
                let article = self.charter.articles.get(article);
                let opening = article.and_then(|article| article.clauses.get(clause)).map(|clause| &clause.opening);
                matches!(opening, Some(Opening::Always | Opening::On(_)))
            }
            Origin::Track { .. } => true,
            Origin::Kind => false,
        };
        let is_near = members.iter().any(|member| self.is_closely_concerned(member));
        if timeless && self.case.participants.len() >= 2 {
            let named = super::named(self.case);
            let speaks = members.iter().any(|member| named.contains(member));
            return is_near && speaks && answer.to.as_ref().is_none_or(|to| named.contains(to));
        }
        let is_duty = matches!(answer.modality, Modality::Must | Modality::MustNot);
        let is_named = answer.to.as_ref().is_none_or(|to| super::named(self.case).contains(to));
        (is_near && is_named) || (is_duty && answer.verdict != Verdict::NotBound && !timeless)
    }

    fn article(&self, article_number: usize, article: &'a Article, said: &mut Said) {
        for (clause_number, clause) in article.clauses.iter().enumerate() {
            let provision = law::Provision::Article(article.label.clone());
            said.troubles.extend(self.trouble(provision, Some(article), Some(clause)));
            for (line, duty) in clause.duties.iter().enumerate() {
                let origin = Origin::Clause { article: article_number, clause: clause_number, line };
                let place = Standpoint::Clause(article, clause);
                self.sentence(&Sentence { line: duty, origin, place }, said);
            }
            for (exception, own) in article.exceptions.iter().enumerate() {
                for (line, duty) in own.duties.iter().enumerate() {
                    let origin = Origin::Exception { article: article_number, clause: clause_number, exception, line };
                    let place = Standpoint::Exception(article, clause, own);
                    self.sentence(&Sentence { line: duty, origin, place }, said);
                }
            }
            for (reservation, own) in self.charter.reservations.iter().enumerate() {
                let otherwise = own.otherwise.iter().enumerate().filter(|_| concerns(own, article));
                for (line, duty) in otherwise {
                    let clause_of = clause_number;
                    let origin = Origin::Otherwise { article: article_number, clause: clause_of, reservation, line };
                    let place = Standpoint::Otherwise(article, clause, reservation, own);
                    self.sentence(&Sentence { line: duty, origin, place }, said);
                }
            }
        }
    }

    fn view<'b>(&'b self, article: Option<&'b Article>, world: &'b World, cast: &'b Cast) -> View<'b>
    where
        'a: 'b,
    {
        let day = self.case.clock(self.charter).stretch(self.case.question.on);
        View { case: self.case, charter: self.charter, article, world, cast, t: day, begun: false }
    }

    fn candidates(&self, article: Option<&Article>, clause: Option<&Clause>) -> Vec<Candidate> {
        let world = first(self.charter, article);
        let cast = Cast { seeking: true, ..Cast::default() };
        let view = self.view(article, &world, &cast);
        let always = Opening::Always;
        let opening = clause.map_or(&always, |clause| &clause.opening);
        let mut candidates = view.candidates(opening);
        if matches!(self.circle, Circle::Second(_)) {
            candidates.retain(Candidate::is_normal);
        }
        candidates
    }

    /// All answers to one line.
    fn sentence(&self, sentence: &Sentence<'a>, said: &mut Said) {
        let Ok(worlds) = worlds(self.case, self.charter, sentence.article(), sentence.clause()) else { return };
        let mut answers: Vec<Answer> = Vec::new();
        for candidate in self.candidates(sentence.article(), sentence.clause()) {
            for answer in self.of_candidate(sentence, &candidate, &worlds) {
                let known = answers.iter_mut().find(|known| {
                    known.actor == answer.actor && known.to == answer.to && known.against == answer.against
                });
                match known {
                    Some(known) if nearness(&answer) < nearness(known) => *known = answer,
                    Some(_) => {}
                    None => answers.push(answer),
                }
            }
        }
        match sentence.line.modality {
            Modality::Must | Modality::MustNot => said.answers.extend(answers),
            Modality::May | Modality::IsAskedTo | Modality::NeedNot => said.rights.extend(answers),
        }
    }

    fn of_candidate(&self, sentence: &Sentence<'a>, candidate: &Candidate, worlds: &[World]) -> Vec<Answer> {
        let cast = Cast {
            roles: candidate.roles.clone(),
            fellows: candidate.fellows.clone(),
            doer: candidate.subject.clone(),
            event: candidate.event(),
            ..Cast::default()
        };
        let world = first(self.charter, sentence.article());
        let view = self.view(sentence.article(), &world, &cast);
        let bearers = bearers(&view, sentence);
        let ever_together = worlds.iter().any(|world| is_together(sentence, world)) && !bearers.is_empty();
        let group = ever_together.then(|| Burden { members: bearers.clone(), together: true });
        let alone = bearers.into_iter().map(|actor| Burden { members: vec![actor], together: false });
        let burdens: Vec<Burden> = group.into_iter().chain(alone).filter(|burden| self.is_asked(burden)).collect();

        let mut claims: Vec<(Burden, Option<Actor>, Option<Actor>)> = Vec::new();
        for burden in burdens {
            for (to, against) in counterparts(&view, sentence, &burden) {
                claims.push((burden.clone(), to, against));
            }
        }
        claims.retain(|(burden, to, against)| {
            !is_self_help(sentence.line, burden, to.as_ref(), against.as_ref())
                && self.is_of_interest(candidate, sentence, burden, to.as_ref().or(harmed(sentence.line, against)))
        });
        let answers = claims.into_iter().filter_map(|(burden, to, against)| {
            let cast = Cast { to, ..cast.clone() };
            self.answer(sentence, candidate, &burden, &cast, against, worlds)
        });
        answers.collect()
    }

    /// One answer: the same in all worlds, or disputed between them.
    fn answer(
        &self,
        sentence: &Sentence<'a>,
        candidate: &Candidate,
        burden: &Burden,
        cast: &Cast,
        against: Option<Actor>,
        worlds: &[World],
    ) -> Option<Answer> {
        let mut tries = Vec::new();
        for world in worlds.iter().filter(|world| !burden.together || is_together(sentence, world)) {
            let alone = !burden.together && is_together(sentence, world);
            let view = self.view(sentence.article(), world, cast);
            tries.push((world, view.tried(sentence, candidate, burden, alone)));
        }
        let first_saying = |verdict: Verdict| tries.iter().find(|(_, tried)| tried.gates.verdict() == verdict);
        let (_, one) = tries.first()?;
        let agreed = one.gates.verdict();
        let (verdict, (world, tried)) = if tries.iter().all(|(_, tried)| tried.gates.verdict() == agreed) {
            (agreed, tries.first()?)
        } else {
            (Verdict::Disputed, first_saying(Verdict::NotBound).or_else(|| first_saying(Verdict::Open))?)
        };
        let event = candidate.event().and_then(|position| self.case.facts.get(position));
        Some(Answer {
            actor: holder(burden),
            charter: self.charter.name.clone(),
            provision: Some(sentence.provision()),
            origin: sentence.origin,
            duty: sentence.line.word(),
            family: sentence.line.family(),
            modality: sentence.line.modality,
            standing: self.view(sentence.article(), world, cast).word(&burden.members, cast.to.as_ref()),
            to: cast.to.clone(),
            against,
            event: event.map(|fact| fact.number),
            verdict,
            gates: tried.gates,
            arises: tried.arises,
        })
    }

    /// In the second circle only some are asked.
    fn is_asked(&self, burden: &Burden) -> bool {
        match &self.circle {
            Circle::First(_) => true,
            Circle::Second(closely) => burden.members.iter().any(|member| closely.contains(member)),
        }
    }

    /// What holds always is told only where it concerns somebody who takes part.
    fn is_of_interest(
        &self,
        candidate: &Candidate,
        sentence: &Sentence<'_>,
        burden: &Burden,
        to: Option<&Actor>,
    ) -> bool {
        let timeless = match sentence.clause().map(|clause| &clause.opening) {
            Some(Opening::Always | Opening::On(_)) | None => true,
            Some(Opening::When(_) | Opening::While(_)) => false,
        };
        let participants = self.case.participants.clone();
        let takes_part = |actor: &Actor| participants.contains(actor);
        !timeless
            || candidate.kind != Kind::Plain
            || participants.is_empty()
            || to.is_none_or(takes_part)
            || burden.members.iter().any(takes_part)
    }

    /// Whether a duty to fight for the victim names its bearers, and no such duty names this one.
    fn names_others(&self, said: &Said, view: &View<'_>, bearer: &Actor, victim: &Actor) -> bool {
        let clauses = self.charter.articles.iter().flat_map(|article| &article.clauses);
        let lines = clauses.flat_map(|clause| &clause.duties);
        let fighting = lines.filter(|line| line.modality == Modality::Must && line.is_fighting());
        let named = fighting.filter_map(|line| named_bearers(view, line)).any(|named| named.contains(bearer));
        let answered = said.answers.iter().any(|answer| {
            let line = line_of(self.charter, answer.origin);
            matches!(answer.origin, Origin::Clause { .. })
                && answer.to.as_ref() == Some(victim)
                && answer.modality == Modality::Must
                && answer.family == Family::Active
                && line.is_some_and(|line| named_bearers(view, line).is_some())
        });
        answered && !named
    }

    fn kind_answers(&self, said: &mut Said) {
        let world = first(self.charter, None);
        let cast = Cast::default();
        let view = self.view(None, &world, &cast);
        let hostile = || self.case.facts.iter().filter(|fact| fact.is_hostile() && !fact.statement.negated);
        let victims = without_repeats(hostile().filter_map(|fact| fact.object().cloned()).collect());
        let mut answers = Vec::new();
        for bearer in view.ever_parties() {
            for victim in &victims {
                let attacks = hostile().any(|fact| fact.subject() == Some(&bearer) && fact.object() == Some(victim));
                let is_far = super::is_worldwide(self.case, self.charter) && !self.is_closely_concerned(&bearer);
                if is_far
                    || bearer == *victim
                    || attacks
                    || said.answers.iter().any(|answer| fights(answer, &bearer, victim))
                {
                    continue;
                }
                let towards = |answer: &&Answer| holds(answer, &bearer) && answer.to.as_ref() == Some(victim);
                let right = said.rights.iter().filter(towards).find(|right| {
                    right.family == Family::Active && matches!(right.modality, Modality::May | Modality::IsAskedTo)
                });
                let talk = said.answers.iter().filter(towards).find(|duty| duty.family == Family::Deliberative);
                let (reason, instead) = match (right, talk) {
                    (Some(right), _) => (Reason::RightNotDuty, Some(right)),
                    (None, Some(talk)) => (Reason::ConsultOnly, Some(talk)),
                    (None, None) => (Reason::NoTreaty, None),
                };
                let mut gates = Gates::default();
                gates.lower(Gate::Kind, Truth::No, Reasons::one(reason));
                let (truth, reasons) = view.standing(&bearer, Some(victim));
                gates.lower(Gate::Standing, truth, reasons);
                if view.is_ever_party(victim) {
                    let (truth, reasons) = view.standing(victim, None);
                    gates.lower(Gate::Standing, truth, reasons);
                }
                if self.names_others(said, &view, &bearer, victim) {
                    gates.lower(Gate::Standing, Truth::No, Reasons::one(Reason::NotParty));
                }
                answers.push(Answer {
                    actor: Holder::Actor(bearer.clone()),
                    charter: self.charter.name.clone(),
                    provision: instead.and_then(|instead| instead.provision.clone()),
                    origin: Origin::Kind,
                    duty: "defend",
                    family: Family::Active,
                    modality: Modality::Must,
                    to: Some(victim.clone()),
                    against: None,
                    event: None,
                    standing: view.word(std::slice::from_ref(&bearer), Some(victim)),
                    verdict: gates.verdict(),
                    gates,
                    arises: None,
                });
            }
        }
        said.answers.extend(answers);
    }
}

/// The bearers a line names one by one, where it does.
fn named_bearers(view: &View<'_>, line: &DutyLine) -> Option<Vec<Actor>> {
    match &line.bearer {
        Bearer::EachOf(members) | Bearer::Together(members) => Some(view.listed(members)),
        Bearer::Actor(actor) => Some(vec![actor.clone()]),
        Bearer::EachParty | Bearer::EachOtherParty | Bearer::TheOtherParty | Bearer::Role(_) | Bearer::EachMember => {
            None
        }
    }
}

/// What is owed comes first, then what is nearest to being owed: the verdict, failing gates, open gates.
fn nearness(answer: &Answer) -> (u8, usize, usize) {
    let rank = match answer.verdict {
        Verdict::Bound => 0,
        Verdict::Disputed => 1,
        Verdict::Open => 2,
        Verdict::NotBound => 3,
    };
    let gates = |truth: Truth| Gate::ALL.iter().filter(|gate| answer.gates.get(**gate).truth == truth).count();
    (rank, gates(Truth::No), gates(Truth::Open))
}

fn holder(burden: &Burden) -> Holder {
    match (burden.together, burden.members.first()) {
        (false, Some(actor)) => Holder::Actor(actor.clone()),
        (_, _) => Holder::Together(burden.members.clone()),
    }
}

fn is_together(sentence: &Sentence<'_>, world: &World) -> bool {
    let reading = world.reading.and_then(|number| sentence.article()?.readings.get(number));
    owes_together(&sentence.line.bearer, reading.map(|reading| &reading.meaning))
}

fn holds(answer: &Answer, actor: &Actor) -> bool {
    match &answer.actor {
        Holder::Actor(one) => one == actor,
        Holder::Together(members) => members.contains(actor),
    }
}

fn fights(answer: &Answer, bearer: &Actor, victim: &Actor) -> bool {
    answer.family == Family::Active && holds(answer, bearer) && answer.to.as_ref() == Some(victim)
}

/// Whose duty a sentence speaks of, one by one.
fn bearers(view: &View<'_>, sentence: &Sentence<'_>) -> Vec<Actor> {
    let others = || view.ever_parties().into_iter().filter(|party| !view.cast.holds_a_role(party)).collect();
    let bearers: Vec<Actor> = match &sentence.line.bearer {
        Bearer::EachParty => view.ever_parties(),
        Bearer::EachOtherParty | Bearer::TheOtherParty => others(),
        Bearer::EachOf(members) | Bearer::Together(members) => view.listed(members),
        Bearer::Actor(actor) => vec![actor.clone()],
        Bearer::Role(role) => view.cast.holder(*role).cloned().into_iter().collect(),
        Bearer::EachMember => sentence.track().map_or(Vec::new(), |track| track.members.clone()),
    };
    let bearers = without_repeats(bearers);
    match sentence.place {
        Standpoint::Otherwise(.., reservation) => {
            bearers.into_iter().filter(|bearer| *bearer == reservation.author).collect()
        }
        Standpoint::Clause(..) | Standpoint::Exception(..) | Standpoint::Track(_) => bearers,
    }
}

/// Whether what is done harms the one it is done to: some actions do, and to refuse others does.
fn harms_its_object(line: &DutyLine) -> bool {
    let refuses = line.modality == Modality::MustNot;
    let harm = [ActionVerb::BreakOffTradeWith, ActionVerb::Close, ActionVerb::Attack, ActionVerb::Occupy];
    (harm.contains(&line.action.verb) && !refuses) || (is_help(&line.action.verb) && refuses)
}

/// The one it is done to, where that harms him.
fn harmed<'b>(line: &DutyLine, against: &'b Option<Actor>) -> Option<&'b Actor> {
    let harms = harms_its_object(line) && line.action.whom.is_some() && line.against.is_none();
    against.as_ref().filter(|_| harms)
}

/// Towards whom and against whom: one pair for each answer.
fn counterparts(view: &View<'_>, sentence: &Sentence<'_>, burden: &Burden) -> Vec<(Option<Actor>, Option<Actor>)> {
    let line = sentence.line;
    let is_bearer = |actor: &Actor| !burden.together && burden.members.contains(actor);
    let favoured = |but: Option<&Actor>| {
        view.cast.favoured().filter(|favoured| !is_bearer(favoured) && but != Some(favoured)).cloned()
    };
    match (&line.action.whom, harms_its_object(line)) {
        (Some(whom), true) if line.against.is_none() => {
            let harmed = spoken_of(view, sentence, burden, whom);
            let harmed = if harmed.is_empty() { vec![None] } else { harmed };
            harmed.into_iter().map(|against| (favoured(against.as_ref()), against)).collect()
        }
        (Some(whom), false) => {
            let claimants = spoken_of(view, sentence, burden, whom).into_iter();
            claimants.map(|to| (to, adversary(view, line))).collect()
        }
        (Some(_), true) | (None, _) => vec![(favoured(None), adversary(view, line))],
    }
}

/// Those of whom an action speaks, one by one.
fn spoken_of(view: &View<'_>, sentence: &Sentence<'_>, burden: &Burden, whom: &Who) -> Vec<Option<Actor>> {
    let without_roles = |actors: Vec<Actor>| -> Vec<Actor> {
        actors.into_iter().filter(|actor| !view.cast.holds_a_role(actor)).collect()
    };
    let many = match &whom.selector {
        Selector::Actor(actor) => return vec![Some(actor.clone())],
        Selector::Role(role) => return vec![view.cast.holder(*role).cloned()],
        Selector::AParty | Selector::EachParty => view.ever_parties(),
        Selector::EachOtherParty | Selector::TheOtherParty => without_roles(view.ever_parties()),
        Selector::AClass(name) | Selector::Group(name) => view.listed(&[Member::Group(name.clone())]),
        Selector::AnyOf(members) | Selector::AllOf(members) | Selector::EachOf(members) => view.listed(members),
        Selector::EachOtherMember => sentence.track().map_or(Vec::new(), |track| track.members.clone()),
        Selector::Nobody
        | Selector::Anyone
        | Selector::AState
        | Selector::ANonParty
        | Selector::Count { .. }
        | Selector::Bearer
        | Selector::Originator
        | Selector::Body(_)
        | Selector::Charter(_) => return vec![None],
    };
    let mut claimants = without_repeats(many);
    claimants.retain(|actor| {
        let is_bearer = !burden.together && burden.members.contains(actor);
        !is_bearer && !view.is_left_out(whom, actor).is_yes()
    });
    claimants.into_iter().map(Some).collect()
}

fn adversary(view: &View<'_>, line: &DutyLine) -> Option<Actor> {
    match &line.against {
        Some(who) => view.single(who).cloned(),
        None if line.family() == Family::Active => view.cast.opposed().cloned(),
        None => None,
    }
}

/// Nobody owes help to himself or against himself.
fn is_self_help(line: &DutyLine, burden: &Burden, to: Option<&Actor>, against: Option<&Actor>) -> bool {
    let helps = matches!(line.family(), Family::Active | Family::Passive | Family::Deliberative);
    let against = if helps { against } else { against.filter(|_| harmed(line, &against.cloned()).is_some()) };
    !burden.together && burden.members.iter().any(|bearer| to == Some(bearer) || against == Some(bearer))
}

/// A release that is there lets its bearer off the same action towards the same claimant.
fn release(charter: &Charter, said: &mut Said) {
    let verb = |answer: &Answer| line_of(charter, answer.origin).map(|line| &line.action.verb);
    for right in said.rights.iter().filter(|right| right.modality == Modality::NeedNot) {
        if right.verdict != Verdict::Bound {
            continue;
        }
        for duty in said.answers.iter_mut().filter(|duty| duty.modality == Modality::Must) {
            if duty.actor == right.actor && duty.to == right.to && verb(duty) == verb(right) {
                duty.gates.lower(Gate::Standing, Truth::No, Reasons::one(Reason::Released));
                duty.verdict = Verdict::NotBound;
            }
        }
    }
}

/// The sentence an answer is about.
pub(super) fn line_of(charter: &Charter, origin: Origin) -> Option<&DutyLine> {
    match origin {
        Origin::Clause { article, clause, line } => {
            charter.articles.get(article)?.clauses.get(clause)?.duties.get(line)
        }
        Origin::Exception { article, exception, line, .. } => {
            charter.articles.get(article)?.exceptions.get(exception)?.duties.get(line)
        }
        Origin::Otherwise { reservation, line, .. } => charter.reservations.get(reservation)?.otherwise.get(line),
        Origin::Track { track, line } => charter.tracks.get(track)?.duties.get(line),
        Origin::Kind => None,
    }
}
