//! What is declared where. Read [`World`] first.
//!
//! A charter's declarations are its own; behind them stand the prelude's. Only a scenario looks
//! further, since it may ask about charters it does not stand in.

use std::collections::BTreeMap;

use crate::model::{ArticleLabel, Body, Charter, ClassDeclaration, GroupDeclaration, Prelude};
use crate::name::Name;
use crate::source::Library;
use crate::span::Span;

/// What sort of thing a name was declared to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// `actor`
    Actor,
    /// `place`
    Place,
    /// `area`
    Area,
    /// `named`, `allied`, `rank`, `region`, `ideology`
    Class,
    /// `group`
    Group,
    /// `body`
    Body,
    /// `track`
    Track,
}

impl Kind {
    /// The word messages use, with its article.
    pub(crate) fn with_article(self) -> &'static str {
        match self {
            Self::Actor => "an actor",
            Self::Place => "a place",
            Self::Area => "an area",
            Self::Class => "a class",
            Self::Group => "a group",
            Self::Body => "a body",
            Self::Track => "a track",
        }
    }
}

/// Where in its charter a declaration stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Declared {
    /// Its place in the list of its kind.
    pub(crate) at: usize,
    /// For a body of a track: which track.
    pub(crate) track: Option<usize>,
    /// Its words.
    pub(crate) span: Span,
}

/// What one charter, or the prelude, declares.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    names: BTreeMap<Kind, BTreeMap<Name, Declared>>,
    articles: BTreeMap<ArticleLabel, usize>,
}

/// Told of every name that is declared a second time: what, its words, and the first ones.
pub(crate) type OnDuplicate<'a> = &'a mut dyn FnMut(&str, &str, Span, Span);

impl Scope {
    fn of_prelude(prelude: &Prelude, twice: OnDuplicate<'_>) -> Self {
        let mut scope = Self::default();
        scope.declare(Kind::Actor, prelude.actors.iter().map(|one| (&one.code, one.span)), twice);
        scope.declare(Kind::Place, prelude.places.iter().map(|one| (&one.name, one.span)), twice);
        scope.declare(Kind::Class, prelude.classes.iter().map(|one| (&one.name, one.span)), twice);
        scope.declare(Kind::Group, prelude.groups.iter().map(|one| (&one.name, one.span)), twice);
        scope
    }

    fn of_charter(charter: &Charter, twice: OnDuplicate<'_>) -> Self {
        let mut scope = Self::default();
        scope.declare(Kind::Actor, charter.actors.iter().map(|one| (&one.code, one.span)), twice);
        scope.declare(Kind::Place, charter.places.iter().map(|one| (&one.name, one.span)), twice);
        scope.declare(Kind::Area, charter.areas.iter().map(|one| (&one.name, one.span)), twice);
        scope.declare(Kind::Class, charter.classes.iter().map(|one| (&one.name, one.span)), twice);
        scope.declare(Kind::Group, charter.groups.iter().map(|one| (&one.name, one.span)), twice);
        scope.declare(Kind::Body, charter.bodies.iter().map(|one| (&one.name, one.span)), twice);
        scope.declare(Kind::Track, charter.tracks.iter().map(|one| (&one.name, one.span)), twice);
        for (track, declared) in charter.tracks.iter().enumerate() {
            for (at, body) in declared.bodies.iter().enumerate() {
                let declared = Declared { at, track: Some(track), span: body.span };
                scope.declare_one(Kind::Body, &body.name, declared, twice);
            }
        }
        for (at, article) in charter.articles.iter().enumerate() {
            if let Some(first) = scope.articles.get(&article.label).and_then(|first| charter.articles.get(*first)) {
                twice("", &article.label.to_string(), article.span, first.span);
            } else {
                scope.articles.insert(article.label.clone(), at);
            }
        }
        scope
    }

