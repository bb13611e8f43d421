//! What was reported, contested and found; what was discharged and waived. Read [`Facts`] first.

use std::collections::btree_map::Entry as Slot;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use charter::model::{
    Article, ArticleLabel, Charter, ClassMembers, DutyLine, FactLine, Finder, Modality, Object, Selector, Statement,
    Verb, When, Who,
};
use charter::{Actor, Name, Span};

use crate::act::{Forum, Owed, Seeks};
use crate::framework::{Framework, Said};
use crate::refusal::{Refusal, Why, by_charter, by_record, by_vienna};

/// The facts of one charter, and what was done about the duties they opened.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    pub(crate) by_label: BTreeMap<Name, Reported>,
    /// What all these facts say, each once: it is long, and a party says the same again and again.
    pub(crate) words: BTreeSet<Arc<FactLine>>,
    /// Who stands on either side of a hostile fact.
    pub(crate) concerned: BTreeSet<Actor>,
    /// What was discharged: by whom, which duty; when, and where that can be seen.
    pub(crate) discharged: BTreeMap<(Actor, Owed), (i64, Name)>,
    /// What was waived: whose duty, which; by whom is its `to`.
    pub(crate) waived: BTreeMap<(Actor, Owed), i64>,
}

/// One fact.
#[derive(Clone, Debug)]
pub(crate) struct Reported {
    /// What it says, but for the time.
    /// INVARIANT: one of [`Facts::words`].
    pub(crate) words: Arc<FactLine>,
    /// When it happened.
    pub(crate) happened: When,
    pub(crate) by: Actor,
    pub(crate) on: i64,
    pub(crate) contested: BTreeMap<Actor, i64>,
    /// Who found, when, and whether it is so; in that order.
    pub(crate) found: Vec<(Name, i64, bool)>,
}

impl Facts {
    /// Whether an actor stands on either side of a hostile fact.
    pub(crate) fn is_concerned(&self, actor: &Actor) -> bool {
        self.concerned.contains(actor)
    }

    /// What a fact says, as it is kept already where another fact says the same.
    fn share(&mut self, line: FactLine) -> Arc<FactLine> {
        if let Some(words) = self.words.get(&line) {
            return Arc::clone(words);
        }
        let words = Arc::new(line);
        self.words.insert(Arc::clone(&words));
        words
    }
}

impl Reported {
    /// The fact as the language writes it.
    pub(crate) fn line(&self) -> FactLine {
        FactLine { on: Some(self.happened), ..FactLine::clone(&self.words) }
    }
}

/// Whether it is a duty, and not a right or a release.
fn is_owed(line: &DutyLine) -> bool {
    matches!(line.modality, Modality::Must | Modality::MustNot)
}

/// All that is owed by an article, whatever opens it.
fn duties_of(article: &Article) -> impl Iterator<Item = &DutyLine> {
    let of_clauses = article.clauses.iter().flat_map(|clause| &clause.duties);
    of_clauses.chain(article.exceptions.iter().flat_map(|exception| &exception.duties))
}

/// The actors that a selector names.
fn named(who: &Who) -> Vec<&Actor> {
    match &who.selector {
        Selector::Actor(actor) => vec![actor],
        Selector::EachOf(members) => members
            .iter()
            .filter_map(|member| match member {
                charter::model::Member::Actor(actor) => Some(actor),
                charter::model::Member::Group(_) => None,
            })
            .collect(),
        Selector::Nobody
        | Selector::Anyone
        | Selector::AState
        | Selector::AParty
        | Selector::ANonParty
        | Selector::AClass(_)
        | Selector::Count { .. }
        | Selector::AnyOf(_)
        | Selector::AllOf(_)
        | Selector::EachParty
        | Selector::EachOtherParty
        | Selector::TheOtherParty
        | Selector::EachOtherMember
        | Selector::Role(_)
        | Selector::Bearer
        | Selector::Originator
        | Selector::Body(_)
        | Selector::Group(_)
        | Selector::Charter(_) => Vec::new(),
    }
}

