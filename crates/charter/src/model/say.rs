//! Sentences as the language writes them: what explanations and pages quote. Read a line's
//! `Display` beside its grammar; a test reads each back and compares.

#![expect(clippy::wildcard_enum_match_arm, reason = "states and plural subjects are few; the rest are alike")]

use std::fmt::{self, Display, Formatter};

use super::{
    Action, ActionVerb, AreaKind, ArticleRef, Bearer, Condition, ConditionWord, Countable, DutyLine, Gift, Location,
    Means, Member, Modality, Object, Opening, Provocation, Role, Selector, Statement, Timing, Verb, Who,
};
use crate::name::Name;

fn joined<T: Display>(out: &mut Formatter<'_>, items: &[T], between: &str) -> fmt::Result {
    for (position, item) in items.iter().enumerate() {
        if position > 0 {
            out.write_str(between)?;
        }
        write!(out, "{item}")?;
    }
    Ok(())
}

/// `a` or `an`.
fn article(name: &Name) -> &'static str {
    // `european` and `united` begin with a vowel for the eye only.
    let is_vowel = name.as_str().starts_with(['a', 'e', 'i', 'o', 'u']);
    if is_vowel && !["eu", "uni", "one"].iter().any(|sound| name.as_str().starts_with(sound)) { "an" } else { "a" }
}

impl Display for Member {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Actor(actor) => write!(out, "{actor}"),
            Self::Group(name) => write!(out, "{name}"),
        }
    }
}

impl Display for Role {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Attacker => "the attacker",
            Self::Victim => "the victim",
            Self::Threatener => "the threatener",
            Self::Threatened => "the threatened",
            Self::Belligerent => "the belligerent",
            Self::Enemy => "the enemy",
            Self::Requester => "the requester",
            Self::Notifier => "the notifier",
        })
    }
}

impl Display for Who {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match &self.selector {
            Selector::Nobody => out.write_str("nobody")?,
            Selector::Anyone => out.write_str("anyone")?,
            Selector::AState => out.write_str("a state")?,
            Selector::AParty => out.write_str("a party")?,
            Selector::ANonParty => out.write_str("a non-party")?,
            Selector::AClass(name) => write!(out, "{} {name}", article(name))?,
            Selector::Count { exactly, number, of } => counted(out, *exactly, *number, of)?,
            Selector::AnyOf(members) => listed(out, "any of", members)?,
            Selector::AllOf(members) => listed(out, "all of", members)?,
            Selector::EachOf(members) => listed(out, "each of", members)?,
            Selector::EachParty => out.write_str("each party")?,
            Selector::EachOtherParty => out.write_str("each other party")?,
            Selector::TheOtherParty => out.write_str("the other party")?,
            Selector::EachOtherMember => out.write_str("each other member")?,
            Selector::Actor(actor) => write!(out, "{actor}")?,
            Selector::Role(role) => write!(out, "{role}")?,
            Selector::Bearer => out.write_str("the bearer")?,
            Selector::Originator => out.write_str("the originator")?,
            Selector::Body(name) | Selector::Group(name) | Selector::Charter(Some(name)) => write!(out, "{name}")?,
            Selector::Charter(None) => out.write_str("this charter")?,
        }
        if !self.other_than.is_empty() {
            out.write_str(" other than ")?;
            joined(out, &self.other_than, ", ")?;
        }
        Ok(())
    }
}

fn listed(out: &mut Formatter<'_>, word: &str, members: &[Member]) -> fmt::Result {
    write!(out, "{word} ")?;
    joined(out, members, ", ")
}

fn counted(out: &mut Formatter<'_>, exactly: bool, number: u32, of: &Countable) -> fmt::Result {
    let several = number != 1 || !exactly;
    let plural = if several { "s" } else { "" };
    if exactly {
        write!(out, "exactly {number} ")?
    } else {
        write!(out, "{number} or more ")?
    }
    match of {
        Countable::States => write!(out, "state{plural}"),
        Countable::Parties => out.write_str(if several { "parties" } else { "party" }),
        Countable::NonParties => out.write_str(if several { "non-parties" } else { "non-party" }),
        // A name that ends in an `s` may be the plural as it was written: nothing is looked up yet in a line
        // that was read by itself.
        Countable::Class(name) if name.as_str().ends_with('s') => write!(out, "{name}"),
        Countable::Class(name) => write!(out, "{name}{plural}"),
    }
}

impl Display for ArticleRef {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match (&self.label, &self.charter) {
            (None, None) => out.write_str("this article"),
            (None, Some(charter)) => write!(out, "{charter}"),
            (Some(label), None) => write!(out, "{label}"),
            (Some(label), Some(charter)) => write!(out, "{label} of {charter}"),
        }
    }
}

