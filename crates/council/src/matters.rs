//! Matters before a forum, and what has become of them. Read [`Framework::propose`] first, then
//! [`Framework::settled`].
//!
//! Who may vote on a matter is settled when it is taken up, and a vote that was cast stands: so what
//! was decided once stays decided. How votes are counted is in `counting`.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;

use crate::act::{Choice, Forum, Moment, Runs, Seeks};
use crate::counting::{Outcome, Rules};
use crate::framework::{Framework, Said};
use crate::refusal::{Refusal, Why, by_charter, by_record};
use charter::model::{Absence, Body, BodyMembers, ClassMember, DecisionRule, Member};
use charter::{Actor, Name};
use serde::{Deserialize, Serialize};

/// All matters, by name, each in the forums before which it was laid, in that order.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Matters {
    pub(crate) by_name: BTreeMap<Name, Vec<Question>>,
    /// Which matters seek something else than their words.
    seeking: BTreeMap<Seeks, Vec<(Name, Forum)>>,
}

/// One matter before one forum.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Question {
    pub(crate) forum: Forum,
    pub(crate) seeks: Seeks,
    pub(crate) by: Actor,
    pub(crate) opened: i64,
    pub(crate) until: Option<i64>,
    pub(crate) is_by_silence: bool,
    /// Who may vote, in order.
    pub(crate) voters: Vec<Actor>,
    /// Who sits there and is left out as concerned, in order.
    pub(crate) concerned: Vec<Actor>,
    pub(crate) voices: BTreeMap<Actor, (Voice, i64)>,
    /// Who has confirmed the opening act, and when.
    pub(crate) known: BTreeMap<Actor, i64>,
    /// The body in which it was blocked before.
    pub(crate) moved_from: Option<Name>,
}

/// What one voter said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Voice {
    Voted(Choice),
    BrokeSilence,
}

impl Framework {
    /// The opening act of a matter.
    pub(crate) fn propose(
        &mut self,
        said: Said<'_>,
        matter: Name,
        forum: Forum,
        seeks: Seeks,
        runs: Runs,
    ) -> Result<(), Refusal> {
        self.decides(&forum, &seeks)?;
        // Whoever asks to be let into a track asks for itself.
        let is_candidate = seeks == Seeks::Admission(said.party.clone());
        if is_candidate {
            self.is_party(said)?;
        } else {
            self.has_seat(said, &forum)?;
        }
        if let Seeks::Expulsion { whom, fact } = &seeks {
            self.may_seek_expulsion(said, whom, fact)?;
        }
        self.open(said, matter, forum, seeks, runs, None)
    }

    /// Vienna Convention 9 and 20 leave it to each charter where a blocked matter may go.
    pub(crate) fn bring(
        &mut self,
        said: Said<'_>,
        matter: Name,
        from: Name,
        to: Name,
        runs: Runs,
    ) -> Result<(), Refusal> {
        let Some(body) = self.body(&to) else { return Err(self.unknown_forum(&Forum::Body(to))) };
        if !body.takes_up_blocked_in.contains(&from) {
            let message = format!("`{to}` does not take up what is blocked in `{from}`");
            return Err(by_charter(Why::DoesNotTakeUp, &self.charter.name, format_args!("body {to}"), message));
        }
        let question = self.question(&matter, &Forum::Body(from.clone()))?;
        let outcome = self.outcome(question, said.now);
        if !outcome.is_blocked() {
            let message = format!("`{matter}` is {} in `{from}`, not blocked", outcome.word());
            return Err(by_charter(Why::NotBlocked, &self.charter.name, format_args!("body {to}"), message));
        }
        let seeks = question.seeks.clone();
        let forum = Forum::Body(to);
        self.has_seat(said, &forum)?;
        self.open(said, matter, forum, seeks, runs, Some(from))
    }

