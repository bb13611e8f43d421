//! Where an event happened, and whether that lies where a clause looks. Read [`happened_in`] first.
//!
//! `docs/language/meaning.md`, section 9: places nest as declared, and where nothing is declared
//! the answer is open.

use charter::model::{AreaDeclaration, AreaItem, AreaKind, Location, Object};
use charter::{Actor, Name};

use crate::Reason;
use crate::people::matches;
use crate::value::Value;
use crate::view::View;

/// How deep places may nest; a circle is refused by the checks and ends here.
const NESTING_MAX: usize = 32;

/// Where an event happened: what of whose, and in which place; no place means at home.
#[derive(Clone, Copy, Debug)]
struct Scene<'a> {
    kind: AreaKind,
    whose: Option<&'a Actor>,
    place: Option<&'a Name>,
}

/// Whether an event happened in the pattern's place or area.
pub(crate) fn happened_in(view: &View<'_>, event: usize, pattern: &Location) -> Value {
    let Some(scene) = scene(view, event) else { return Value::YES };
    match pattern {
        Location::Named(name) => in_named(view, scene, name),
        Location::Of { kind, whose, within } => {
            let same = scene.kind == *kind && scene.whose == Some(whose);
            let inside = within.as_ref().map_or(Value::YES, |within| in_place(view, scene, within));
            Value::from_bool(same).and(inside)
        }
    }
}

/// Whether the candidate's event happened in an area or place by name; without an event it holds.
pub(crate) fn candidate_in(view: &View<'_>, name: &Name) -> Value {
    match view.cast.event.and_then(|event| scene(view, event)) {
        Some(scene) => in_named(view, scene, name),
        None => Value::YES,
    }
}

fn scene<'v>(view: &View<'v>, event: usize) -> Option<Scene<'v>> {
    let event = view.event(event)?;
    let scene = match &event.fact.statement.place {
        None => {
            let place = if let Object::Place(place) = &event.fact.statement.object { Some(place) } else { None };
            Scene { kind: AreaKind::Territory, whose: event.target, place }
        }
        Some(Location::Named(place)) => Scene { kind: AreaKind::Territory, whose: event.target, place: Some(place) },
        Some(Location::Of { kind, whose, within }) => Scene { kind: *kind, whose: Some(whose), place: within.as_ref() },
    };
    Some(scene)
}

fn in_named(view: &View<'_>, scene: Scene<'_>, name: &Name) -> Value {
    match view.scene.entry.charter.areas.iter().find(|area| area.name == *name) {
        Some(area) => in_area(view, scene, area),
        None => in_place(view, scene, name),
    }
}

fn in_area(view: &View<'_>, scene: Scene<'_>, area: &AreaDeclaration) -> Value {
    let any = |items: &[AreaItem]| items.iter().fold(Value::NO, |found, item| found.or(in_item(view, scene, item)));
    let included = any(&area.includes);
    if area.excludes.is_empty() { included } else { included.and(any(&area.excludes).negate()) }
}

fn in_item(view: &View<'_>, scene: Scene<'_>, item: &AreaItem) -> Value {
    match item {
        AreaItem::Place(place) => in_place(view, scene, place),
        AreaItem::Of { kind, whose, within } => {
            let owned = scene.whose.map_or(Value::NO, |owner| matches(view, whose, owner));
            let inside = within.as_ref().map_or(Value::YES, |within| in_place(view, scene, within));
            Value::from_bool(scene.kind == *kind).and(owned).and(inside)
        }
    }
}

fn in_place(view: &View<'_>, scene: Scene<'_>, outer: &Name) -> Value {
    match scene.place {
        Some(place) => lies_in(view, place, outer),
        None => at_home_in(view, scene.whose, outer),
    }
}

fn lies_in(view: &View<'_>, inner: &Name, outer: &Name) -> Value {
    if is_inside(view, inner, outer, NESTING_MAX) {
        return Value::YES;
    }
    if is_loose(view, inner) || is_inside(view, outer, inner, NESTING_MAX) {
        return Value::open(Reason::UnknownFact);
    }
    Value::NO
}

/// Whether nothing is declared of a place but its name: it may lie anywhere. One in which something
/// lies, or somebody is at home, has its own place on the map beside the others.
fn is_loose(view: &View<'_>, name: &Name) -> bool {
    let charter = &view.scene.entry.charter;
    let place = view.case.corpus.place(charter, name);
    place.is_none_or(|place| place.within.is_empty() && place.home_of.is_empty())
        && !view.case.corpus.places(charter).any(|other| other.within.contains(name))
}

fn is_inside(view: &View<'_>, inner: &Name, outer: &Name, depth: usize) -> bool {
    if inner == outer {
        return true;
    }
    if depth == 0 {
        return false;
    }
    let place = view.case.corpus.place(&view.scene.entry.charter, inner);
    place.is_some_and(|place| place.within.iter().any(|next| is_inside(view, next, outer, depth - 1)))
}

/// Whether somebody's home lies in a place.
pub(crate) fn at_home_in(view: &View<'_>, owner: Option<&Actor>, outer: &Name) -> Value {
    let charter = &view.scene.entry.charter;
    let mut has_home = false;
    for place in owner.into_iter().flat_map(|owner| view.case.corpus.homes(charter, owner)) {
        has_home = true;
        if is_inside(view, &place.name, outer, NESTING_MAX) {
            return Value::YES;
        }
    }
    if has_home { Value::NO } else { Value::open(Reason::UnknownFact) }
}