    fn declare<'a>(&mut self, kind: Kind, all: impl Iterator<Item = (&'a Name, Span)>, twice: OnDuplicate<'_>) {
        for (at, (name, span)) in all.enumerate() {
            self.declare_one(kind, name, Declared { at, track: None, span }, twice);
        }
    }

    fn declare_one(&mut self, kind: Kind, name: &Name, declared: Declared, twice: OnDuplicate<'_>) {
        let names = self.names.entry(kind).or_default();
        if let Some(first) = names.get(name) {
            twice(kind.with_article(), name.as_str(), declared.span, first.span);
        } else {
            names.insert(name.clone(), declared);
        }
    }

    /// The declaration of a name as this kind.
    pub(crate) fn get(&self, kind: Kind, name: &Name) -> Option<Declared> {
        self.names.get(&kind).and_then(|names| names.get(name)).copied()
    }

    /// Every name of a kind, in order.
    pub(crate) fn names(&self, kind: Kind) -> impl Iterator<Item = &Name> {
        self.names.get(&kind).into_iter().flat_map(BTreeMap::keys)
    }

    /// Whether an article is there.
    pub(crate) fn has_article(&self, label: &ArticleLabel) -> bool {
        self.articles.contains_key(label)
    }

    /// Every article's label, in order.
    pub(crate) fn articles(&self) -> impl Iterator<Item = &ArticleLabel> {
        self.articles.keys()
    }
}

/// All scopes of a library.
#[derive(Clone, Debug, Default)]
pub(crate) struct World {
    /// The prelude's.
    pub(crate) prelude: Scope,
    /// Each charter's, in the order of the library.
    charters: Vec<Scope>,
    names: Vec<Name>,
    by_name: BTreeMap<Name, usize>,
    elsewhere: BTreeMap<(Kind, Name), Elsewhere>,
}

/// Which charters declare a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Elsewhere {
    Once(usize),
    Several(usize, usize),
}

/// What looking up a name found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lookup {
    /// In the charter itself, in the prelude, or in the one charter that declares it.
    Found(Kind),
    /// Declared as two kinds in the place looked into.
    TwoKinds(Kind, Kind),
    /// Declared by several charters, and the scenario stands in none of them.
    TwoCharters(usize, usize),
    /// Nowhere.
    Missing,
}

impl World {
    /// The scopes of a library; names declared twice are told of.
    pub(crate) fn new(library: &Library, twice: OnDuplicate<'_>) -> Self {
        let mut world = Self { prelude: Scope::of_prelude(&library.prelude, twice), ..Self::default() };
        for (at, charter) in library.charters.iter().enumerate() {
            let is_given = at < library.given;
            let mut silent = |_: &str, _: &str, _: Span, _: Span| {};
            let scope = Scope::of_charter(charter, if is_given { &mut *twice } else { &mut silent });
            for (kind, names) in &scope.names {
                for name in names.keys() {
                    let entry = world.elsewhere.entry((*kind, name.clone()));
                    let several = |entry: &mut Elsewhere| {
                        if let Elsewhere::Once(first) = *entry {
                            *entry = Elsewhere::Several(first, at);
                        }
                    };
                    entry.and_modify(several).or_insert(Elsewhere::Once(at));
                }
            }
            world.charters.push(scope);
            world.names.push(charter.name.clone());
        }
        world.name_charters(library, twice);
        world
    }

    /// A charter's own name goes before another's abbreviation for itself.
    fn name_charters(&mut self, library: &Library, twice: OnDuplicate<'_>) {
        for (at, charter) in library.charters.iter().enumerate() {
            if let Some(first) = self.by_name.get(&charter.name).and_then(|first| library.charters.get(*first)) {
                twice("a charter", charter.name.as_str(), charter.span, first.span);
            } else {
                self.by_name.insert(charter.name.clone(), at);
            }
        }
        for (at, charter) in library.charters.iter().enumerate() {
            for other in &charter.also {
                self.by_name.entry(other.clone()).or_insert(at);
            }
        }
    }

