//! What a charter or a prelude declares: actors, places, classes, groups, areas, words, counting.
//! Read [`Sentence::class`] first.

#![expect(clippy::wildcard_enum_match_arm, reason = "of fifty kinds of token a word is one of few; the rest are alike")]

use super::sentence::{Read, Sentence};
use crate::diagnostic::Diagnostic;
use crate::model::{
    ActorDeclaration, AreaDeclaration, AreaItem, AreaKind, ClassDeclaration, ClassKind, ClassMember, ClassMembers,
    Counting, Definition, Finder, GroupDeclaration, PlaceDeclaration, Source, TermDeclaration, Verb, When, Zone,
};
use crate::name::Name;
use crate::syntax::SyntaxKind;

impl Sentence<'_> {
    /// `counting days after the event, months to the same date, hours from receipt, in UTC`
    pub(super) fn counting(&mut self) -> Read<Counting> {
        let start = self.start();
        self.expect(&["counting"])?;
        let (mut days, mut months, mut hours, mut zone): (Option<bool>, Option<()>, Option<bool>, Option<Zone>) =
            (None, None, None, None);
        loop {
            let clause_start = self.start();
            match self.word(0) {
                "days" => {
                    self.bump();
                    let after = self.one_of("`after the event` or `with the event`", &["after"], &["with"])?;
                    self.expect(&["the", "event"])?;
                    self.once(&mut days, after, clause_start, "how days are counted");
                }
                "months" => {
                    self.expect(&["months", "to", "the", "same", "date"])?;
                    self.once(&mut months, (), clause_start, "how months are counted");
                }
                "hours" => {
                    self.expect(&["hours", "from"])?;
                    let receipt = self.one_of("`receipt` or `the event`", &["receipt"], &["the", "event"])?;
                    self.once(&mut hours, receipt, clause_start, "how hours are counted");
                }
                "in" => {
                    self.bump();
                    let written = self.zone()?;
                    self.once(&mut zone, written, clause_start, "the zone");
                }
                _ => {
                    return self.fail_near(
                        "`days after the event`, `months to the same date`, `hours from receipt` or `in UTC`",
                        &["days", "months", "hours", "in"],
                    );
                }
            }
            if !self.eat_kind(SyntaxKind::Comma) {
                break;
            }
        }
        match (days, hours, zone) {
            (Some(days_after_event), Some(hours_from_receipt), Some(zone)) => {
                Ok(Counting { days_after_event, hours_from_receipt, zone })
            }
            (days, hours, zone) => self.fail_counting(start, days.is_none(), hours.is_none(), zone.is_none()),
        }
    }

    fn fail_counting<T>(&mut self, start: usize, no_days: bool, no_hours: bool, no_zone: bool) -> Read<T> {
        let here = self.since(start);
        let mut diagnostic = Diagnostic::error("counting-incomplete", here, "not all of the calendar is counted")
            .label("something is not said");
        for (is_missing, example) in
            [(no_days, "days after the event"), (no_hours, "hours from receipt"), (no_zone, "in UTC")]
        {
            if is_missing {
                diagnostic = diagnostic.help(format!("add how this is counted, as `{example}`"));
            }
        }
        self.refuse(diagnostic)
    }

    /// True for the first words, false for the others.
    fn one_of(&mut self, expected: &str, yes: &[&str], no: &[&str]) -> Read<bool> {
        if self.eat(yes) {
            return Ok(true);
        }
        if self.eat(no) {
            return Ok(false);
        }
        self.fail_near(expected, &[yes.first().copied().unwrap_or_default(), no.first().copied().unwrap_or_default()])
    }

    /// `actor AUH "Austria, from 1867 Austria-Hungary" from 1816-01-01 to 1918-11-12, COW 300`
    pub(super) fn actor_declaration(&mut self) -> Read<ActorDeclaration> {
        let start = self.start();
        self.expect(&["actor"])?;
        let code = self.declared_code("the actor's code")?;
        let name = self.quoted("the actor's name in quotes")?;
        let (from, to) = self.life()?;
        let mut actor = ActorDeclaration {
            code,
            name,
            from,
            to,
            is_state: true,
            continues: None,
            cow: None,
            span: self.since(start),
        };
        while self.kind(0) == SyntaxKind::Comma {
            let clause_start = self.start();
            if self.eat_after_comma(&["not", "a", "state"]) {
                actor.is_state = false;
            } else if self.eat_after_comma(&["continues"]) {
                let continued = self.declared_code("the code of the actor it continues")?;
                self.once(&mut actor.continues, continued, clause_start, "what it continues");
            } else if self.characters(1) == "COW" {
                self.bump_many(2);
                let number = self.cow_number()?;
                self.once(&mut actor.cow, number, clause_start, "its Correlates of War number");
            } else {
                self.bump();
                return self.fail_near("`not a state`, `continues` or `COW` and a number", &["not", "continues"]);
            }
        }
        actor.span = self.since(start);
        Ok(actor)
    }

    /// A code as it stands: one that is being declared has no other letters.
    fn declared_code(&mut self, expected: &str) -> Read<Name> {
        self.expect_kind(SyntaxKind::Code, expected).map(Name::new)
    }

    fn cow_number(&mut self) -> Read<u16> {
        let here = self.ahead(0, 1);
        let number = self.number("a Correlates of War number, as `300`")?;
        match u16::try_from(number) {
            Ok(number) => Ok(number),
            Err(_) => {
                let message = format!("`{number}` is no Correlates of War number");
                self.refuse(Diagnostic::error("bad-number", here, message).label("they end at 999"))
            }
        }
    }

    /// `from 1816-01-01 to 1918-11-12`, both or either or neither.
    fn life(&mut self) -> Read<(Option<When>, Option<When>)> {
        let from = if self.eat(&["from"]) { Some(self.when("the first day")?) } else { None };
        let to = if self.eat(&["to"]) { Some(self.when("the last day")?) } else { None };
        Ok((from, to))
    }

    /// `place durand-line, bohemia`, `place bohemia in europe`, `place europe: BEL, DEU`
    pub(super) fn places(&mut self, places: &mut Vec<PlaceDeclaration>) -> Read<()> {
        self.expect(&["place"])?;
        let mut named = Vec::new();
        loop {
            let start = self.start();
            let name = self.name("the place's name")?;
            named.push((name, self.since(start)));
            if !self.eat_kind(SyntaxKind::Comma) {
                break;
            }
        }
        let within = if self.eat(&["in"]) { self.names("the place it lies in")? } else { Vec::new() };
        let home_of = if named.len() == 1 && self.eat_kind(SyntaxKind::Colon) {
            self.actors("whose home territory lies in it")?
        } else {
            Vec::new()
        };
        for (name, span) in named {
            places.push(PlaceDeclaration { name, within: within.clone(), home_of: home_of.clone(), span });
        }
        Ok(())
    }

    /// `rank great-power: AUH, DEU`, `named european-power: found by each party`
    pub(super) fn class(&mut self) -> Read<ClassDeclaration> {
        const KINDS: [(&str, ClassKind); 5] = [
            ("named", ClassKind::Named),
            ("allied", ClassKind::Allied),
            ("rank", ClassKind::Rank),
            ("region", ClassKind::Region),
            ("ideology", ClassKind::Ideology),
        ];
        let start = self.start();
        let Some((_, kind)) = KINDS.iter().find(|(word, _)| self.eat(&[word])) else {
            return self.fail_near("the kind of class", &KINDS.map(|(word, _)| word));
        };
        let name = self.name("the class's name")?;
        self.expect_kind(SyntaxKind::Colon, "`:` and its members")?;
        let members = if self.eat(&["found", "by"]) {
            ClassMembers::FoundBy(self.finder()?)
        } else {
            ClassMembers::Listed(self.class_members("a member, or `found by`")?)
        };
        Ok(ClassDeclaration { kind: *kind, name, members, span: self.since(start) })
    }

    /// `DEU, ESP from 1982-05-30, TUR`
    pub(super) fn class_members(&mut self, expected: &str) -> Read<Vec<ClassMember>> {
        let mut members = Vec::new();
        loop {
            let actor = self.actor(expected)?;
            let (from, to) = self.life()?;
            members.push(ClassMember { actor, from, to });
            if !self.eat_kind(SyntaxKind::Comma) {
                return Ok(members);
            }
        }
    }

    /// `group guarantors: AUH, DEU`
    pub(super) fn group(&mut self) -> Read<GroupDeclaration> {
        let start = self.start();
        self.expect(&["group"])?;
        let name = self.name("the group's name")?;
        self.expect_kind(SyntaxKind::Colon, "`:` and its members")?;
        let members = self.class_members("a member")?;
        Ok(GroupDeclaration { name, members, span: self.since(start) })
    }

    /// `the victim`, `the bearer`, `each party`, `nobody`, a body
    fn finder(&mut self) -> Read<Finder> {
        for (words, finder) in [
            (&["the", "victim"][..], Finder::Victim),
            (&["the", "bearer"], Finder::Bearer),
            (&["each", "party"], Finder::EachParty),
            (&["nobody"], Finder::Nobody),
        ] {
            if self.eat(words) {
                return Ok(finder);
            }
        }
        if self.is_name(0) {
            return self.name("a body").map(Finder::Body);
        }
        self.fail_near("`the victim`, `the bearer`, `each party`, `nobody` or a body", &["the", "each", "nobody"])
    }

    /// `term "flagrant" found by the bearer`
    pub(super) fn term(&mut self) -> Read<TermDeclaration> {
        let start = self.start();
        self.expect(&["term"])?;
        let term = self.quoted("the term in quotes")?;
        self.expect(&["found", "by"])?;
        let found_by = self.finder()?;
        Ok(TermDeclaration { term, found_by, span: self.since(start) })
    }

    /// `area treaty-area: territory of a party in europe, mediterranean, except islands of GBR`
    pub(super) fn area(&mut self) -> Read<AreaDeclaration> {
        let start = self.start();
        self.expect(&["area"])?;
        let name = self.name("the area's name")?;
        self.expect_kind(SyntaxKind::Colon, "`:` and what it takes in")?;
        let mut area = AreaDeclaration { name, includes: Vec::new(), excludes: Vec::new(), span: self.since(start) };
        let mut excluding = false;
        loop {
            excluding |= self.eat(&["except"]);
            let item = self.area_item()?;
            if excluding {
                area.excludes.push(item)
            } else {
                area.includes.push(item)
            }
            if !self.eat_kind(SyntaxKind::Comma) && !self.is_at(&["except"]) {
                break;
            }
        }
        area.span = self.since(start);
        Ok(area)
    }

    fn area_item(&mut self) -> Read<AreaItem> {
        const EXPECTED: &str = "`territory of`, `islands of`, `waters of`, `forces of`, `interests of` or a place";
        const KINDS: &[&str] = &["territory", "islands", "waters", "forces", "interests"];
        if let Some(kind) = self.area_kind() {
            return self.area_of(kind);
        }
        if self.kind(0) == SyntaxKind::Code {
            let here = self.ahead(0, 1);
            let code = self.characters(0);
            let diagnostic = Diagnostic::error("unexpected-words", here, format!("what of `{code}` is in the area?"))
                .label(format!("expected {EXPECTED}"))
                .suggest("if it is the territory", here, format!("territory of {code}"));
            return self.refuse(diagnostic);
        }
        if self.is_name(0) { self.name(EXPECTED).map(AreaItem::Place) } else { self.fail_near(EXPECTED, KINDS) }
    }

    fn area_of(&mut self, kind: AreaKind) -> Read<AreaItem> {
        self.expect(&["of"])?;
        let whose = self.who("whose it is")?;
        let within = if self.eat(&["in"]) { Some(self.name("a declared place")?) } else { None };
        Ok(AreaItem::Of { kind, whose, within })
    }

    /// `define aggression: armed attack, blockade`
    pub(super) fn definition(&mut self) -> Read<Definition> {
        let start = self.start();
        self.expect(&["define"])?;
        let word = self.word(0);
        if word.is_empty() {
            return self.fail("the word that is defined, as `aggression`");
        }
        self.bump();
        self.expect_kind(SyntaxKind::Colon, "`:` and the kinds of event it takes in")?;
        let mut kinds = Vec::new();
        loop {
            kinds.push(self.event_kind()?);
            if !self.eat_kind(SyntaxKind::Comma) {
                break;
            }
        }
        Ok(Definition { word: Name::new(word), kinds, span: self.since(start) })
    }

    /// The noun of an event.
    fn event_kind(&mut self) -> Read<Verb> {
        const KINDS: [(&[&str], Verb); 12] = [
            (&["armed", "attack"], Verb::Attacks),
            (&["armed", "bands"], Verb::SendsArmedBandsInto),
            (&["blockade"], Verb::Blockades),
            (&["clash"], Verb::ClashesWith),
            (&["cyber-attack"], Verb::CyberAttacks),
            (&["declaration", "of", "war"], Verb::DeclaresWarOn),
            (&["mobilisation"], Verb::Mobilises),
            (&["occupation"], Verb::Occupies),
            (&["rising"], Verb::RisesAgainst),
            (&["support"], Verb::Supports),
            (&["threat"], Verb::Threatens),
            (&["war"], Verb::MakesWarOn),
        ];
        // Not all of these nouns are keywords: nothing else may stand here, so they need not be.
        let is_next = |words: &[&str]| words.iter().enumerate().all(|(ahead, word)| self.word(ahead) == *word);
        match KINDS.iter().find(|(words, _)| is_next(words)) {
            Some((words, verb)) => {
                self.bump_many(words.len());
                Ok(*verb)
            }
            None => self.fail_near(
                "a kind of event, as `armed attack`, `armed bands`, `blockade`, `cyber-attack`, `occupation` or `threat`",
                &KINDS.map(|(words, _)| words.first().copied().unwrap_or_default()),
            ),
        }
    }

    /// `also NAT49`
    pub(super) fn also(&mut self) -> Read<Vec<Name>> {
        self.expect(&["also"])?;
        let mut names = Vec::new();
        loop {
            let name = match self.kind(0) {
                SyntaxKind::Text => self.quoted("another name")?,
                SyntaxKind::Code | SyntaxKind::Label => {
                    let name = Name::new(self.characters(0));
                    self.bump();
                    name
                }
                _ => self.name("another name of the charter: an abbreviation, a word, or a text in quotes")?,
            };
            names.push(name);
            if !self.eat_kind(SyntaxKind::Comma) {
                return Ok(names);
            }
        }
    }

    /// `allow never-triggered`
    pub(super) fn allow(&mut self) -> Read<Vec<Name>> {
        self.expect(&["allow"])?;
        let mut names = Vec::new();
        loop {
            let word = self.word(0);
            if word.is_empty() {
                return self.fail("the name of a warning, as it stands in brackets beside it");
            }
            self.bump();
            names.push(Name::new(word));
            if !self.eat_kind(SyntaxKind::Comma) {
                return Ok(names);
            }
        }
    }

    /// `source "UNTS 34, 243" for article 5`
    pub(super) fn source_line(&mut self) -> Read<Source> {
        let start = self.start();
        self.expect(&["source"])?;
        let text = self.quoted("where it was read, in quotes")?;
        let mut articles = Vec::new();
        if self.eat(&["for"]) {
            loop {
                articles.push(self.article_reference("an article")?);
                if !self.eat_kind(SyntaxKind::Comma) {
                    break;
                }
            }
        }
        Ok(Source { text, articles, span: self.since(start) })
    }
}
