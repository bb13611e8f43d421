//! Who is spoken of: names, actors, lists of them, and the selectors of a sentence. Read
//! [`Sentence::who`] first.
//!
//! Nothing is looked up here. A bare name is left to what its verb expects, and the resolver
//! settles whether it is a class, a group, a place or a body.

#![expect(clippy::wildcard_enum_match_arm, reason = "of fifty kinds of token a word is one of few; the rest are alike")]

use super::bridge::cross_the_bridge;
use super::keywords::{is_keyword, is_pronoun};
use super::sentence::{Read, Sentence};
use crate::diagnostic::Diagnostic;
use crate::model::{Codes, Countable, Member, Role, Selector, Who};
use crate::name::{Actor, Name};
use crate::syntax::SyntaxKind;

impl Sentence<'_> {
    /// A declared name: lower-case, hyphenated, and no keyword.
    pub(super) fn name(&mut self, expected: &str) -> Read<Name> {
        let characters = self.characters(0);
        let here = self.ahead(0, 1);
        match self.kind(0) {
            SyntaxKind::Word if !is_keyword(characters) && !is_pronoun(characters) => {
                self.bump();
                Ok(Name::new(characters))
            }
            SyntaxKind::Word => {
                if is_pronoun(characters) {
                    return self.fail(expected);
                }
                let message = format!("expected {expected}, found the keyword `{characters}`");
                let diagnostic = Diagnostic::error("keyword-as-name", here, message)
                    .label("a keyword never names anything")
                    .help("names are lower-case words joined by hyphens; a second word makes one of a keyword");
                self.refuse(diagnostic)
            }
            SyntaxKind::Code | SyntaxKind::OddWord => {
                let name = characters.to_lowercase().replace('_', "-");
                let message = format!("expected {expected}, found `{characters}`");
                let diagnostic = Diagnostic::error("name-in-capitals", here, message)
                    .label("names are lower-case, and hyphens join their words")
                    .suggest(format!("write `{name}`"), here, name);
                self.refuse(diagnostic)
            }
            _ => self.fail(expected),
        }
    }

    /// Whether a declared name comes so far ahead.
    pub(super) fn is_name(&self, ahead: usize) -> bool {
        {
            let characters = self.characters(ahead);
            self.kind(ahead) == SyntaxKind::Word && !is_keyword(characters) && !is_pronoun(characters)
        }
    }

    /// Names separated by commas.
    pub(super) fn names(&mut self, expected: &str) -> Read<Vec<Name>> {
        let mut names = vec![self.name(expected)?];
        while self.kind(0) == SyntaxKind::Comma && self.is_name(1) {
            self.bump();
            names.push(self.name(expected)?);
        }
        Ok(names)
    }

    /// A code, `COW:` and an abbreviation, or a movement in quotes.
    pub(super) fn actor(&mut self, expected: &str) -> Read<Actor> {
        self.node(SyntaxKind::Actor, |line| line.actor_inside(expected))
    }

    fn actor_inside(&mut self, expected: &str) -> Read<Actor> {
        match self.kind(0) {
            SyntaxKind::Text => self.quoted(expected).map(Actor::Movement),
            SyntaxKind::Code if self.is_foreign_code() => {
                self.bump_many(2);
                let abbreviation = self.characters(0);
                let here = self.ahead(0, 1);
                self.expect_kind(SyntaxKind::Code, "an abbreviation of the Correlates of War")?;
                match cross_the_bridge(abbreviation, self.year) {
                    Some(code) => Ok(Actor::code(code)),
                    None => {
                        let message = format!("`{abbreviation}` is no abbreviation of the Correlates of War");
                        self.refuse(Diagnostic::error("unknown-abbreviation", here, message))
                    }
                }
            }
            SyntaxKind::Code => {
                let code = self.characters(0);
                self.bump();
                Ok(match self.codes {
                    Codes::Iso => Actor::code(code),
                    // A code declared by the file itself is in neither set, and stays as it is.
                    Codes::Cow => Actor::code(cross_the_bridge(code, self.year).unwrap_or(code)),
                })
            }
            SyntaxKind::Word | SyntaxKind::OddWord => self.fail_code(expected),
            _ => self.fail(expected),
        }
    }

    fn is_foreign_code(&self) -> bool {
        self.kind(1) == SyntaxKind::Colon && self.touches_next(0) && self.touches_next(1)
    }

    /// Reports a word where a code was expected: perhaps the code in small letters.
    fn fail_code<T>(&mut self, expected: &str) -> Read<T> {
        let word = self.characters(0);
        let here = self.ahead(0, 1);
        let looks_like_code = (2..=4).contains(&word.len()) && word.is_ascii() && !is_keyword(word);
        if !looks_like_code || is_pronoun(word) || word == "and" {
            return self.fail(expected);
        }
        let code = word.to_uppercase();
        let diagnostic = Diagnostic::error("lower-case-code", here, format!("expected {expected}, found `{word}`"))
            .label("codes are capitals")
            .suggest(format!("write `{code}`"), here, code);
        self.refuse(diagnostic)
    }

    /// Whether what comes so far ahead goes on with a list of actors: anything but a keyword.
    fn continues_list(&self, ahead: usize) -> bool {
        match self.kind(ahead) {
            SyntaxKind::Code | SyntaxKind::Text | SyntaxKind::OddWord => true,
            SyntaxKind::Word => !is_keyword(self.characters(ahead)),
            _ => false,
        }
    }

    /// Actors separated by commas.
    pub(super) fn actors(&mut self, expected: &str) -> Read<Vec<Actor>> {
        let mut actors = vec![self.actor(expected)?];
        while self.kind(0) == SyntaxKind::Comma && self.continues_list(1) {
            self.bump();
            actors.push(self.actor(expected)?);
        }
        Ok(actors)
    }

    /// An actor, or the name of a group or class that stands for its members.
    pub(super) fn member(&mut self, expected: &str) -> Read<Member> {
        if self.is_name(0) {
            return self.name(expected).map(Member::Group);
        }
        self.actor(expected).map(Member::Actor)
    }

    /// Members separated by commas.
    pub(super) fn members(&mut self, expected: &str) -> Read<Vec<Member>> {
        let mut members = vec![self.member(expected)?];
        while self.kind(0) == SyntaxKind::Comma && self.continues_list(1) {
            self.bump();
            members.push(self.member(expected)?);
        }
        Ok(members)
    }

    /// Somebody: a selector, and whom it leaves out.
    pub(super) fn who(&mut self, expected: &str) -> Read<Who> {
        self.node(SyntaxKind::Who, |line| {
            let start = line.start();
            let selector = line.selector(expected)?;
            let other_than =
                if line.eat(&["other", "than"]) { line.members("whom it leaves out")? } else { Vec::new() };
            Ok(Who { selector, other_than, span: line.since(start) })
        })
    }

    fn selector(&mut self, expected: &str) -> Read<Selector> {
        match self.word(0) {
            "anyone" => {
                self.bump();
                Ok(Selector::Anyone)
            }
            "a" | "an" => self.indefinite(),
            "any" => {
                self.expect(&["any", "of"])?;
                self.members("an actor or a group").map(Selector::AnyOf)
            }
            "all" => {
                self.expect(&["all", "of"])?;
                self.members("an actor or a group").map(Selector::AllOf)
            }
            "each" => self.each(),
            "the" => self.definite(),
            "this" => {
                self.expect(&["this", "charter"])?;
                Ok(Selector::Charter(None))
            }
            "exactly" => {
                self.bump();
                let number = self.number("how many")?;
                self.counted(true, number)
            }
            _ => match self.kind(0) {
                _ if self.kind(0) == SyntaxKind::Number || self.is_ahead(1, &["or", "more"]) => {
                    let number = self.number("how many")?;
                    self.expect(&["or", "more"])?;
                    self.counted(false, number)
                }
                SyntaxKind::Word if self.is_name(0) => self.named_selector(expected),
                _ => self.actor(expected).map(Selector::Actor),
            },
        }
    }

    /// A bare name, unless it is a code in small letters where no group can be meant.
    fn named_selector(&mut self, expected: &str) -> Read<Selector> {
        if is_pronoun(self.characters(0)) || self.characters(0) == "and" {
            return self.fail(expected);
        }
        self.name(expected).map(Selector::Group)
    }

    fn indefinite(&mut self) -> Read<Selector> {
        self.bump();
        for (word, selector) in
            [("state", Selector::AState), ("party", Selector::AParty), ("non-party", Selector::ANonParty)]
        {
            if self.eat(&[word]) {
                return Ok(selector);
            }
        }
        self.name("`state`, `party`, `non-party` or a class").map(Selector::AClass)
    }

    fn each(&mut self) -> Read<Selector> {
        self.bump();
        if self.eat(&["of"]) {
            return self.members("an actor or a group").map(Selector::EachOf);
        }
        if self.eat(&["party"]) {
            return Ok(Selector::EachParty);
        }
        if self.eat(&["other", "party"]) {
            return Ok(Selector::EachOtherParty);
        }
        if self.eat(&["other", "member"]) {
            return Ok(Selector::EachOtherMember);
        }
        self.fail_near("`party`, `other party`, `other member` or `of` and a list", &["party", "other", "of"])
    }

    fn definite(&mut self) -> Read<Selector> {
        self.bump();
        if self.eat(&["other", "party"]) {
            return Ok(Selector::TheOtherParty);
        }
        if self.eat(&["bearer"]) {
            return Ok(Selector::Bearer);
        }
        if self.eat(&["originator"]) {
            return Ok(Selector::Originator);
        }
        self.role().map(Selector::Role)
    }

    /// One of the roles that triggers hand out, after `the`.
    pub(super) fn role(&mut self) -> Read<Role> {
        const ROLES: [(&str, Role); 8] = [
            ("attacker", Role::Attacker),
            ("victim", Role::Victim),
            ("threatener", Role::Threatener),
            ("threatened", Role::Threatened),
            ("belligerent", Role::Belligerent),
            ("enemy", Role::Enemy),
            ("requester", Role::Requester),
            ("notifier", Role::Notifier),
        ];
        for (word, role) in ROLES {
            if self.eat(&[word]) {
                return Ok(role);
            }
        }
        self.fail_near("a role, as `victim`, `attacker` or `requester`", &ROLES.map(|(word, _)| word))
    }

    fn counted(&mut self, exactly: bool, number: u32) -> Read<Selector> {
        let of = if self.eat(&["states"]) || self.eat(&["state"]) {
            Countable::States
        } else if self.eat(&["parties"]) || self.eat(&["party"]) {
            Countable::Parties
        } else if self.eat(&["non-parties"]) || self.eat(&["non-party"]) {
            Countable::NonParties
        } else {
            Countable::Class(self.name("`states`, `parties`, `non-parties` or a class")?)
        };
        Ok(Selector::Count { exactly, number, of })
    }

    /// A count.
    pub(super) fn number(&mut self, expected: &str) -> Read<u32> {
        let characters = self.characters(0);
        let here = self.ahead(0, 1);
        if self.kind(0) != SyntaxKind::Number {
            return self.fail_number(expected);
        }
        match characters.parse() {
            Ok(number) => {
                self.bump();
                Ok(number)
            }
            Err(_) => {
                let message = format!("`{characters}` is more than can be counted");
                self.refuse(Diagnostic::error("bad-number", here, message).label("at most 4294967295"))
            }
        }
    }

    fn fail_number<T>(&mut self, expected: &str) -> Read<T> {
        const WORDS: [&str; 13] =
            ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
        let here = self.ahead(0, 1);
        match WORDS.iter().position(|word| *word == self.characters(0)) {
            Some(number) => {
                let message = format!("expected {expected}, found `{}`", self.characters(0));
                let diagnostic = Diagnostic::error("bad-number", here, message)
                    .label("numbers are written in digits")
                    .suggest(format!("write `{number}`"), here, number.to_string());
                self.refuse(diagnostic)
            }
            None => self.fail(expected),
        }
    }
}
