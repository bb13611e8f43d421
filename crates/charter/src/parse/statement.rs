//! One grammar for triggers, conditions and facts. Read [`Sentence::statement`] first.

use super::sentence::{Misread, Read, Sentence};
use crate::diagnostic::Diagnostic;
use crate::model::{
    AreaKind, ArticleKind, ArticleLabel, ArticleRef, Location, Object, Provocation, Selector, Statement, Verb, Who,
};
use crate::name::{Actor, Name};
use crate::span::Span;
use crate::spelling::nearest;
use crate::syntax::SyntaxKind;

/// What a verb is followed by.
#[derive(Clone, Copy)]
enum Follows {
    Nothing,
    Who,
    WhoOrPlace,
    MaybeWhoAfter(&'static str),
    Request,
    Reference,
    Quoted,
    MaybeQuotedAfterTo,
    QuotedMaybeBySilence,
}

/// A verb as it is written: `third` of one, `base` of several and after `does not`.
struct Form {
    third: &'static str,
    base: &'static str,
    rest: &'static [&'static str],
    verb: Verb,
    follows: Follows,
}

impl Form {
    fn is_written(&self, word: &str) -> bool {
        // Both forms of a verb begin alike.
        word.as_bytes().first() == self.base.as_bytes().first() && (word == self.third || word == self.base)
    }
}

const fn form(
    third: &'static str,
    base: &'static str,
    rest: &'static [&'static str],
    verb: Verb,
    follows: Follows,
) -> Form {
    Form { third, base, rest, verb, follows }
}

/// Where two forms begin alike, the longer one stands first.
const FORMS: &[Form] = &[
    form("attacks", "attack", &[], Verb::Attacks, Follows::Who),
    form("clashes", "clash", &["with"], Verb::ClashesWith, Follows::Who),
    form("commits", "commit", &["aggression", "against"], Verb::CommitsAggressionAgainst, Follows::Who),
    form("threatens", "threaten", &[], Verb::Threatens, Follows::Who),
    form("blockades", "blockade", &[], Verb::Blockades, Follows::Who),
    form("occupies", "occupy", &[], Verb::Occupies, Follows::WhoOrPlace),
    form("sends", "send", &["armed", "bands", "into"], Verb::SendsArmedBandsInto, Follows::WhoOrPlace),
    form("cyber-attacks", "cyber-attack", &[], Verb::CyberAttacks, Follows::Who),
    form("rises", "rise", &["against"], Verb::RisesAgainst, Follows::Who),
    form("makes", "make", &["war", "on"], Verb::MakesWarOn, Follows::Who),
    form("declares", "declare", &["war", "on"], Verb::DeclaresWarOn, Follows::Who),
    form("supports", "support", &[], Verb::Supports, Follows::Who),
    form("assists", "assist", &[], Verb::Assists, Follows::Who),
    form("mobilises", "mobilise", &[], Verb::Mobilises, Follows::MaybeWhoAfter("against")),
    form("surrenders", "surrender", &[], Verb::Surrenders, Follows::MaybeWhoAfter("to")),
    form("concludes", "conclude", &["peace", "with"], Verb::ConcludesPeaceWith, Follows::Who),
    form("requests", "request", &[], Verb::Requests, Follows::Request),
    form("invokes", "invoke", &[], Verb::Invokes, Follows::Reference),
    form("finds", "find", &[], Verb::Finds, Follows::Quoted),
    form("decides", "decide", &[], Verb::Decides, Follows::Quoted),
    form("consents", "consent", &[], Verb::Consents, Follows::MaybeQuotedAfterTo),
    form("breaks", "break", &["silence", "on"], Verb::BreaksSilenceOn, Follows::Quoted),
    form("breaks", "break", &[], Verb::Breaks, Follows::Reference),
    form("performs", "perform", &[], Verb::Performs, Follows::Reference),
    form("releases", "release", &[], Verb::Releases, Follows::Who),
    form("gives", "give", &["notice"], Verb::GivesNotice, Follows::Nothing),
    form("takes", "take", &["up"], Verb::TakesUp, Follows::QuotedMaybeBySilence),
    form("objects", "object", &["to"], Verb::ObjectsTo, Follows::Quoted),
    form("votes", "vote", &["for"], Verb::VotesFor, Follows::Quoted),
    form("votes", "vote", &["against"], Verb::VotesAgainst, Follows::Quoted),
    form("abstains", "abstain", &["on"], Verb::AbstainsOn, Follows::Quoted),
];