/// Whether only its subject can say it, since saying it is doing it; a body says it by deciding.
fn is_speech(verb: Verb) -> bool {
    match verb {
        Verb::Requests
        | Verb::Invokes
        | Verb::Finds
        | Verb::Decides
        | Verb::Consents
        | Verb::Releases
        | Verb::GivesNotice
        | Verb::TakesUp
        | Verb::BreaksSilenceOn
        | Verb::ObjectsTo
        | Verb::VotesFor
        | Verb::VotesAgainst
        | Verb::AbstainsOn
        | Verb::IsInForce
        | Verb::IsPartyTo
        | Verb::IsMemberOf => true,
        Verb::Attacks
        | Verb::ClashesWith
        | Verb::CommitsAggressionAgainst
        | Verb::Threatens
        | Verb::Blockades
        | Verb::Occupies
        | Verb::SendsArmedBandsInto
        | Verb::CyberAttacks
        | Verb::RisesAgainst
        | Verb::MakesWarOn
        | Verb::DeclaresWarOn
        | Verb::Supports
        | Verb::Assists
        | Verb::Mobilises
        | Verb::Surrenders
        | Verb::ConcludesPeaceWith
        | Verb::Breaks
        | Verb::Performs
        | Verb::IsAtWarWith
        | Verb::IsOccupiedBy
        | Verb::IsA
        | Verb::PlaceIsIn
        | Verb::IsBoundTo
        | Verb::Term => false,
    }
}

/// Which of those a party says of itself by a fact; for the rest there are acts.
fn is_own_word(verb: Verb) -> bool {
    matches!(verb, Verb::Requests | Verb::Invokes | Verb::Consents)
}

impl Framework {
    /// A party reports what happened, as the charter language says it.
    pub(crate) fn report(&mut self, said: Said<'_>, label: Name, fact: FactLine) -> Result<(), Refusal> {
        self.is_party(said)?;
        let verb = fact.statement.verb;
        let is_own = is_own_word(verb) && fact.statement.subject.selector == Selector::Actor(said.party.clone());
        if is_speech(verb) && !is_own {
            let message =
                format!("`{}` is not for `{}` to report: whose act it is signs it", fact.statement, said.party);
            return Err(by_record(Why::NotItsToSay, message));
        }
        self.enter_fact(said, label, fact)
    }

    /// A call is valid on signature: nobody need report it, and nobody else can.
    pub(crate) fn call(&mut self, said: Said<'_>, label: Name, thing: Name) -> Result<(), Refusal> {
        self.is_party(said)?;
        let statement = Statement {
            subject: Who::one(said.party),
            negated: false,
            verb: Verb::Requests,
            object: Object::Thing(thing),
            place: None,
            provocation: None,
            from_within: false,
            span: Span::NONE,
        };
        self.enter_fact(said, label, FactLine::plain(statement))
    }

    fn enter_fact(&mut self, said: Said<'_>, label: Name, mut line: FactLine) -> Result<(), Refusal> {
        if self.facts.by_label.contains_key(&label) {
            return Err(by_record(Why::LabelTaken, format!("a fact `{label}` has been reported already")));
        }
        // What the reporter says of others' views is theirs to say.
        let happened = line.on.take().unwrap_or_else(|| said.at.into());
        line.says = vec![said.party.clone()];
        line.denied_by = Vec::new();
        line.found_by = Vec::new();
        if law::is_hostile(line.statement.verb) && !line.statement.negated {
            let target = if let Object::Who(who) = &line.statement.object { named(who) } else { Vec::new() };
            for actor in named(&line.statement.subject).into_iter().chain(target) {
                self.facts.concerned.insert(actor.clone());
            }
        }
        let reported = Reported {
            words: self.facts.share(line),
            happened,
            by: said.party.clone(),
            on: said.now,
            contested: BTreeMap::new(),
            found: Vec::new(),
        };
        self.facts.by_label.insert(label, reported);
        Ok(())
    }

    pub(crate) fn names_fact(&self, label: &Name) -> Result<(), Refusal> {
        if self.facts.by_label.contains_key(label) {
            return Ok(());
        }
        Err(by_record(Why::UnknownFact, format!("no fact `{label}` has been reported")))
    }

    /// The body that has found a fact not to be so. A party that finds for itself only denies it.
    pub(crate) fn found_not_so_by(&self, label: &Name) -> Option<&Name> {
        let found = &self.facts.by_label.get(label)?.found;
        found.iter().map(|(by, _, so)| (by, so)).find(|(by, so)| !**so && self.body(by).is_some()).map(|(by, _)| by)
    }