impl Display for Statement {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self.verb {
            Verb::PlaceIsIn => write!(out, "the place {}in {}", is(self.negated), self.object)?,
            Verb::Term => {
                write!(out, "{}", self.object)?;
                // A term stands alone or before a comma; before a word it would be a movement's name.
                if self.place.is_some() || self.provocation.is_some() || self.from_within {
                    out.write_str(",")?;
                }
            }
            Verb::IsAtWarWith
            | Verb::IsOccupiedBy
            | Verb::IsInForce
            | Verb::IsPartyTo
            | Verb::IsMemberOf
            | Verb::IsA
            | Verb::IsBoundTo => write!(out, "{} {}", self.subject, state(self))?,
            _ => event(out, self)?,
        }
        if let Some(place) = &self.place {
            write!(out, " in {place}")?;
        }
        match self.provocation {
            Some(Provocation::Without) => out.write_str(" without provocation")?,
            Some(Provocation::After) => out.write_str(" after provocation")?,
            None => {}
        }
        if self.from_within { out.write_str(" from within") } else { Ok(()) }
    }
}

fn is(negated: bool) -> &'static str {
    if negated { "is not " } else { "is " }
}

fn state(statement: &Statement) -> String {
    let is = is(statement.negated);
    let object = &statement.object;
    match (statement.verb, object) {
        (Verb::IsAtWarWith, _) => format!("{is}at war with {object}"),
        (Verb::IsOccupiedBy, Object::Nothing) => format!("{is}occupied"),
        (Verb::IsOccupiedBy, _) => format!("{is}occupied by {object}"),
        (Verb::IsInForce, _) => format!("{is}in force"),
        (Verb::IsPartyTo, _) => format!("{is}a party to {object}"),
        (Verb::IsMemberOf, _) => format!("{is}a member of {object}"),
        (Verb::IsBoundTo, _) => format!("{is}bound to {object}"),
        (_, Object::Class(class)) => format!("{is}{} {class}", article(class)),
        (_, _) => format!("{is}{object}"),
    }
}

/// Whether a subject takes the bare verb.
fn is_plural(who: &Who) -> bool {
    match &who.selector {
        Selector::Count { exactly, number, .. } => !(*exactly && *number == 1),
        Selector::AllOf(_) => true,
        _ => false,
    }
}

fn event(out: &mut Formatter<'_>, statement: &Statement) -> fmt::Result {
    let (third, base, rest) = statement.verb.words();
    let several = is_plural(&statement.subject);
    write!(out, "{} ", statement.subject)?;
    match (statement.negated, several) {
        (true, true) => write!(out, "do not {base}")?,
        (true, false) => write!(out, "does not {base}")?,
        (false, true) => out.write_str(base)?,
        (false, false) => out.write_str(third)?,
    }
    out.write_str(rest)?;
    match (statement.verb, &statement.object) {
        (_, Object::Nothing) => Ok(()),
        (Verb::Requests, Object::Thing(thing)) if thing.as_str() == "consultation" => out.write_str(" consultation"),
        (Verb::Mobilises, object) => write!(out, " against {object}"),
        (Verb::Surrenders | Verb::Consents, object) => write!(out, " to {object}"),
        (_, object) => write!(out, " {object}"),
    }
}

impl Verb {
    /// How an event is written: of one, of several, and what follows either; a state has no such
    /// words.
    #[must_use]
    pub fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Attacks => ("attacks", "attack", ""),
            Self::ClashesWith => ("clashes", "clash", " with"),
            Self::CommitsAggressionAgainst => ("commits", "commit", " aggression against"),
            Self::Threatens => ("threatens", "threaten", ""),
            Self::Blockades => ("blockades", "blockade", ""),
            Self::Occupies => ("occupies", "occupy", ""),
            Self::SendsArmedBandsInto => ("sends", "send", " armed bands into"),
            Self::CyberAttacks => ("cyber-attacks", "cyber-attack", ""),
            Self::RisesAgainst => ("rises", "rise", " against"),
            Self::MakesWarOn => ("makes", "make", " war on"),
            Self::DeclaresWarOn => ("declares", "declare", " war on"),
            Self::Supports => ("supports", "support", ""),
            Self::Assists => ("assists", "assist", ""),
            Self::Mobilises => ("mobilises", "mobilise", ""),
            Self::Surrenders => ("surrenders", "surrender", ""),
            Self::ConcludesPeaceWith => ("concludes", "conclude", " peace with"),
            Self::Requests => ("requests", "request", ""),
            Self::Invokes => ("invokes", "invoke", ""),
            Self::Finds => ("finds", "find", ""),
            Self::Decides => ("decides", "decide", ""),
            Self::Consents => ("consents", "consent", ""),
            Self::Breaks => ("breaks", "break", ""),
            Self::Performs => ("performs", "perform", ""),
            Self::Releases => ("releases", "release", ""),
            Self::GivesNotice => ("gives", "give", " notice"),
            Self::TakesUp => ("takes", "take", " up"),
            Self::BreaksSilenceOn => ("breaks", "break", " silence on"),
            Self::ObjectsTo => ("objects", "object", " to"),
            Self::VotesFor => ("votes", "vote", " for"),
            Self::VotesAgainst => ("votes", "vote", " against"),
            Self::AbstainsOn => ("abstains", "abstain", " on"),
            Self::IsAtWarWith
            | Self::IsOccupiedBy
            | Self::IsInForce
            | Self::IsPartyTo
            | Self::IsMemberOf
            | Self::IsA
            | Self::PlaceIsIn
            | Self::IsBoundTo
            | Self::Term => ("is", "is", ""),
        }
    }
}