    /// Which charter goes by a name or abbreviation.
    pub(crate) fn charter(&self, name: &Name) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// A charter's name.
    pub(crate) fn name_of(&self, charter: usize) -> &str {
        self.names.get(charter).map_or("", Name::as_str)
    }

    /// Every name a charter goes by, in order.
    pub(crate) fn charter_names(&self) -> impl Iterator<Item = &Name> {
        self.by_name.keys()
    }

    /// A charter's scope.
    pub(crate) fn scope(&self, charter: usize) -> Option<&Scope> {
        self.charters.get(charter)
    }

    /// Looks a name up as any of these kinds: in a charter, in the prelude, and, for a scenario,
    /// in whichever charter alone declares it.
    pub(crate) fn look_up(&self, here: Option<usize>, name: &Name, kinds: &[Kind], far: bool) -> Lookup {
        let own = here.and_then(|at| self.scope(at));
        for scope in own.into_iter().chain([&self.prelude]) {
            let mut fitting = kinds.iter().copied().filter(|kind| scope.get(*kind, name).is_some());
            match (fitting.next(), fitting.next()) {
                (Some(kind), Some(other)) => return Lookup::TwoKinds(kind, other),
                (Some(kind), None) => return Lookup::Found(kind),
                (None, _) => {}
            }
        }
        if !far {
            return Lookup::Missing;
        }
        let found = kinds.iter().find_map(|kind| Some((*kind, self.elsewhere.get(&(*kind, name.clone()))?)));
        match found {
            Some((kind, Elsewhere::Once(_))) => Lookup::Found(kind),
            Some((_, Elsewhere::Several(first, second))) => Lookup::TwoCharters(*first, *second),
            None => Lookup::Missing,
        }
    }

    /// What else a name is declared as, for a message that expected another kind.
    pub(crate) fn other_kind(&self, here: Option<usize>, name: &Name) -> Option<Kind> {
        let own = here.and_then(|at| self.scope(at));
        let kinds = [Kind::Place, Kind::Area, Kind::Class, Kind::Group, Kind::Body, Kind::Track];
        own.into_iter()
            .chain([&self.prelude])
            .find_map(|scope| kinds.into_iter().find(|kind| scope.get(*kind, name).is_some()))
    }
}

/// The class a name stands for in a charter: its own, or the prelude's.
pub(crate) fn class_of<'a>(
    world: &World,
    library: &'a Library,
    here: usize,
    name: &Name,
) -> Option<&'a ClassDeclaration> {
    if let Some(declared) = world.scope(here).and_then(|scope| scope.get(Kind::Class, name)) {
        return library.charters.get(here).and_then(|charter| charter.classes.get(declared.at));
    }
    world.prelude.get(Kind::Class, name).and_then(|declared| library.prelude.classes.get(declared.at))
}

/// The group a name stands for in a charter: its own, or the prelude's.
pub(crate) fn group_of<'a>(
    world: &World,
    library: &'a Library,
    here: usize,
    name: &Name,
) -> Option<&'a GroupDeclaration> {
    if let Some(declared) = world.scope(here).and_then(|scope| scope.get(Kind::Group, name)) {
        return library.charters.get(here).and_then(|charter| charter.groups.get(declared.at));
    }
    world.prelude.get(Kind::Group, name).and_then(|declared| library.prelude.groups.get(declared.at))
}

/// The body a name stands for in a charter, its tracks' bodies included.
pub(crate) fn body_of<'a>(world: &World, charter: &'a Charter, here: usize, name: &Name) -> Option<&'a Body> {
    let declared = world.scope(here).and_then(|scope| scope.get(Kind::Body, name))?;
    match declared.track {
        Some(track) => charter.tracks.get(track).and_then(|track| track.bodies.get(declared.at)),
        None => charter.bodies.get(declared.at),
    }
}