/// Words of ordinary English for what the language calls otherwise.
const SYNONYMS: &[(&str, &str)] = &[
    ("aids", "assists"),
    ("bombards", "attacks"),
    ("bombs", "attacks"),
    ("defends", "assists"),
    ("helps", "assists"),
    ("invades", "attacks"),
    ("menaces", "threatens"),
    ("shells", "attacks"),
    ("strikes", "attacks"),
];

impl Sentence<'_> {
    /// Statements joined by `or`.
    pub(super) fn statements(&mut self) -> Read<Vec<Statement>> {
        let mut statements = vec![self.statement()?];
        while self.eat(&["or"]) {
            statements.push(self.statement()?);
        }
        Ok(statements)
    }

    /// Somebody does something to somebody, somewhere.
    pub(super) fn statement(&mut self) -> Read<Statement> {
        self.node(SyntaxKind::Statement, |line| {
            let start = line.start();
            let mut statement = line.bare_statement()?;
            line.qualifiers(&mut statement)?;
            statement.span = line.since(start);
            Ok(statement)
        })
    }

    fn bare_statement(&mut self) -> Read<Statement> {
        if self.eat(&["the", "place"]) {
            let negated = self.is_or_is_not()?;
            self.expect(&["in"])?;
            let area = self.name("a declared area or place")?;
            return Ok(statement(nobody(), negated, Verb::PlaceIsIn, Object::Area(area)));
        }
        if self.is_standing_term() {
            let term = self.quoted("a term")?;
            return Ok(statement(nobody(), false, Verb::Term, Object::Thing(term)));
        }
        let subject = self.who("who does it")?;
        if self.is_at(&["is"]) || self.is_at(&["are"]) {
            return self.state(subject);
        }
        let negated = self.eat(&["does", "not"]) || self.eat(&["do", "not"]);
        self.event(subject, negated)
    }

    /// A quoted term by itself, rather than a movement that does something.
    fn is_standing_term(&self) -> bool {
        self.kind(0) == SyntaxKind::Text
            && (matches!(self.kind(1), SyntaxKind::LineEnd | SyntaxKind::Comma) || self.is_ahead(1, &["or"]))
    }

    fn is_or_is_not(&mut self) -> Read<bool> {
        if !(self.eat(&["is"]) || self.eat(&["are"])) {
            return self.fail_near("`is` or `is not`", &["is"]);
        }
        Ok(self.eat(&["not"]))
    }

    fn state(&mut self, subject: Who) -> Read<Statement> {
        let negated = self.is_or_is_not()?;
        if self.eat(&["at", "war", "with"]) {
            let enemy = self.who("whom it is at war with")?;
            return Ok(statement(subject, negated, Verb::IsAtWarWith, Object::Who(enemy)));
        }
        if self.eat(&["occupied"]) {
            let occupier = if self.eat(&["by"]) { Object::Who(self.who("an occupier")?) } else { Object::Nothing };
            return Ok(statement(subject, negated, Verb::IsOccupiedBy, occupier));
        }
        if self.eat(&["in", "force"]) {
            let charter = renamed(subject, |name| Selector::Charter(Some(name)));
            return Ok(statement(charter, negated, Verb::IsInForce, Object::Nothing));
        }
        if self.eat(&["bound", "to"]) {
            let to = self.who("to whom it is bound")?;
            self.expect(&["by"])?;
            let kind = self.quoted("a kind of charter in quotes, as \"arbitration treaty\"")?;
            return Ok(statement(subject, negated, Verb::IsBoundTo, Object::Bond { to, kind }));
        }
        if self.eat(&["a"]) || self.eat(&["an"]) {
            return self.membership(subject, negated);
        }
        self.fail_near(
            "a state: `at war with`, `occupied`, `in force`, `bound to`, `a party to`, `a member of` or a class",
            &["at", "occupied", "in", "bound", "a"],
        )
    }

    fn membership(&mut self, subject: Who, negated: bool) -> Read<Statement> {
        if self.eat(&["party", "to"]) {
            let charter = self.name("a charter")?;
            return Ok(statement(subject, negated, Verb::IsPartyTo, Object::Charter(charter)));
        }
        if self.eat(&["member", "of"]) {
            let body = self.name("a body or a track")?;
            return Ok(statement(subject, negated, Verb::IsMemberOf, Object::Body(body)));
        }
        let class = self.name("`party to`, `member of` or a class")?;
        Ok(statement(subject, negated, Verb::IsA, Object::Class(class)))
    }

    /// Whether a verb stands so far ahead.
    pub(super) fn is_verb(&self, ahead: usize) -> bool {
        let word = self.word(ahead);
        matches!(word, "is" | "are" | "does" | "do") || FORMS.iter().any(|form| form.is_written(word))
    }

    fn event(&mut self, subject: Who, negated: bool) -> Read<Statement> {
        let first = self.word(0);
        let written = FORMS.iter().find(|form| form.is_written(first) && self.is_ahead(1, form.rest));
        let Some(form) = written else { return self.fail_verb(&subject, negated) };
        if first == form.third && negated {
            self.report_agreement(form.base, "after `does not` the verb is bare");
        } else if first == form.base && !negated && is_one(&subject.selector) {
            self.report_agreement(form.third, "one actor");
        }
        self.bump_many(1 + form.rest.len());
        let object = self.object(form.follows)?;
        let is_for_bodies = matches!(form.verb, Verb::Finds | Verb::Decides | Verb::TakesUp | Verb::Consents);
        let subject = if is_for_bodies { renamed(subject, Selector::Body) } else { subject };
        Ok(statement(subject, negated, form.verb, object))
    }

    fn report_agreement(&mut self, wanted: &str, why: &str) {
        let here = self.ahead(0, 1);
        let message = format!("the verb should be `{wanted}`");
        self.report(Diagnostic::error("verb-agreement", here, message).label(why).suggest(
            format!("write `{wanted}`"),
            here,
            wanted,
        ));
    }

    fn fail_verb<T>(&mut self, subject: &Who, negated: bool) -> Read<T> {
        let found = self.characters(0);
        let here = self.ahead(0, 1);
        if found == "or" {
            return self.fail_or(subject);
        }
        // A verb that is known but goes on otherwise: say how it goes on.
        if let Some(form) = FORMS.iter().find(|form| found == form.third || found == form.base) {
            self.bump();
            let rest = form.rest.join(" ");
            return self.fail_near(&format!("`{found} {rest}`"), form.rest);
        }
        if self.kind(0) != SyntaxKind::Word || super::keywords::is_pronoun(found) || found == "and" {
            return self.fail("a verb");
        }
        if self.is_past_reporting() {
            return Err(Misread);
        }
        let forms: Vec<&str> = FORMS.iter().map(|form| if negated { form.base } else { form.third }).collect();
        let synonym = SYNONYMS.iter().find(|(word, _)| *word == found).map(|(_, verb)| *verb);
        let diagnostic = Diagnostic::error("unknown-verb", here, format!("`{found}` is no verb of the language"))
            .label("expected a verb, as `attacks`, `requests` or `is at war with`");
        let diagnostic = match synonym.or_else(|| nearest(found, forms.iter().copied())) {
            Some(verb) => diagnostic.suggest(format!("did you mean `{verb}`?"), here, verb),
            None => diagnostic,
        };
        self.refuse(diagnostic)
    }

    /// `PAK or SAU attacks`: reports that `or` joins whole statements.
    fn fail_or<T>(&mut self, subject: &Who) -> Read<T> {
        let here = self.ahead(0, 1);
        let diagnostic = Diagnostic::error("or-joins-statements", here, "`or` joins whole statements")
            .label("who does what is not said yet")
            .help("several subjects are `any of` or `all of` a list");
        if self.kind(1) != SyntaxKind::Code {
            return self.refuse(diagnostic);
        }
        let list = subject.span.to(self.ahead(1, 2));
        let written = format!("any of {}, {}", self.source(subject.span), self.characters(1));
        self.refuse(diagnostic.suggest("if any one of them is enough", list, written))
    }

    fn object(&mut self, follows: Follows) -> Read<Object> {
        match follows {
            Follows::Nothing => Ok(Object::Nothing),
            Follows::Who => self.who("to whom it is done").map(Object::Who),
            Follows::WhoOrPlace if self.is_name(0) => self.name("a place").map(Object::Place),
            Follows::WhoOrPlace => self.who("an actor or a declared place").map(Object::Who),
            Follows::MaybeWhoAfter(word) if self.eat(&[word]) => self.who("to whom it is done").map(Object::Who),
            Follows::MaybeWhoAfter(_) => Ok(Object::Nothing),
            Follows::Request if self.eat(&["consultation"]) => Ok(Object::Thing(Name::new("consultation"))),
            Follows::Request => self.quoted("`consultation`, or a matter in quotes").map(Object::Thing),
            Follows::Reference if self.is_name(0) => self.name("a charter").map(Object::Charter),
            Follows::Reference => self.article_reference("an article or a charter").map(Object::Article),
            Follows::Quoted => self.quoted("a matter or a term in quotes").map(Object::Thing),
            Follows::MaybeQuotedAfterTo if self.eat(&["to"]) => self.quoted("a matter in quotes").map(Object::Thing),
            Follows::MaybeQuotedAfterTo => Ok(Object::Nothing),
            Follows::QuotedMaybeBySilence => {
                let matter = self.quoted("a matter in quotes")?;
                if !self.eat(&["by"]) {
                    return Ok(Object::Thing(matter));
                }
                self.expect(&["silence", "until"])?;
                let until = self.when("the hour at which silence adopts it")?;
                Ok(Object::Silence { matter, until })
            }
        }
    }

    /// `in durand-line`, `without provocation`, `from within`: each once, in any order.
    pub(super) fn qualifiers(&mut self, statement: &mut Statement) -> Read<()> {
        loop {
            if statement.place.is_none() && self.eat(&["in"]) {
                statement.place = Some(self.location()?);
            } else if statement.provocation.is_none() && self.eat(&["without", "provocation"]) {
                statement.provocation = Some(Provocation::Without);
            } else if statement.provocation.is_none() && self.eat(&["after", "provocation"]) {
                statement.provocation = Some(Provocation::After);
            } else if !statement.from_within && self.eat(&["from", "within"]) {
                statement.from_within = true;
            } else {
                return Ok(());
            }
        }
    }

    fn location(&mut self) -> Read<Location> {
        self.node(SyntaxKind::Location, |line| {
            if let Some(kind) = line.area_kind() {
                line.expect(&["of"])?;
                let whose = line.actor("whose it is")?;
                let within = if line.eat(&["in"]) { Some(line.name("a declared place")?) } else { None };
                return Ok(Location::Of { kind, whose, within });
            }
            if line.kind(0) == SyntaxKind::Code {
                let whose: Actor = line.actor("a place")?;
                return Ok(Location::Of { kind: AreaKind::Territory, whose, within: None });
            }
            line.name("a declared place or area").map(Location::Named)
        })
    }

    /// `territory`, `islands`, `waters`, `forces`, `interests`
    pub(super) fn area_kind(&mut self) -> Option<AreaKind> {
        const KINDS: [(&str, AreaKind); 5] = [
            ("territory", AreaKind::Territory),
            ("islands", AreaKind::Islands),
            ("waters", AreaKind::Waters),
            ("forces", AreaKind::Forces),
            ("interests", AreaKind::Interests),
        ];
        KINDS.iter().find(|(word, _)| self.eat(&[word])).map(|(_, kind)| *kind)
    }

    /// `article 7 of london-1839`, `this article`
    pub(super) fn article_reference(&mut self, expected: &str) -> Read<ArticleRef> {
        self.node(SyntaxKind::ArticleReference, |line| {
            let start = line.start();
            if line.eat(&["this", "article"]) {
                return Ok(ArticleRef { charter: None, label: None, span: line.since(start) });
            }
            let label = line.article_label(expected)?;
            let charter = if line.is_at(&["of"]) && line.is_name(1) {
                line.bump();
                Some(line.name("a charter")?)
            } else {
                None
            };
            Ok(ArticleRef { charter, label: Some(label), span: line.since(start) })
        })
    }

    /// Whether the name of an article comes next.
    pub(super) fn is_article_label(&self) -> bool {
        matches!(self.word(0), "article" | "protocol" | "annex" | "resolution")
    }

    /// `article 4(1)`
    pub(super) fn article_label(&mut self, expected: &str) -> Read<ArticleLabel> {
        const KINDS: [(&str, ArticleKind); 4] = [
            ("article", ArticleKind::Article),
            ("protocol", ArticleKind::Protocol),
            ("annex", ArticleKind::Annex),
            ("resolution", ArticleKind::Resolution),
        ];
        let Some((_, kind)) = KINDS.iter().find(|(word, _)| self.eat(&[word])) else {
            return self.fail_near(expected, &KINDS.map(|(word, _)| word));
        };
        let number = self.article_number();
        if number.as_str().is_empty() && *kind == ArticleKind::Article {
            return self.fail("the number of the article, as `5` or `4(1)`");
        }
        Ok(ArticleLabel { kind: *kind, number })
    }

    /// `4(1)`: words that touch are one number.
    fn article_number(&mut self) -> Name {
        let is_first =
            |kind| matches!(kind, SyntaxKind::Number | SyntaxKind::Label | SyntaxKind::Code | SyntaxKind::Date);
        let goes_on = |kind| {
            is_first(kind)
                || matches!(kind, SyntaxKind::Word | SyntaxKind::OpenParenthesis | SyntaxKind::CloseParenthesis)
        };
        let start = self.start();
        if !is_first(self.kind(0)) {
            return Name::new("");
        }
        loop {
            let touches = self.touches_next(0) && goes_on(self.kind(1));
            self.bump();
            if !touches {
                let span: Span = self.since(start);
                return Name::new(self.source(span));
            }
        }
    }
}

fn statement(subject: Who, negated: bool, verb: Verb, object: Object) -> Statement {
    Statement { subject, negated, verb, object, place: None, provocation: None, from_within: false, span: Span::NONE }
}

/// The subject of a statement that has none.
fn nobody() -> Who {
    Who { selector: Selector::Nobody, other_than: Vec::new(), span: Span::NONE }
}

/// A bare name taken for what the verb speaks of.
fn renamed(mut who: Who, selector: fn(Name) -> Selector) -> Who {
    if let Selector::Group(name) = &who.selector {
        who.selector = selector(name.clone());
    }
    who
}

/// Whether the subject takes its verb in the singular and in no other way.
fn is_one(selector: &Selector) -> bool {
    matches!(
        selector,
        Selector::Anyone
            | Selector::AState
            | Selector::AParty
            | Selector::ANonParty
            | Selector::AClass(_)
            | Selector::Actor(_)
            | Selector::Role(_)
            | Selector::Bearer
            | Selector::TheOtherParty
            | Selector::EachParty
            | Selector::EachOtherParty
    )
}