impl Display for Object {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => Ok(()),
            Self::Who(who) => write!(out, "{who}"),
            Self::Place(name) | Self::Charter(name) | Self::Body(name) | Self::Class(name) | Self::Area(name) => {
                write!(out, "{name}")
            }
            Self::Thing(thing) => write!(out, "\"{thing}\""),
            Self::Article(article) => write!(out, "{article}"),
            Self::Silence { matter, until } => write!(out, "\"{matter}\" by silence until {until}"),
            Self::Bond { to, kind } => write!(out, "{to} by \"{kind}\""),
        }
    }
}

impl Display for AreaKind {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Territory => "territory",
            Self::Islands => "islands",
            Self::Waters => "waters",
            Self::Forces => "forces",
            Self::Interests => "interests",
        })
    }
}

impl Display for Location {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named(name) => write!(out, "{name}"),
            Self::Of { kind, whose, within } => {
                write!(out, "{kind} of {whose}")?;
                within.as_ref().map_or(Ok(()), |within| write!(out, " in {within}"))
            }
        }
    }
}

impl Display for Opening {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Always => out.write_str("always"),
            Self::On(when) => write!(out, "on {when}"),
            Self::When(statements) => {
                out.write_str("when ")?;
                joined(out, statements, " or ")
            }
            Self::While(statements) => {
                out.write_str("while ")?;
                joined(out, statements, " or ")
            }
        }
    }
}

impl Display for Condition {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(match self.word {
            ConditionWord::If => "if ",
            ConditionWord::Unless => "unless ",
        })?;
        joined(out, &self.any_of, " or ")?;
        if self.by_practice { out.write_str(", by practice") } else { Ok(()) }
    }
}

impl Display for Bearer {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::EachParty => out.write_str("each party"),
            Self::EachOtherParty => out.write_str("each other party"),
            Self::TheOtherParty => out.write_str("the other party"),
            Self::EachOf(members) => listed(out, "each of", members),
            Self::Together(members) => {
                joined(out, members, ", ")?;
                out.write_str(" together")
            }
            Self::Actor(actor) => write!(out, "{actor}"),
            Self::Role(role) => write!(out, "{role}"),
            Self::EachMember => out.write_str("each member"),
        }
    }
}

impl Display for Modality {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Must => "must",
            Self::MustNot => "must not",
            Self::May => "may",
            Self::IsAskedTo => "is asked to",
            Self::NeedNot => "need not",
        })
    }
}

impl Display for Gift {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Bases => "bases",
            Self::Passage => "passage",
            Self::Arms => "arms",
            Self::Money => "money",
            Self::Information => "information",
        })
    }
}

