//! Who must do what: bearer, modality, action. Read [`Sentence::duty`] first; what narrows it is in
//! `adjunct`.

use super::sentence::{Misread, Read, Sentence};
use crate::diagnostic::Diagnostic;
use crate::model::{Action, ActionVerb, Bearer, DutyLine, Gift, Member, Modality};
use crate::span::Span;
use crate::syntax::SyntaxKind;

/// The words of which one stands in every duty.
pub(super) const MODAL_WORDS: &[&str] = &["must", "may", "need", "asked", "shall", "should"];

impl Sentence<'_> {
    /// One sentence of duty, right or recommendation.
    pub(super) fn duty(&mut self) -> Read<DutyLine> {
        self.node(SyntaxKind::Duty, |line| {
            let start = line.start();
            let bearer = line.node(SyntaxKind::Bearer, Self::bearer)?;
            let modality = line.modality()?;
            let bearer_span = line.since(start);
            let action = line.node(SyntaxKind::Action, Self::action)?;
            let mut duty = DutyLine {
                bearer,
                modality,
                action,
                against: None,
                area: None,
                means: None,
                purpose: None,
                timing: Vec::new(),
                without_consent_of: None,
                subject_to: None,
                span: Span::NONE,
                bearer_span,
            };
            line.adjuncts(&mut duty)?;
            duty.span = line.since(start);
            Ok(duty)
        })
    }

    fn bearer(&mut self) -> Read<Bearer> {
        match self.word(0) {
            "each" => {
                self.bump();
                if self.eat(&["party"]) {
                    Ok(Bearer::EachParty)
                } else if self.eat(&["other", "party"]) {
                    Ok(Bearer::EachOtherParty)
                } else if self.eat(&["member"]) {
                    Ok(Bearer::EachMember)
                } else if self.eat(&["of"]) {
                    self.members("an actor or a group").map(Bearer::EachOf)
                } else {
                    let expected = "`party`, `other party`, `member` or `of` and a list";
                    self.fail_near(expected, &["party", "other", "member", "of"])
                }
            }
            "the" => {
                self.bump();
                if self.eat(&["other", "party"]) {
                    return Ok(Bearer::TheOtherParty);
                }
                self.role().map(Bearer::Role)
            }
            "any" | "a" | "an" | "anyone" | "all" | "every" | "no" | "nobody" | "parties" | "either" | "both" => {
                self.fail_any_party()
            }
            _ => self.listed_bearer(),
        }
    }

    /// A code by itself, or several together.
    fn listed_bearer(&mut self) -> Read<Bearer> {
        let start = self.start();
        let mut members = self.members("a bearer, as `each party`, `the other party` or a code")?;
        if self.eat(&["together"]) {
            return Ok(Bearer::Together(members));
        }
        let is_group = matches!(members.first(), Some(Member::Group(_)));
        if members.len() > 1 || is_group {
            let here = self.since(start);
            let written = self.source(here).to_string();
            self.report(
                Diagnostic::error("bare-list", here, format!("`{written}`: each of them, or all as one?"))
                    .label("several bearers are always `each of` or `together`")
                    .suggest("if each owes it alone", here, format!("each of {written}"))
                    .suggest("if they owe it as one", here, format!("{written} together")),
            );
            return Ok(Bearer::EachOf(members));
        }
        match members.pop() {
            Some(Member::Actor(actor)) => Ok(Bearer::Actor(actor)),
            Some(Member::Group(_)) | None => Err(Misread),
        }
    }

    fn fail_any_party<T>(&mut self) -> Read<T> {
        let count = (1..6).find(|ahead| MODAL_WORDS.contains(&self.word(*ahead))).unwrap_or(1);
        let here = self.ahead(0, count);
        let written = self.source(here).to_string();
        let diagnostic = Diagnostic::error(
            "any-party-must",
            here,
            format!("`{written}` does not say whose duty it is"),
        )
        .label("any one of them, or every one?")
        .suggest("if every one owes it", here, "each party")
        .help(
            "a duty of several is borne by `each party`, `each other party`, `each of` a list, or a group `together`",
        );
        self.refuse(diagnostic)
    }

    fn modality(&mut self) -> Read<Modality> {
        let here = self.ahead(0, 2);
        if self.is_at(&["may", "not"]) {
            let diagnostic = Diagnostic::error("may-not", here, "`may not` is read in two ways")
                .label("forbidden, or free to leave it?")
                .suggest("if it is forbidden", here, "must not")
                .suggest("if it is released", here, "need not");
            return self.refuse(diagnostic);
        }
        for (words, modality) in [
            (&["must", "not"][..], Modality::MustNot),
            (&["must"], Modality::Must),
            (&["may"], Modality::May),
            (&["is", "asked", "to"], Modality::IsAskedTo),
            (&["are", "asked", "to"], Modality::IsAskedTo),
            (&["need", "not"], Modality::NeedNot),
        ] {
            if self.eat(words) {
                return Ok(modality);
            }
        }
        let here = self.ahead(0, 1);
        let proposed = match self.characters(0) {
            "shall" | "will" | "undertakes" | "agrees" => "must",
            "should" | "ought" => "is asked to",
            "can" | "might" => "may",
            _ => {
                return self
                    .fail_near("`must`, `must not`, `may`, `is asked to` or `need not`", &["must", "may", "need"]);
            }
        };
        let message = format!("`{}` has no fixed force here", self.characters(0));
        let diagnostic = Diagnostic::error("unknown-modality", here, message)
            .label("expected `must`, `must not`, `may`, `is asked to` or `need not`")
            .suggest(format!("write `{proposed}`"), here, proposed);
        self.refuse(diagnostic)
    }

    /// What is to be done.
    pub(super) fn action(&mut self) -> Read<Action> {
        if let Some(verb) = self.plain_action() {
            let whom = self.who("towards whom")?;
            return Ok(Action { whom: Some(whom), ..action(verb) });
        }
        for (words, verb) in [
            (&["mobilise"][..], ActionVerb::Mobilise),
            (&["make", "separate", "peace"], ActionVerb::MakeSeparatePeace),
            (&["make", "contrary", "engagements"], ActionVerb::MakeContraryEngagements),
            (&["carry", "out", "the", "decision"], ActionVerb::CarryOutTheDecision),
            (&["act"], ActionVerb::Act),
            (&["withdraw"], ActionVerb::Withdraw),
            (&["see", "items"], ActionVerb::SeeItems),
            (&["pass", "on", "items"], ActionVerb::PassOnItems),
        ] {
            if self.eat(words) {
                return Ok(action(verb));
            }
        }
        match self.word(0) {
            "protect" => self.protect(),
            "give" => self.give(),
            "close" => self.close_place(),
            "cooperate" => self.cooperate(),
            "stay" => self.stay_neutral(),
            "occupy" => self.occupy(),
            "respect" => self.respect(),
            "object" => self.object_to(),
            "suspend" => self.suspend(),
            "relay" => self.relay(),
            _ => self.fail_action(),
        }
    }

    /// Actions that are words and then somebody.
    fn plain_action(&mut self) -> Option<ActionVerb> {
        for (words, verb) in [
            (&["join", "the", "war", "beside"][..], ActionVerb::JoinTheWarBeside),
            (&["assist"], ActionVerb::Assist),
            (&["break", "off", "trade", "with"], ActionVerb::BreakOffTradeWith),
            (&["agree", "beforehand", "with"], ActionVerb::AgreeBeforehandWith),
            (&["consult"], ActionVerb::Consult),
            (&["attack"], ActionVerb::Attack),
            (&["invite"], ActionVerb::Invite),
            (&["release"], ActionVerb::Release),
        ] {
            if self.eat(words) {
                return Some(verb);
            }
        }
        None
    }

    fn protect(&mut self) -> Read<Action> {
        self.bump();
        let thing = if self.kind(0) == SyntaxKind::Text && self.is_ahead(1, &["of"]) {
            let thing = self.quoted("what is protected")?;
            self.bump();
            Some(thing)
        } else {
            None
        };
        let whom = self.who("who is protected")?;
        Ok(Action { whom: Some(whom), thing, ..action(ActionVerb::Protect) })
    }

    fn give(&mut self) -> Read<Action> {
        const GIFTS: [(&str, Gift); 5] = [
            ("bases", Gift::Bases),
            ("passage", Gift::Passage),
            ("arms", Gift::Arms),
            ("money", Gift::Money),
            ("information", Gift::Information),
        ];
        self.bump();
        let Some((_, gift)) = GIFTS.iter().find(|(word, _)| self.eat(&[word])) else {
            return self
                .fail_near("`bases`, `passage`, `arms`, `money` or `information`", &GIFTS.map(|(word, _)| word));
        };
        self.expect(&["to"])?;
        let whom = self.who("to whom it is given")?;
        Ok(Action { whom: Some(whom), ..action(ActionVerb::Give(*gift)) })
    }

    fn close_place(&mut self) -> Read<Action> {
        self.bump();
        let place = self.name("a declared place")?;
        self.expect(&["to"])?;
        let whom = self.who("to whom it is closed")?;
        Ok(Action { whom: Some(whom), place: Some(place), ..action(ActionVerb::Close) })
    }

    fn cooperate(&mut self) -> Read<Action> {
        self.bump();
        self.expect(&["in"])?;
        let thing = self.quoted("in what, in quotes")?;
        let whom = if self.eat(&["with"]) { Some(self.who("with whom")?) } else { None };
        Ok(Action { whom, thing: Some(thing), ..action(ActionVerb::CooperateIn) })
    }

    fn stay_neutral(&mut self) -> Read<Action> {
        self.bump();
        let is_benevolent = self.eat(&["benevolently"]);
        self.expect(&["neutral"])?;
        let whom = if self.eat(&["towards"]) { Some(self.who("towards whom")?) } else { None };
        let verb = if is_benevolent { ActionVerb::StayBenevolentlyNeutral } else { ActionVerb::StayNeutral };
        Ok(Action { whom, ..action(verb) })
    }

    fn occupy(&mut self) -> Read<Action> {
        self.bump();
        if self.is_name(0) {
            let place = self.name("a place")?;
            return Ok(Action { place: Some(place), ..action(ActionVerb::Occupy) });
        }
        let whom = self.who("an actor or a declared place")?;
        Ok(Action { whom: Some(whom), ..action(ActionVerb::Occupy) })
    }

    fn respect(&mut self) -> Read<Action> {
        self.bump();
        let thing = self.quoted("what is respected, in quotes")?;
        self.expect(&["of"])?;
        let whom = self.who("whose it is")?;
        Ok(Action { whom: Some(whom), thing: Some(thing), ..action(ActionVerb::Respect) })
    }

    fn object_to(&mut self) -> Read<Action> {
        self.bump();
        let thing = if self.eat(&["to"]) { Some(self.quoted("a matter in quotes")?) } else { None };
        Ok(Action { thing, ..action(ActionVerb::Object) })
    }

    fn suspend(&mut self) -> Read<Action> {
        self.bump();
        if let Some(thing) = self.eat_quoted() {
            return Ok(Action { thing: Some(thing), ..action(ActionVerb::Suspend) });
        }
        let whom = self.who("whom, or what in quotes")?;
        Ok(Action { whom: Some(whom), ..action(ActionVerb::Suspend) })
    }

    fn relay(&mut self) -> Read<Action> {
        self.expect(&["relay", "items", "between"])?;
        let one = self.actor("the first of the two it carries between")?;
        if !self.eat_kind(SyntaxKind::Comma) {
            return self.fail("a comma and the other of the two");
        }
        let other = self.actor("the other of the two it carries between")?;
        let unread = self.eat_after_comma(&["unread"]);
        if !unread {
            self.eat_after_comma(&["read"]);
        }
        let naming_originator = self.eat_after_comma(&["naming", "the", "originator"]);
        Ok(action(ActionVerb::RelayItems { between: (one, other), unread, naming_originator }))
    }

    fn fail_action<T>(&mut self) -> Read<T> {
        const FIRST_WORDS: &[&str] = &[
            "act",
            "agree",
            "assist",
            "attack",
            "break",
            "carry",
            "close",
            "consult",
            "cooperate",
            "give",
            "invite",
            "join",
            "make",
            "mobilise",
            "object",
            "occupy",
            "pass",
            "protect",
            "relay",
            "release",
            "respect",
            "see",
            "stay",
            "suspend",
            "withdraw",
        ];
        const SYNONYMS: &[(&str, &str)] = &[
            ("aid", "assist"),
            ("defend", "assist"),
            ("guarantee", "protect"),
            ("help", "assist"),
            ("fight", "join the war beside"),
            ("support", "assist"),
        ];
        let here = self.ahead(0, 1);
        let found = self.characters(0);
        let synonym = SYNONYMS.iter().find(|(word, _)| *word == found).map(|(_, action)| *action);
        let expected = "an action, as `assist`, `consult` or `stay neutral towards`";
        match synonym {
            Some(action) => {
                let diagnostic =
                    Diagnostic::error("unknown-action", here, format!("`{found}` is no action of the language"))
                        .label(format!("expected {expected}"))
                        .suggest(format!("write `{action}`"), here, action);
                self.refuse(diagnostic)
            }
            None => self.fail_near(expected, FIRST_WORDS),
        }
    }
}

/// An action with nothing beside its verb.
fn action(verb: ActionVerb) -> Action {
    Action { verb, whom: None, thing: None, place: None }
}