    /// A party denies what another reported.
    pub(crate) fn contest(&mut self, said: Said<'_>, label: &Name) -> Result<(), Refusal> {
        self.is_party(said)?;
        self.names_fact(label)?;
        let Some(fact) = self.facts.by_label.get_mut(label) else { return Ok(()) };
        if fact.by == *said.party {
            return Err(by_record(Why::OwnFact, format!("`{}` reported `{label}` itself", said.party)));
        }
        if fact.contested.contains_key(said.party) {
            return Err(by_record(Why::AlreadyContested, format!("`{}` contests `{label}` already", said.party)));
        }
        fact.contested.insert(said.party.clone(), said.now);
        Ok(())
    }

    /// Who finds a fact, where the charter names somebody.
    fn finder(&self, label: &Name) -> Result<Option<&Finder>, Refusal> {
        self.names_fact(label)?;
        let statement = self.facts.by_label.get(label).map(|fact| &fact.words.statement);
        Ok(statement.and_then(|statement| match (statement.verb, &statement.object) {
            (Verb::Term, Object::Thing(term)) => {
                self.charter.terms.iter().find(|declared| declared.term == *term).map(|declared| &declared.found_by)
            }
            (Verb::IsA, Object::Class(class)) => {
                let class = self.charter.classes.iter().find(|declared| declared.name == *class)?;
                match &class.members {
                    ClassMembers::FoundBy(finder) => Some(finder),
                    ClassMembers::Listed(_) => None,
                }
            }
            (_, _) => None,
        }))
    }

    /// The one body that finds a fact; none: any body of the charter.
    pub(crate) fn finding_body(&self, label: &Name) -> Result<Option<Name>, Refusal> {
        match self.finder(label)? {
            Some(Finder::Body(body)) => Ok(Some(body.clone())),
            None => Ok(None),
            Some(Finder::Nobody) => Err(self.nobody_finds(label)),
            Some(Finder::Victim | Finder::Bearer | Finder::EachParty) => {
                let message = format!("each party finds `{label}` for itself, and no body does");
                Err(by_charter(Why::NotTheFinder, &self.charter.name, "its terms", message))
            }
        }
    }

    fn nobody_finds(&self, label: &Name) -> Refusal {
        let message = format!("`{}` lets nobody find `{label}`", self.charter.name);
        by_charter(Why::NobodyFinds, &self.charter.name, "its terms", message)
    }

    /// Whoever the charter says finds says whether a fact is so.
    pub(crate) fn determine(
        &mut self,
        said: Said<'_>,
        label: &Name,
        so: bool,
        by: Option<(Name, Name)>,
    ) -> Result<(), Refusal> {
        let finds_alone = match self.finder(label)? {
            Some(Finder::Nobody) => return Err(self.nobody_finds(label)),
            Some(Finder::Victim | Finder::Bearer | Finder::EachParty) => true,
            Some(Finder::Body(_)) | None => false,
        };
        self.is_party(said)?;
        let found_by = match by {
            None if finds_alone => said.party.name().clone(),
            None => {
                let message =
                    format!("`{label}` is found by a body of `{}`, not by `{}`", self.charter.name, said.party);
                return Err(by_charter(Why::NotTheFinder, &self.charter.name, "its bodies", message));
            }
            Some((matter, body)) => {
                let forum = Forum::Body(body.clone());
                self.is_adopted(said, &matter, &forum, &Seeks::Finding { fact: label.clone(), so })?;
                body
            }
        };
        if let Some(fact) = self.facts.by_label.get_mut(label) {
            fact.found.push((found_by, said.now, so));
        }
        Ok(())
    }

    /// That the charter, or a version of it, has such a duty where it is said to stand, and knows the fact. Whether it was
    /// ever owed is asked where duties are told: what nobody owed was discharged in vain.
    fn knows(&self, duty: &Owed) -> Result<(), Refusal> {
        let is_it = |line: &DutyLine| is_owed(line) && line.word() == duty.word.as_str();
        let is_there = match &duty.provision {
            law::Provision::Article(label) => self.lines_of_article(label).any(is_it),
            law::Provision::Track(name) => self.lines_of_track(name).any(is_it),
        };
        if !is_there {
            return Err(self.no_such_duty(duty));
        }
        duty.fact.as_ref().map_or(Ok(()), |label| self.names_fact(label))
    }