impl Display for Action {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let object = ActionObject(self);
        match &self.verb {
            ActionVerb::JoinTheWarBeside => write!(out, "join the war beside{object}"),
            ActionVerb::Assist => write!(out, "assist{object}"),
            ActionVerb::Protect => write!(out, "protect{object}"),
            ActionVerb::Give(gift) => write!(out, "give {gift} to{object}"),
            ActionVerb::BreakOffTradeWith => write!(out, "break off trade with{object}"),
            ActionVerb::Close => {
                let place = self.place.as_ref().map_or("", Name::as_str);
                write!(out, "close {place} to{object}")
            }
            ActionVerb::Mobilise => out.write_str("mobilise"),
            ActionVerb::AgreeBeforehandWith => write!(out, "agree beforehand with{object}"),
            ActionVerb::Consult => write!(out, "consult{object}"),
            ActionVerb::CooperateIn => {
                let thing = self.thing.as_ref().map_or("", Name::as_str);
                write!(out, "cooperate in \"{thing}\"")?;
                self.whom.as_ref().map_or(Ok(()), |whom| write!(out, " with {whom}"))
            }
            ActionVerb::StayNeutral | ActionVerb::StayBenevolentlyNeutral => {
                let how = if self.verb == ActionVerb::StayNeutral { "" } else { "benevolently " };
                write!(out, "stay {how}neutral")?;
                self.whom.as_ref().map_or(Ok(()), |whom| write!(out, " towards {whom}"))
            }
            ActionVerb::Attack => write!(out, "attack{object}"),
            ActionVerb::Occupy => write!(out, "occupy{object}"),
            ActionVerb::Respect => write!(out, "respect{object}"),
            ActionVerb::MakeSeparatePeace => out.write_str("make separate peace"),
            ActionVerb::MakeContraryEngagements => out.write_str("make contrary engagements"),
            ActionVerb::CarryOutTheDecision => out.write_str("carry out the decision"),
            ActionVerb::Act => out.write_str("act"),
            ActionVerb::Withdraw => out.write_str("withdraw"),
            ActionVerb::Invite => write!(out, "invite{object}"),
            ActionVerb::Object => {
                out.write_str("object")?;
                self.thing.as_ref().map_or(Ok(()), |thing| write!(out, " to \"{thing}\""))
            }
            ActionVerb::Suspend => write!(out, "suspend{object}"),
            ActionVerb::Release => write!(out, "release{object}"),
            ActionVerb::SeeItems => out.write_str("see items"),
            ActionVerb::PassOnItems => out.write_str("pass on items"),
            ActionVerb::RelayItems { between: (one, other), unread, naming_originator } => {
                let unread = if *unread { ", unread" } else { "" };
                let naming = if *naming_originator { ", naming the originator" } else { "" };
                write!(out, "relay items between {one}, {other}{unread}{naming}")
            }
        }
    }
}

/// The object of an action: a thing of somebody's, somebody, a place, or a thing alone.
struct ActionObject<'a>(&'a Action);

impl Display for ActionObject<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match (&self.0.thing, &self.0.whom, &self.0.place) {
            (Some(thing), Some(whom), _) => write!(out, " \"{thing}\" of {whom}"),
            (None, Some(whom), _) => write!(out, " {whom}"),
            (Some(thing), None, _) => write!(out, " \"{thing}\""),
            (None, None, Some(place)) => write!(out, " {place}"),
            (None, None, None) => Ok(()),
        }
    }
}

impl Display for Means {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => out.write_str("all means"),
            Self::ArmedForce => out.write_str("armed force"),
            Self::AsDeemedNecessary => out.write_str("such means as it deems necessary"),
            Self::ShortOfForce => out.write_str("means short of force"),
            Self::LaterAgreed => out.write_str("means later agreed"),
            Self::Counted(number, what) => write!(out, "{number} {what}"),
        }
    }
}

impl Display for Timing {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtOnce => out.write_str("at once"),
            Self::Within(duration) => write!(out, "within {duration}"),
            Self::NoLaterThan(when) => write!(out, "no later than {when}"),
            Self::For(duration) => write!(out, "for {duration}"),
            Self::UntilDate(when) => write!(out, "until {when}"),
            Self::UntilEvent(event) => write!(out, "until {event}"),
            Self::Before(when) => write!(out, "before {when}"),
            Self::After(when) => write!(out, "after {when}"),
            Self::AfterEvent(event) => write!(out, "after {event}"),
            Self::While(state) => write!(out, "while {state}"),
        }
    }
}

impl Display for DutyLine {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "{} {} {}", self.bearer, self.modality, Obligation(self))
    }
}

/// What a line obliges to, without whose it is and how strong: `assist the victim against RUS`.
#[derive(Clone, Copy, Debug)]
pub struct Obligation<'a>(pub &'a DutyLine);

impl Display for Obligation<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let duty = self.0;
        write!(out, "{}", duty.action)?;
        if let Some(against) = &duty.against {
            write!(out, " against {against}")?;
        }
        if let Some(area) = &duty.area {
            write!(out, " in {area}")?;
        }
        if let Some(means) = &duty.means {
            write!(out, " using {means}")?;
        }
        if let Some(purpose) = &duty.purpose {
            write!(out, " only to \"{purpose}\"")?;
        }
        for timing in &duty.timing {
            write!(out, ", {timing}")?;
        }
        if let Some(who) = &duty.without_consent_of {
            write!(out, ", without the consent of {who}")?;
        }
        if let Some(process) = &duty.subject_to {
            write!(out, ", subject to \"{process}\"")?;
        }
        Ok(())
    }
}
