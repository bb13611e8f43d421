//! Looks up the names of sentences: statements, duties, whom they speak of. Read [`Resolver`].
//!
//! What the parser could not tell apart (a bare name that may be a group, a class, a body or a
//! place) is settled here, and plurals become the declared singular.

use super::scope::{Kind, Lookup, World};
use crate::check::{ambiguous_name, undeclared_article, undeclared_charter, undeclared_code, undeclared_name};
use crate::codes;
use crate::findings::Findings;
use crate::model::{
    Action, ActionVerb, ArticleLabel, ArticleRef, Bearer, ClassMember, Condition, Countable, DutyLine, Finder,
    Location, Member, Object, Selector, Statement, Timing, Verb, Who,
};
use crate::name::{Actor, Name};
use crate::span::Span;
use crate::texts::Texts;

/// Groups, classes and bodies: what a bare name in the place of an actor may be.
const COLLECTIVES: &[Kind] = &[Kind::Group, Kind::Class, Kind::Body, Kind::Track];
/// The same, where the sentence is one that bodies are the subject of.
const DECIDING: &[Kind] = &[Kind::Body, Kind::Track, Kind::Group, Kind::Class];
/// What stands for its members in a list.
const MEMBERSHIPS: &[Kind] = &[Kind::Group, Kind::Class];
const LOCATIONS: &[Kind] = &[Kind::Place, Kind::Area];
const ASSEMBLIES: &[Kind] = &[Kind::Body, Kind::Track];

/// Looks names up from one place of the library.
pub(super) struct Resolver<'a> {
    pub(super) world: &'a World,
    pub(super) texts: Texts<'a>,
    pub(super) findings: &'a mut Findings,
    /// The charter the sentence stands in.
    pub(super) here: Option<usize>,
    /// Whether the sentence may use names that only one other charter declares: a scenario's may.
    pub(super) far: bool,
}