    fn open(
        &mut self,
        said: Said<'_>,
        matter: Name,
        forum: Forum,
        seeks: Seeks,
        runs: Runs,
        moved_from: Option<Name>,
    ) -> Result<(), Refusal> {
        if self.find(&matter, &forum).is_some() {
            let message = format!("`{matter}` has been laid before `{forum}` already");
            return Err(by_record(Why::AlreadyBefore, message));
        }
        let until = self.runs_until(said, &forum, &seeks, runs)?;
        let leaves_out = self.rules(&forum, &seeks).is_some_and(|rules| rules.leaves_out_concerned);
        let is_left_out = |actor: &Actor| seeks.expels(actor) || (leaves_out && self.facts.is_concerned(actor));
        let (concerned, voters) = self.sitting(said, &forum).into_iter().partition(is_left_out);
        if seeks != Seeks::Words {
            self.matters.seeking.entry(seeks.clone()).or_default().push((matter.clone(), forum.clone()));
        }
        let question = Question {
            forum,
            seeks,
            by: said.party.clone(),
            opened: said.now,
            until,
            is_by_silence: matches!(runs, Runs::SilenceUntil(_)),
            voters,
            concerned,
            voices: BTreeMap::new(),
            known: BTreeMap::from([(said.party.clone(), said.now)]),
            moved_from,
        };
        self.matters.by_name.entry(matter).or_default().push(question);
        Ok(())
    }

    fn runs_until(&self, said: Said<'_>, forum: &Forum, seeks: &Seeks, runs: Runs) -> Result<Option<i64>, Refusal> {
        let is_past = |until: Moment| {
            let message = format!("the end on `{until}` is not after the opening on `{}`", said.at);
            (self.closes(until) <= said.now).then(|| by_record(Why::DeadlinePast, message))
        };
        match runs {
            Runs::UntilAllHaveSpoken => Ok(None),
            Runs::Until(until) => is_past(until).map_or(Ok(Some(self.closes(until))), Err),
            Runs::SilenceUntil(until) => {
                let name = &self.charter.name;
                let Some(notice) = self.rules(forum, seeks).and_then(|rules| rules.silence) else {
                    let message = format!("silence adopts nothing in `{forum}`");
                    return Err(by_charter(Why::NoSilence, name, format_args!("body {forum}"), message));
                };
                let least = self.calendar.add(self.calendar.start(said.at.into()), notice).latest;
                if self.closes(until) < least {
                    let message =
                        format!("silence adopts in `{forum}` after at least {notice}, and `{until}` is sooner");
                    return Err(by_charter(Why::SilenceTooShort, name, format_args!("body {forum}"), message));
                }
                Ok(Some(self.closes(until)))
            }
        }
    }

    /// Whether the charter lets this forum decide what is sought.
    fn decides(&self, forum: &Forum, seeks: &Seeks) -> Result<(), Refusal> {
        if self.rules(forum, seeks).is_none() {
            return Err(self.unknown_forum(forum));
        }
        let accession = self.charter.accession.as_ref();
        let wanted = match seeks {
            Seeks::Words => {
                let Forum::Track(track) = forum else { return Ok(()) };
                let message = format!("the members of `{track}` decide whom they let in, and nothing else");
                return Err(by_charter(Why::WrongForum, &self.charter.name, format_args!("track {track}"), message));
            }
            Seeks::Invitation(_) => match accession.and_then(|accession| accession.invited_by.as_ref()) {
                Some(body) => Forum::Body(body.clone()),
                None => Forum::Parties,
            },
            Seeks::Admission(_) => match forum {
                Forum::Track(_) => return Ok(()),
                Forum::Parties | Forum::Body(_) => {
                    let message = format!("`{forum}` lets nobody into a track");
                    return Err(by_charter(Why::WrongForum, &self.charter.name, "its tracks", message));
                }
            },
            Seeks::Departure(_) | Seeks::End | Seeks::Expulsion { .. } => Forum::Parties,
            Seeks::Finding { fact, so: _ } => match self.finding_body(fact)? {
                Some(body) => Forum::Body(body),
                None if matches!(forum, Forum::Body(_)) => return Ok(()),
                None => {
                    let message = format!("a body of `{}` finds `{fact}`, not `{forum}`", self.charter.name);
                    return Err(by_charter(Why::WrongForum, &self.charter.name, "its bodies", message));
                }
            },
        };
        if wanted == *forum {
            return Ok(());
        }
        let message = format!("`{wanted}` decides this, and not `{forum}`");
        Err(by_charter(Why::WrongForum, &self.charter.name, format_args!("{wanted}"), message))
    }

    fn unknown_forum(&self, forum: &Forum) -> Refusal {
        let message = format!("`{}` has no body or track `{forum}` that decides this", self.charter.name);
        by_charter(Why::UnknownForum, &self.charter.name, "its bodies", message)
    }