    /// The charter, and what is to amend it.
    fn versions(&self) -> impl Iterator<Item = &Charter> {
        std::iter::once(&self.charter).chain(self.amendments.0.values().map(|made| &made.version))
    }

    /// All that an article says is owed, in every version, and what reservations to it say instead.
    fn lines_of_article<'a>(&'a self, label: &'a ArticleLabel) -> impl Iterator<Item = &'a DutyLine> {
        let articles = self.versions().flat_map(|version| &version.articles);
        let own = articles.filter(move |article| article.label == *label).flat_map(duties_of);
        let given = self.versions().flat_map(|version| &version.reservations);
        let made = given.chain(self.reservations.0.values().map(|made| &made.reservation));
        own.chain(made.filter(move |made| made.article.label.as_ref() == Some(label)).flat_map(|made| &made.otherwise))
    }

    fn lines_of_track<'a>(&'a self, name: &'a Name) -> impl Iterator<Item = &'a DutyLine> {
        let tracks = self.versions().flat_map(|version| &version.tracks);
        tracks.filter(move |track| track.name == *name).flat_map(|track| &track.duties)
    }

    /// Why a duty does not stand where it is said to.
    fn no_such_duty(&self, duty: &Owed) -> Refusal {
        let place = match &duty.provision {
            law::Provision::Article(label) => {
                let is_there = self.versions().any(|version| version.articles.iter().any(|one| one.label == *label));
                if is_there { Ok(()) } else { self.has_article(label) }
            }
            law::Provision::Track(name) => self.has_track(name),
        };
        if let Err(refusal) = place {
            return refusal;
        }
        let lines: Vec<&DutyLine> = match &duty.provision {
            law::Provision::Article(label) => self.lines_of_article(label).collect(),
            law::Provision::Track(name) => self.lines_of_track(name).collect(),
        };
        let words: BTreeSet<&str> = lines.into_iter().filter(|line| is_owed(line)).map(DutyLine::word).collect();
        let words: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
        let there = if words.is_empty() { "no duty at all".to_owned() } else { words.join(", ") };
        let message = format!("{} has no duty to `{}`: it has {there}", duty.provision, duty.word);
        by_charter(Why::UnknownDuty, &self.charter.name, &duty.provision, message)
    }

    /// Who owes says that it has done what it owed; it may have left since.
    pub(crate) fn discharge(&mut self, said: Said<'_>, duty: Owed, evidence: Name) -> Result<(), Refusal> {
        self.was_party(said)?;
        self.knows(&duty)?;
        match self.facts.discharged.entry((said.party.clone(), duty)) {
            Slot::Vacant(slot) => {
                slot.insert((said.now, evidence));
                Ok(())
            }
            Slot::Occupied(slot) => {
                let message = format!("`{}` has discharged this duty to {} already", said.party, slot.key().1.word);
                Err(by_vienna(Why::AlreadyDischarged, "26", message))
            }
        }
    }

    /// Who is owed a duty lets one bearer off it.
    pub(crate) fn waive(&mut self, said: Said<'_>, bearer: Actor, duty: Owed) -> Result<(), Refusal> {
        self.was_party(said)?;
        self.knows(&duty)?;
        if duty.to.as_ref() != Some(said.party) {
            let message = format!("`{}` cannot waive what is not owed to it", said.party);
            return Err(by_vienna(Why::NotItsOwn, "45", message));
        }
        let key = (bearer, duty);
        if self.facts.waived.contains_key(&key) {
            let message = format!("`{}` has waived this duty of `{}` already", said.party, key.0);
            return Err(by_vienna(Why::AlreadyWaived, "45", message));
        }
        self.facts.waived.insert(key, said.now);
        Ok(())
    }

    fn was_party(&self, said: Said<'_>) -> Result<(), Refusal> {
        let was = self.roll.records.get(said.party).is_some_and(|record| record.stay(said.now).is_some());
        if was { Ok(()) } else { self.is_party(said) }
    }
}