impl Resolver<'_> {
    /// An actor's code must be ISO's or declared.
    pub(super) fn actor(&mut self, actor: &Actor, within: Span) {
        match actor {
            Actor::Code(code) => self.code(code, within),
            Actor::Movement(_) => {}
        }
    }

    pub(super) fn code(&mut self, code: &Name, within: Span) {
        if codes::iso_name(code.as_str()).is_some() {
            return;
        }
        match self.world.look_up(self.here, code, &[Kind::Actor], self.far) {
            Lookup::Found(_) | Lookup::TwoKinds(..) | Lookup::TwoCharters(..) => {}
            Lookup::Missing => {
                let (texts, world, here) = (self.texts, self.world, self.here);
                self.findings.error(undeclared_code::CODE, || {
                    let own = here.and_then(|at| world.scope(at)).into_iter().chain([&world.prelude]);
                    let declared: Vec<&str> =
                        own.flat_map(|scope| scope.names(Kind::Actor)).map(Name::as_str).collect();
                    undeclared_code::report(code.as_str(), texts.word(within, code.as_str()), &declared)
                });
            }
        }
    }

    /// The kind of a name, which becomes the singular where a plural was written.
    fn settle(&mut self, name: &mut Name, kinds: &[Kind], within: Span) -> Option<Kind> {
        let found = self.peek(name, kinds);
        match found {
            Some((written, Lookup::Found(kind))) => {
                *name = written;
                Some(kind)
            }
            Some((written, Lookup::TwoKinds(kind, other))) => {
                let span = self.texts.word(within, name.as_str());
                self.findings
                    .error(ambiguous_name::CODE, || ambiguous_name::two_kinds(name.as_str(), span, kind, other));
                *name = written;
                Some(kind)
            }
            Some((_, Lookup::TwoCharters(first, second))) => {
                let span = self.texts.word(within, name.as_str());
                self.findings.error(ambiguous_name::CODE, || {
                    ambiguous_name::two_charters(
                        name.as_str(),
                        span,
                        self.world.name_of(first).as_str(),
                        self.world.name_of(second).as_str(),
                    )
                });
                None
            }
            Some((_, Lookup::Missing)) | None => {
                self.undeclared(name, kinds, within);
                None
            }
        }
    }

    /// Looks a name up as written, and then as the plural of something declared.
    fn peek(&self, name: &Name, kinds: &[Kind]) -> Option<(Name, Lookup)> {
        let look = |name: Name| {
            let found = self.world.look_up(self.here, &name, kinds, self.far);
            (found != Lookup::Missing).then_some((name, found))
        };
        look(name.clone()).or_else(|| singulars(name.as_str()).into_iter().find_map(|one| look(Name::new(&one))))
    }

    fn undeclared(&mut self, name: &Name, kinds: &[Kind], within: Span) {
        let (texts, world, here) = (self.texts, self.world, self.here);
        let forms = singulars(name.as_str()).into_iter().map(|one| Name::new(&one)).chain([name.clone()]);
        let other = forms.filter_map(|name| world.other_kind(here, &name)).next();
        let is_charter = world.charter(name).is_some();
        let code = undeclared_name::code_for(kinds);
        self.findings.error(code, || {
            let own = here.and_then(|at| world.scope(at)).into_iter().chain([&world.prelude]);
            let near = own.flat_map(|scope| kinds.iter().flat_map(|kind| scope.names(*kind))).map(Name::as_str);
            let near: Vec<&str> = near.collect();
            let span = texts.word(within, name.as_str());
            undeclared_name::report(name.as_str(), span, kinds, &near, other, is_charter)
        });
    }

    /// A class, or a group where the language lets either stand.
    pub(super) fn class(&mut self, name: &mut Name, within: Span) {
        self.settle(name, &[Kind::Class], within);
    }

    pub(super) fn place(&mut self, name: &mut Name, within: Span) {
        self.settle(name, LOCATIONS, within);
    }

    pub(super) fn place_alone(&mut self, name: &mut Name, within: Span) {
        self.settle(name, &[Kind::Place], within);
    }

    pub(super) fn body(&mut self, name: &mut Name, within: Span) {
        self.settle(name, &[Kind::Body], within);
    }

    pub(super) fn finder(&mut self, finder: &mut Finder, within: Span) {
        match finder {
            Finder::Body(name) => self.body(name, within),
            Finder::Victim | Finder::Bearer | Finder::EachParty | Finder::Nobody => {}
        }
    }

    pub(super) fn class_members(&mut self, members: &[ClassMember], within: Span) {
        for member in members {
            self.actor(&member.actor, within);
        }
    }

    pub(super) fn members(&mut self, members: &mut [Member], within: Span) {
        for member in members {
            match member {
                Member::Actor(actor) => self.actor(actor, within),
                Member::Group(name) => {
                    self.settle(name, MEMBERSHIPS, within);
                }
            }
        }
    }

    /// A charter by its name or abbreviation, which becomes its name.
    pub(super) fn charter(&mut self, name: &mut Name, within: Span) -> Option<usize> {
        if let Some(at) = self.world.charter(name) {
            *name = self.world.name_of(at);
            return Some(at);
        }
        let (texts, world) = (self.texts, self.world);
        self.findings.error(undeclared_charter::CODE, || {
            let names: Vec<&str> = world.charter_names().map(Name::as_str).collect();
            undeclared_charter::report(name.as_str(), texts.word(within, name.as_str()), &names)
        });
        None
    }

    /// An article, of the charter it names or of `otherwise`.
    pub(super) fn article(&mut self, article: &mut ArticleRef, otherwise: Option<usize>) {
        let span = article.span;
        let charter = match &mut article.charter {
            Some(name) => self.charter(name, span),
            None => otherwise,
        };
        let Some((label, scope)) = article.label.as_ref().zip(charter.and_then(|at| self.world.scope(at))) else {
            return;
        };
        if scope.has_article(label) {
            return;
        }
        self.findings.error(undeclared_article::CODE, || {
            let labels: Vec<&ArticleLabel> = scope.articles().take(crate::spelling::CANDIDATES_MAX).collect();
            undeclared_article::report(label, span, article.charter.as_ref().map(Name::as_str), &labels)
        });
    }

    pub(super) fn who(&mut self, who: &mut Who) {
        self.who_as(who, COLLECTIVES);
    }

    /// As [`Self::who`], where the sentence says what a bare name is likeliest to be.
    fn who_as(&mut self, who: &mut Who, collectives: &[Kind]) {
        let span = who.span;
        match &mut who.selector {
            Selector::AClass(name) => self.class(name, span),
            Selector::Count { of, .. } => match of {
                Countable::Class(name) => {
                    self.settle(name, MEMBERSHIPS, span);
                }
                Countable::States | Countable::Parties | Countable::NonParties => {}
            },
            Selector::AnyOf(members) | Selector::AllOf(members) | Selector::EachOf(members) => {
                self.members(members, span);
            }
            Selector::Actor(actor) => self.actor(actor, span),
            Selector::Body(name) | Selector::Group(name) => {
                let settled = self.settle(name, collectives, span);
                let name = name.clone();
                match settled {
                    Some(Kind::Body | Kind::Track) => who.selector = Selector::Body(name),
                    Some(Kind::Actor | Kind::Place | Kind::Area | Kind::Class | Kind::Group) => {
                        who.selector = Selector::Group(name);
                    }
                    None => {}
                }
            }
            Selector::Charter(Some(name)) => {
                self.charter(name, span);
            }
            Selector::Charter(None)
            | Selector::Nobody
            | Selector::Anyone
            | Selector::AState
            | Selector::AParty
            | Selector::ANonParty
            | Selector::EachParty
            | Selector::EachOtherParty
            | Selector::TheOtherParty
            | Selector::EachOtherMember
            | Selector::Role(_)
            | Selector::Bearer
            | Selector::Originator => {}
        }
        self.members(&mut who.other_than, span);
    }

    pub(super) fn statement(&mut self, statement: &mut Statement) {
        let decides = matches!(statement.verb, Verb::Finds | Verb::Decides | Verb::TakesUp);
        self.who_as(&mut statement.subject, if decides { DECIDING } else { COLLECTIVES });
        self.reread(&mut statement.object, statement.span);
        self.object(&mut statement.object, statement.span);
        if let Some(place) = &mut statement.place {
            self.location(place, statement.span);
        }
    }

    /// A bare name as an object may be a place, a charter, or actors by a common name; the kind
    /// it was declared as decides.
    fn reread(&self, object: &mut Object, span: Span) {
        let (name, was_place) = match object {
            Object::Who(who) => {
                if let Selector::Group(name) | Selector::Body(name) = &who.selector {
                    (name.clone(), false)
                } else {
                    return;
                }
            }
            Object::Place(name) => (name.clone(), true),
            Object::Nothing
            | Object::Thing(_)
            | Object::Article(_)
            | Object::Charter(_)
            | Object::Body(_)
            | Object::Class(_)
            | Object::Area(_)
            | Object::Silence { .. }
            | Object::Bond { .. } => return,
        };
        let is_collective = self.peek(&name, COLLECTIVES).is_some();
        let is_location = self.peek(&name, LOCATIONS).is_some();
        if was_place && !is_location && is_collective {
            *object = Object::Who(Who { selector: Selector::Group(name), other_than: Vec::new(), span });
        } else if !was_place && !is_collective && is_location {
            *object = Object::Place(name);
        } else if !is_collective && !is_location && self.world.charter(&name).is_some() {
            *object = Object::Charter(name);
        }
    }

    fn object(&mut self, object: &mut Object, span: Span) {
        match object {
            Object::Who(who) => self.who(who),
            Object::Place(name) | Object::Area(name) => self.place(name, span),
            Object::Article(article) => self.article(article, self.here),
            Object::Charter(name) => {
                self.charter(name, span);
            }
            Object::Body(name) => {
                self.settle(name, ASSEMBLIES, span);
            }
            Object::Class(name) => {
                self.settle(name, MEMBERSHIPS, span);
            }
            Object::Bond { to, .. } => self.who(to),
            Object::Nothing | Object::Thing(_) | Object::Silence { .. } => {}
        }
    }

    fn location(&mut self, location: &mut Location, span: Span) {
        match location {
            Location::Named(name) => self.place(name, span),
            Location::Of { whose, within, .. } => {
                self.actor(whose, span);
                if let Some(name) = within {
                    self.place(name, span);
                }
            }
        }
    }

    pub(super) fn conditions(&mut self, conditions: &mut [Condition]) {
        for condition in conditions {
            condition.any_of.iter_mut().for_each(|statement| self.statement(statement));
        }
    }

    pub(super) fn duties(&mut self, duties: &mut [DutyLine]) {
        duties.iter_mut().for_each(|duty| self.duty(duty));
    }

    pub(super) fn duty(&mut self, duty: &mut DutyLine) {
        match &mut duty.bearer {
            Bearer::EachOf(members) | Bearer::Together(members) => self.members(members, duty.bearer_span),
            Bearer::Actor(actor) => self.actor(actor, duty.bearer_span),
            Bearer::EachParty
            | Bearer::EachOtherParty
            | Bearer::TheOtherParty
            | Bearer::Role(_)
            | Bearer::EachMember => {}
        }
        self.action(&mut duty.action, duty.span);
        if let Some(area) = &mut duty.area {
            self.place(area, duty.span);
        }
        for who in duty.against.iter_mut().chain(&mut duty.without_consent_of) {
            self.who(who);
        }
        for timing in &mut duty.timing {
            match timing {
                Timing::UntilEvent(event) | Timing::AfterEvent(event) | Timing::While(event) => self.statement(event),
                Timing::AtOnce
                | Timing::Within(_)
                | Timing::NoLaterThan(_)
                | Timing::For(_)
                | Timing::UntilDate(_)
                | Timing::Before(_)
                | Timing::After(_) => {}
            }
        }
    }

    pub(super) fn action(&mut self, action: &mut Action, span: Span) {
        if let Some(whom) = &mut action.whom {
            self.who(whom);
        }
        if let Some(place) = &mut action.place {
            self.place(place, span);
        }
        if let ActionVerb::RelayItems { between: (one, other), .. } = &action.verb {
            self.actor(one, span);
            self.actor(other, span);
        }
    }
}

/// The singulars a plural may come from. Only Latin plurals end in an `s`; other scripts' names
/// are declared and spoken of in one form.
fn singulars(plural: &str) -> Vec<String> {
    let ending = |suffix: &str, instead: &str| plural.strip_suffix(suffix).map(|stem| format!("{stem}{instead}"));
    [ending("ies", "y"), ending("s", ""), ending("es", "")]
        .into_iter()
        .flatten()
        .filter(|one| !one.is_empty())
        .collect()
}