    /// How a forum decides what is sought; none: there is no such forum.
    fn rules(&self, forum: &Forum, seeks: &Seeks) -> Option<Rules<'_>> {
        const ALL_AGREE: &DecisionRule = &DecisionRule::Unanimity;
        let plain = |rule| Rules {
            rule,
            quorum: None,
            veto: &[],
            absence: Absence::Abstention,
            silence: None,
            leaves_out_concerned: false,
        };
        let invited = || match seeks {
            Seeks::Invitation(_) => self.charter.accession.as_ref().and_then(|accession| accession.by.as_ref()),
            Seeks::Words
            | Seeks::Admission(_)
            | Seeks::Departure(_)
            | Seeks::End
            | Seeks::Expulsion { .. }
            | Seeks::Finding { .. } => None,
        };
        match forum {
            Forum::Parties => Some(plain(invited().unwrap_or(ALL_AGREE))),
            Forum::Track(name) => {
                let track = self.charter.tracks.iter().find(|track| track.name == *name)?;
                track.by_leave.as_ref().map(|(rule, _)| plain(rule))
            }
            Forum::Body(name) => self.body(name).map(|body| Rules {
                rule: invited().unwrap_or(&body.rule),
                quorum: body.quorum,
                veto: &body.veto,
                absence: body.absence,
                silence: body.silence,
                leaves_out_concerned: body.without_parties_concerned,
            }),
        }
    }

    /// Who sits there now, in order.
    fn sitting(&self, said: Said<'_>, forum: &Forum) -> Vec<Actor> {
        let parties = || self.roll.parties(said.now).cloned();
        let members = |track: &Name| self.members_of_track(track, said.now).cloned().collect();
        match forum {
            Forum::Parties => parties().collect(),
            Forum::Track(name) => {
                let track = self.charter.tracks.iter().find(|track| track.name == *name);
                let of_members =
                    track.and_then(|track| track.by_leave.as_ref()).is_some_and(|(_, of_members)| *of_members);
                if of_members { members(name) } else { parties().collect() }
            }
            Forum::Body(name) => {
                let Some(body) = self.body(name) else { return Vec::new() };
                match &body.members {
                    BodyMembers::AllParties { except } => parties().filter(|actor| !except.contains(actor)).collect(),
                    BodyMembers::AllMembers => self.track_of(body).map_or_else(Vec::new, members),
                    BodyMembers::Of(listed) => self.listed(said, listed),
                }
            }
        }
    }

    fn track_of(&self, body: &Body) -> Option<&Name> {
        let track = self.charter.tracks.iter().find(|track| track.bodies.iter().any(|own| own.name == body.name));
        track.map(|track| &track.name)
    }

    fn listed(&self, said: Said<'_>, listed: &[Member]) -> Vec<Actor> {
        let counts = |member: &&ClassMember| {
            member.from.is_none_or(|from| self.calendar.start(from).earliest <= said.now)
                && member.to.is_none_or(|to| self.calendar.over(to).latest > said.now)
        };
        let mut actors: Vec<Actor> = Vec::new();
        for member in listed {
            match member {
                Member::Actor(actor) => actors.push(actor.clone()),
                Member::Group(group) => {
                    let all = law::listed_members(said.corpus, &self.charter, group).iter().filter(counts);
                    actors.extend(all.map(|member| member.actor.clone()));
                }
            }
        }
        // A body may list who is no party yet, or never; whoever has left the charter is out of its bodies too.
        actors.retain(|actor| !self.roll.records.get(actor).is_some_and(|record| record.has_left(said.now)));
        actors.sort();
        actors.dedup();
        actors
    }

    fn has_seat(&self, said: Said<'_>, forum: &Forum) -> Result<(), Refusal> {
        if self.sits(said, forum) {
            return Ok(());
        }
        let message = format!("`{}` has no seat in `{forum}`", said.party);
        Err(by_charter(Why::NoSeat, &self.charter.name, format_args!("{forum}"), message))
    }

    /// Whether who speaks sits there now.
    fn sits(&self, said: Said<'_>, forum: &Forum) -> bool {
        let is_everybody_s = match forum {
            Forum::Parties => true,
            Forum::Body(name) => match self.body(name).map(|body| &body.members) {
                Some(BodyMembers::AllParties { except }) => !except.contains(said.party),
                Some(BodyMembers::AllMembers | BodyMembers::Of(_)) | None => false,
            },
            Forum::Track(_) => false,
        };
        // Most forums are of all parties, and who asks is one name among them.
        if is_everybody_s {
            return self.roll.is_party(said.party, said.now);
        }
        self.sitting(said, forum).binary_search(said.party).is_ok()
    }

    pub(crate) fn find(&self, matter: &Name, forum: &Forum) -> Option<&Question> {
        self.matters.by_name.get(matter)?.iter().find(|question| question.forum == *forum)
    }

    fn question(&self, matter: &Name, forum: &Forum) -> Result<&Question, Refusal> {
        self.find(matter, forum).ok_or_else(|| {
            let message = format!("`{matter}` has not been laid before `{forum}`");
            by_record(Why::UnknownMatter, message)
        })
    }

    /// That who speaks may vote on a matter that still runs.
    fn may_speak(&self, said: Said<'_>, matter: &Name, forum: &Forum) -> Result<&Question, Refusal> {
        let question = self.question(matter, forum)?;
        let (party, name) = (said.party, &self.charter.name);
        if question.voters.binary_search(party).is_err() {
            let is_concerned = question.concerned.binary_search(party).is_ok();
            let why =
                if is_concerned { "is left out as a party concerned" } else { "had no seat when it was taken up" };
            let message = format!("`{party}` has no vote on `{matter}` in `{forum}`: it {why}");
            return Err(by_charter(Why::NoSeat, name, format_args!("{forum}"), message));
        }
        self.has_seat(said, forum)?;
        if !self.is_in_time(said, question) {
            let message = format!("`{matter}` has run out in `{forum}`");
            return Err(by_charter(Why::Closed, name, format_args!("{forum}"), message));
        }
        Ok(question)
    }

    /// Whether something is said before a matter has run out: it counts from before that; or it was signed before that and
    /// stands in the record before that has got there, so that nobody was told yet what has become of the matter. Else whoever
    /// puts acts in order could have an objection come too late that all the others hold.
    fn is_in_time(&self, said: Said<'_>, question: &Question) -> bool {
        question.until.is_none_or(|until| {
            let was_signed = said.claimed.is_some_and(|claimed| claimed <= until);
            said.now <= until || (was_signed && self.reached.is_some_and(|reached| reached < until))
        })
    }

    /// Proof of notice.
    pub(crate) fn acknowledge(&mut self, said: Said<'_>, matter: &Name, forum: &Forum) -> Result<(), Refusal> {
        let question = self.may_speak(said, matter, forum)?;
        if question.known.contains_key(said.party) {
            let message = format!("`{}` has acknowledged `{matter}` already", said.party);
            return Err(by_record(Why::AlreadyAcknowledged, message));
        }
        if let Some(question) = self.find_mut(matter, forum) {
            question.known.insert(said.party.clone(), question.counted(said.now));
        }
        Ok(())
    }

    /// A vote, which also shows that its author has the opening act.
    pub(crate) fn vote(&mut self, said: Said<'_>, matter: &Name, forum: &Forum, choice: Choice) -> Result<(), Refusal> {
        let question = self.may_speak(said, matter, forum)?;
        if question.is_by_silence {
            let message = format!("`{matter}` runs by silence in `{forum}`, and is not voted on");
            return Err(by_charter(Why::BySilence, &self.charter.name, format_args!("{forum}"), message));
        }
        self.speak(said, matter, forum, Voice::Voted(choice))
    }

    /// Breaks silence, no later than its end.
    pub(crate) fn break_silence(&mut self, said: Said<'_>, matter: &Name, forum: &Forum) -> Result<(), Refusal> {
        let question = self.may_speak(said, matter, forum)?;
        if !question.is_by_silence {
            let message = format!("no silence runs on `{matter}` in `{forum}`");
            return Err(by_charter(Why::NotBySilence, &self.charter.name, format_args!("{forum}"), message));
        }
        self.speak(said, matter, forum, Voice::BrokeSilence)
    }

    fn speak(&mut self, said: Said<'_>, matter: &Name, forum: &Forum, voice: Voice) -> Result<(), Refusal> {
        let Some(question) = self.find_mut(matter, forum) else { return Ok(()) };
        let now = question.counted(said.now);
        match question.voices.entry(said.party.clone()) {
            Slot::Vacant(slot) => slot.insert((voice, now)),
            Slot::Occupied(_) => {
                let message = format!("`{}` has spoken on `{matter}` in `{forum}` already", said.party);
                return Err(by_record(Why::AlreadyVoted, message));
            }
        };
        question.known.entry(said.party.clone()).or_insert(now);
        self.bring_about(matter, forum, said.now);
        Ok(())
    }

    /// What takes the consent of all is brought about by the last of them to vote for it: no time that runs out does.
    fn bring_about(&mut self, matter: &Name, forum: &Forum, t: i64) {
        let Some(question) = self.find(matter, forum) else { return };
        match &question.seeks {
            Seeks::End => {
                if let Some(on) = self.consented(question, t) {
                    self.roll.end(on);
                }
            }
            Seeks::Expulsion { whom, fact } => {
                let ends = |on: &i64| self.may_expel(whom, fact, question.opened, *on);
                if let Some(on) = self.consented(question, t).filter(ends) {
                    let whom = whom.clone();
                    self.expel(&whom, on);
                }
            }
            Seeks::Words | Seeks::Invitation(_) | Seeks::Admission(_) | Seeks::Departure(_) | Seeks::Finding { .. } => {
            }
        }
    }

    fn find_mut(&mut self, matter: &Name, forum: &Forum) -> Option<&mut Question> {
        self.matters.by_name.get_mut(matter)?.iter_mut().find(|question| question.forum == *forum)
    }

    /// Whether something is sought for an actor by a matter that has been adopted, perhaps in one track. What was laid
    /// there before it was expelled lets it in no longer.
    pub(crate) fn is_adopted_for(&self, seeks: &Seeks, whom: &Actor, in_track: Option<&Name>, t: i64) -> bool {
        let expelled = self.roll.records.get(whom).and_then(|record| record.expelled(t));
        let is_there = |forum: &Forum| in_track.is_none_or(|track| *forum == Forum::Track(track.clone()));
        let is_since = |opened: i64| expelled.is_none_or(|expelled| opened >= expelled);
        self.adopted(seeks, t).any(|question| is_there(&question.forum) && is_since(question.opened))
    }

    /// The matters that have been adopted and seek this.
    pub(crate) fn adopted(&self, seeks: &Seeks, t: i64) -> impl Iterator<Item = &Question> {
        let matters = self.matters.seeking.get(seeks).into_iter().flatten();
        matters
            .filter_map(|(matter, forum)| self.find(matter, forum))
            .filter(move |question| self.outcome(question, t) == Outcome::Adopted)
    }

    /// When all who were parties then had consented to a matter, but for one that it expels. Who may vote is settled at its
    /// opening, and one that has become a party between that and its adoption has consented to nothing.
    pub(crate) fn consented(&self, question: &Question, t: i64) -> Option<i64> {
        let (_, on) = self.settled(question, t).filter(|(outcome, _)| *outcome == Outcome::Adopted)?;
        let has_consented =
            |party: &Actor| question.voters.binary_search(party).is_ok() || question.seeks.expels(party);
        self.roll.parties(on).all(has_consented).then_some(on)
    }

    /// That a party may act on an adopted matter; the ground is the forum's rule.
    pub(crate) fn is_adopted(
        &self,
        said: Said<'_>,
        matter: &Name,
        forum: &Forum,
        seeks: &Seeks,
    ) -> Result<(), Refusal> {
        let question = self.question(matter, forum)?;
        let is_adopted = question.seeks == *seeks && self.outcome(question, said.now) == Outcome::Adopted;
        if is_adopted {
            return Ok(());
        }
        let message = format!("`{forum}` has not adopted this finding in `{matter}`");
        Err(by_charter(Why::NotAdopted, &self.charter.name, format_args!("body {forum}"), message))
    }

    /// What has become of it by then.
    pub(crate) fn outcome(&self, question: &Question, t: i64) -> Outcome {
        self.settled(question, t).map_or(Outcome::Open, |(outcome, _)| outcome)
    }

    /// What it was settled as, and when: at the first moment from which nothing to come could change it.
    pub(crate) fn settled(&self, question: &Question, t: i64) -> Option<(Outcome, i64)> {
        let rules = self.rules(&question.forum, &question.seeks)?;
        let ends = question.until.into_iter().filter(|until| self.is_reached(*until));
        let mut moments: Vec<i64> = question.voices.values().map(|(_, on)| *on).chain(ends).collect();
        moments.push(question.opened);
        moments.retain(|moment| *moment <= t && *moment >= question.opened);
        moments.sort_unstable();
        moments.dedup();
        moments.into_iter().find_map(|moment| {
            let outcome = if question.is_by_silence {
                question.by_silence(&rules, moment)
            } else {
                question.by_vote(&rules, moment)
            };
            (outcome != Outcome::Open).then_some((outcome, moment))
        })
    }

    /// What absence counts as there.
    pub(crate) fn absence(&self, question: &Question) -> Absence {
        self.rules(&question.forum, &question.seeks).map_or(Absence::Abstention, |rules| rules.absence)
    }
}
