//! Bodies, how they decide, and tracks. Read [`Sentence::body`] first.

use super::sentence::{Read, Sentence};
use crate::model::{Absence, Body, BodyMembers, DecisionRule, Fraction, FractionBase, Quorum, Track, TrackLeave};
use crate::name::Name;
use crate::syntax::SyntaxKind;

impl Sentence<'_> {
    /// `body council "North Atlantic Council" of all parties, decides by consensus, …`
    pub(super) fn body(&mut self) -> Read<Body> {
        let start = self.start();
        self.expect(&["body"])?;
        let name = self.name("the body's name")?;
        let title = self.title();
        let members = self.body_members()?;
        let mut clauses = Clauses::default();
        while self.eat_kind(SyntaxKind::Comma) {
            self.body_clause(&mut clauses)?;
        }
        let Some(rule) = clauses.rule else { return self.fail("a comma and `decides by`") };
        Ok(Body {
            name,
            title,
            members,
            rule,
            quorum: clauses.quorum,
            veto: clauses.veto.unwrap_or_default(),
            without_parties_concerned: clauses.without_concerned.is_some(),
            silence: clauses.silence,
            absence: clauses.absence.unwrap_or_default(),
            binds: clauses.binds,
            takes_up_blocked_in: clauses.takes_up.unwrap_or_default(),
            span: self.since(start),
        })
    }

    fn body_members(&mut self) -> Read<BodyMembers> {
        self.expect(&["of"])?;
        if self.eat(&["all", "members"]) {
            return Ok(BodyMembers::AllMembers);
        }
        if self.eat(&["all", "parties"]) {
            let except = if self.eat(&["except"]) { self.actors("who is left out")? } else { Vec::new() };
            return Ok(BodyMembers::AllParties { except });
        }
        self.members("`all parties`, `all members`, or a list").map(BodyMembers::Of)
    }

    fn body_clause(&mut self, clauses: &mut Clauses) -> Read<()> {
        let start = self.start();
        match self.word(0) {
            "decides" => {
                self.expect(&["decides", "by"])?;
                let rule = self.decision_rule()?;
                self.once(&mut clauses.rule, rule, start, "how it decides");
            }
            "quorum" => {
                self.bump();
                let quorum = self.quorum()?;
                self.once(&mut clauses.quorum, quorum, start, "the quorum");
            }
            "veto" => {
                self.bump();
                let veto = self.actors("whose veto")?;
                self.once(&mut clauses.veto, veto, start, "the veto");
            }
            "without" => {
                self.expect(&["without", "the", "parties", "concerned"])?;
                self.once(&mut clauses.without_concerned, (), start, "`without the parties concerned`");
            }
            "silence" => {
                self.expect(&["silence", "adopts", "after", "at", "least"])?;
                let silence = self.duration("a duration")?;
                self.once(&mut clauses.silence, silence, start, "silence");
            }
            "absent" => {
                self.expect(&["absent", "counts", "as"])?;
                let absence = self.absence()?;
                self.once(&mut clauses.absence, absence, start, "absence");
            }
            "binds" => {
                self.bump();
                let binds = self.binds()?;
                self.once(&mut clauses.binds, binds, start, "whom it binds");
            }
            "takes" => {
                self.expect(&["takes", "up", "what", "is", "blocked", "in"])?;
                let bodies = self.names("a body")?;
                self.once(&mut clauses.takes_up, bodies, start, "what it takes up");
            }
            _ => {
                return self.fail_near(
                    "what the body does: `decides by`, `quorum`, `veto`, `silence adopts after`, `absent counts as`, `binds`, `takes up` …",
                    &["decides", "quorum", "veto", "without", "silence", "absent", "binds", "takes"],
                );
            }
        }
        Ok(())
    }

    fn absence(&mut self) -> Read<Absence> {
        for (word, absence) in
            [("objection", Absence::Objection), ("assent", Absence::Assent), ("abstention", Absence::Abstention)]
        {
            if self.eat(&[word]) {
                return Ok(absence);
            }
        }
        self.fail_near("`objection`, `assent` or `abstention`", &["objection", "assent", "abstention"])
    }

    fn binds(&mut self) -> Read<Name> {
        for (words, name) in [
            (&["all", "parties"][..], "all parties"),
            (&["all", "members"], "all members"),
            (&["those", "in", "favour"], "those in favour"),
            (&["nobody"], "nobody"),
        ] {
            if self.eat(words) {
                return Ok(Name::new(name));
            }
        }
        self.fail_near("`all parties`, `those in favour` or `nobody`", &["all", "those", "nobody"])
    }

    fn quorum(&mut self) -> Read<Quorum> {
        if self.kind(0) == SyntaxKind::Number {
            return self.number("how many").map(Quorum::Count);
        }
        match self.fraction() {
            Some(fraction) => {
                if self.is_at(&["of", "members"]) {
                    self.bump_many(2);
                }
                Ok(Quorum::Share(fraction))
            }
            None => {
                self.fail_near("a number, `majority`, `two thirds` or `three quarters`", &["majority", "two", "three"])
            }
        }
    }

    fn fraction(&mut self) -> Option<Fraction> {
        [
            (&["majority"][..], Fraction::Majority),
            (&["two", "thirds"], Fraction::TwoThirds),
            (&["three", "quarters"], Fraction::ThreeQuarters),
        ]
        .into_iter()
        .find(|(words, _)| self.eat(words))
        .map(|(_, fraction)| fraction)
    }

    /// `consensus`, `unanimity`, `two thirds of members`, `weighted 255 of 345: FRA 29, DEU 29`
    pub(super) fn decision_rule(&mut self) -> Read<DecisionRule> {
        self.node(SyntaxKind::DecisionRule, |line| {
            if line.eat(&["consensus"]) {
                return Ok(DecisionRule::Consensus);
            }
            if line.eat(&["unanimity"]) {
                return Ok(DecisionRule::Unanimity);
            }
            if line.eat(&["weighted"]) {
                return line.weighted();
            }
            let Some(fraction) = line.fraction() else {
                return line.fail_near(
                    "`consensus`, `unanimity`, `majority of`, `two thirds of`, `three quarters of` or `weighted`",
                    &["consensus", "unanimity", "majority", "two", "three", "weighted"],
                );
            };
            line.expect(&["of"])?;
            let base = if line.eat(&["members"]) {
                FractionBase::Members
            } else if line.eat(&["votes", "cast"]) {
                FractionBase::VotesCast
            } else {
                return line.fail_near("`members` or `votes cast`", &["members", "votes"]);
            };
            Ok(DecisionRule::Share(fraction, base))
        })
    }

    fn weighted(&mut self) -> Read<DecisionRule> {
        let needed = self.number("how many votes are needed")?;
        if self.eat(&["of"]) {
            // The whole is for the reader: it is the sum of what follows.
            self.number("of how many votes")?;
        }
        self.expect_kind(SyntaxKind::Colon, "`:` and the votes of each")?;
        let mut weights = Vec::new();
        loop {
            let actor = self.actor("a member")?;
            let votes = self.number("its votes")?;
            weights.push((actor, votes));
            let goes_on =
                self.kind(0) == SyntaxKind::Comma && matches!(self.kind(1), SyntaxKind::Code | SyntaxKind::Text);
            if !goes_on {
                return Ok(DecisionRule::Weighted { needed, weights });
            }
            self.bump();
        }
    }

    /// `track intelligence "Intelligence sharing"`
    pub(super) fn track_heading(&mut self) -> Read<Track> {
        let start = self.start();
        self.expect(&["track"])?;
        let name = self.name("the track's name")?;
        let title = self.title();
        Ok(Track {
            name,
            title,
            joined_by: None,
            by_leave: None,
            members: Vec::new(),
            leave: None,
            bodies: Vec::new(),
            duties: Vec::new(),
            evidence: Vec::new(),
            span: self.since(start),
        })
    }

    /// `joined by a party, by consensus of members, leave at will`
    pub(super) fn joined_by(&mut self, track: &mut Track) -> Read<()> {
        let start = self.start();
        self.expect(&["joined", "by"])?;
        let who = self.who("who may join")?;
        self.once(&mut track.joined_by, who, start, "who joins");
        if self.eat_after_comma(&["by"]) {
            let leave_start = self.start();
            let by_leave = self.by_leave()?;
            self.once(&mut track.by_leave, by_leave, leave_start, "by whose leave");
        }
        if self.kind(0) == SyntaxKind::Comma && self.is_ahead(1, &["leave"]) {
            self.bump();
            self.track_leave(track)?;
        }
        Ok(())
    }

    /// The rule, and whether it is the members who decide rather than all parties.
    fn by_leave(&mut self) -> Read<(DecisionRule, bool)> {
        if let Some(fraction) = self.fraction() {
            self.expect(&["of"])?;
            if self.eat(&["all", "parties"]) {
                return Ok((DecisionRule::Share(fraction, FractionBase::Members), false));
            }
            if self.eat(&["members"]) {
                return Ok((DecisionRule::Share(fraction, FractionBase::Members), true));
            }
            self.expect(&["votes", "cast"])?;
            let by_members = self.of_whom()?;
            return Ok((DecisionRule::Share(fraction, FractionBase::VotesCast), by_members));
        }
        let rule = self.decision_rule()?;
        let by_members = self.of_whom()?;
        Ok((rule, by_members))
    }

    fn of_whom(&mut self) -> Read<bool> {
        if !self.eat(&["of"]) || self.eat(&["members"]) {
            return Ok(true);
        }
        if self.eat(&["all", "parties"]) {
            return Ok(false);
        }
        self.fail_near("`members` or `all parties`", &["members", "all"])
    }

    /// `leave at will`, `leave 30 days after notice`
    pub(super) fn track_leave(&mut self, track: &mut Track) -> Read<()> {
        let start = self.start();
        self.expect(&["leave"])?;
        let leave = if self.eat(&["at", "will"]) {
            TrackLeave::AtWill
        } else {
            let notice = self.duration("`at will`, or a duration `after notice`")?;
            self.expect(&["after", "notice"])?;
            TrackLeave::AfterNotice(notice)
        };
        self.once(&mut track.leave, leave, start, "how one leaves");
        Ok(())
    }
}

/// What a body's line has said so far.
#[derive(Default)]
struct Clauses {
    rule: Option<DecisionRule>,
    quorum: Option<Quorum>,
    veto: Option<Vec<crate::name::Actor>>,
    without_concerned: Option<()>,
    silence: Option<crate::model::Duration>,
    absence: Option<Absence>,
    binds: Option<Name>,
    takes_up: Option<Vec<Name>>,
}
