//! What is declared where. Read [`World`] first.
//!
//! A charter's declarations are its own; behind them stand the prelude's. Only a scenario looks
//! further, since it may ask about charters it does not stand in.

use std::cell::OnceCell;
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
    // INVARIANT: both are in order, and each name stands once: as it was declared first.
    names: Vec<((Kind, Name), Declared)>,
    articles: Vec<(ArticleLabel, usize)>,
}

/// Told of every name that is declared a second time: what, its words, and the first ones.
pub(crate) type OnDuplicate<'a> = &'a mut dyn FnMut(&str, &str, Span, Span);

impl Scope {
    fn of_prelude(prelude: &Prelude, twice: OnDuplicate<'_>) -> Self {
        let mut scope = Self::default();
        scope.declare(Kind::Actor, prelude.actors.iter().map(|one| (&one.code, one.span)));
        scope.declare(Kind::Place, prelude.places.iter().map(|one| (&one.name, one.span)));
        scope.declare(Kind::Class, prelude.classes.iter().map(|one| (&one.name, one.span)));
        scope.declare(Kind::Group, prelude.groups.iter().map(|one| (&one.name, one.span)));
        scope.settle_names(twice);
        scope
    }

    fn of_charter(charter: &Charter, twice: OnDuplicate<'_>) -> Self {
        let mut scope = Self::default();
        scope.declare(Kind::Actor, charter.actors.iter().map(|one| (&one.code, one.span)));
        scope.declare(Kind::Place, charter.places.iter().map(|one| (&one.name, one.span)));
        scope.declare(Kind::Area, charter.areas.iter().map(|one| (&one.name, one.span)));
        scope.declare(Kind::Class, charter.classes.iter().map(|one| (&one.name, one.span)));
        scope.declare(Kind::Group, charter.groups.iter().map(|one| (&one.name, one.span)));
        scope.declare(Kind::Body, charter.bodies.iter().map(|one| (&one.name, one.span)));
        scope.declare(Kind::Track, charter.tracks.iter().map(|one| (&one.name, one.span)));
        for (track, declared) in charter.tracks.iter().enumerate() {
            let bodies = declared.bodies.iter().enumerate();
            scope.names.extend(bodies.map(|(at, body)| {
                ((Kind::Body, body.name.clone()), Declared { at, track: Some(track), span: body.span })
            }));
        }
        scope.settle_names(twice);
        scope.articles = charter.articles.iter().map(|article| article.label.clone()).zip(0..).collect();
        let mut again = each_once(&mut scope.articles);
        again.sort_by_key(|(_, at, _)| *at);
        let span = |at: usize| charter.articles.get(at).map(|article| article.span).unwrap_or_default();
        for (label, at, first) in again {
            twice("", &label.to_string(), span(at), span(first));
        }
        scope
    }

    fn declare<'a>(&mut self, kind: Kind, all: impl Iterator<Item = (&'a Name, Span)>) {
        let declared =
            |(at, (name, span)): (usize, (&Name, Span))| ((kind, name.clone()), Declared { at, track: None, span });
        self.names.extend(all.enumerate().map(declared));
    }

    fn settle_names(&mut self, twice: OnDuplicate<'_>) {
        let mut again = each_once(&mut self.names);
        again.sort_by_key(|((kind, _), declared, _)| (declared.track, *kind, declared.at));
        for ((kind, name), declared, first) in again {
            twice(kind.with_article(), name.as_str(), declared.span, first.span);
        }
    }

    /// The declaration of a name as this kind.
    pub(crate) fn get(&self, kind: Kind, name: &Name) -> Option<Declared> {
        let found = self.names.binary_search_by(|((other, known), _)| other.cmp(&kind).then_with(|| known.cmp(name)));
        found.ok().and_then(|at| self.names.get(at)).map(|(_, declared)| *declared)
    }

    /// Every name of a kind, in order.
    pub(crate) fn names(&self, kind: Kind) -> impl Iterator<Item = &Name> {
        self.names.iter().filter(move |((other, _), _)| *other == kind).map(|((_, name), _)| name)
    }

    /// Whether an article is there.
    pub(crate) fn has_article(&self, label: &ArticleLabel) -> bool {
        self.articles.binary_search_by(|(known, _)| known.cmp(label)).is_ok()
    }

    /// Every article's label, in order.
    pub(crate) fn articles(&self) -> impl Iterator<Item = &ArticleLabel> {
        self.articles.iter().map(|(label, _)| label)
    }
}

/// Puts declarations in order and keeps the first of each; gives those that came again, each with
/// that first one. A list that is sorted once costs far less than a tree that grows.
fn each_once<K: Ord + Clone, V: Copy>(all: &mut Vec<(K, V)>) -> Vec<(K, V, V)> {
    let mut again = Vec::new();
    all.sort_by(|one, other| one.0.cmp(&other.0));
    all.dedup_by(|later, first| {
        let is_again = later.0 == first.0;
        if is_again {
            again.push((later.0.clone(), later.1, first.1));
        }
        is_again
    });
    again
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
    /// Which charters declare what; gathered when it is first asked for, since few scenarios do.
    elsewhere: OnceCell<BTreeMap<(Kind, Name), Elsewhere>>,
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
            world.charters.push(scope);
            world.names.push(charter.name.clone());
        }
        world.name_charters(library, twice);
        world
    }

    fn elsewhere(&self) -> &BTreeMap<(Kind, Name), Elsewhere> {
        self.elsewhere.get_or_init(|| {
            let mut elsewhere: BTreeMap<(Kind, Name), Elsewhere> = BTreeMap::new();
            for (at, scope) in self.charters.iter().enumerate() {
                for (declared, _) in &scope.names {
                    let several = |entry: &mut Elsewhere| {
                        if let Elsewhere::Once(first) = *entry {
                            *entry = Elsewhere::Several(first, at);
                        }
                    };
                    elsewhere.entry(declared.clone()).and_modify(several).or_insert(Elsewhere::Once(at));
                }
            }
            elsewhere
        })
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
    pub(crate) fn name_of(&self, charter: usize) -> Name {
        self.names.get(charter).cloned().unwrap_or_default()
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
        let found = kinds.iter().find_map(|kind| Some((*kind, self.elsewhere().get(&(*kind, name.clone()))?)));
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
