//! Section 9 of the page: where a thing happened, and whether that lies where a clause looks.

use charter::model::{AreaItem, AreaKind, Location, Object, PlaceDeclaration};
use charter::{Actor, Name};
use law::Reason;

use super::value::{NO, Value, YES, any, open, so};
use super::view::{Fact, View};

/// Where something happened: on what of whose, and in which place; without one, at home.
pub(super) struct Spot {
    kind: AreaKind,
    owner: Option<Actor>,
    place: Option<Name>,
}

fn spot(fact: &Fact<'_>) -> Spot {
    let victim = fact.object().cloned();
    match (&fact.statement.place, &fact.statement.object) {
        (Some(Location::Of { kind, whose, within }), _) => {
            Spot { kind: *kind, owner: Some(whose.clone()), place: within.clone() }
        }
        (Some(Location::Named(name)), _) | (None, Object::Place(name)) => {
            Spot { kind: AreaKind::Territory, owner: victim, place: Some(name.clone()) }
        }
        (
            None,
            Object::Nothing
            | Object::Who(_)
            | Object::Thing(_)
            | Object::Article(_)
            | Object::Charter(_)
            | Object::Body(_)
            | Object::Class(_)
            | Object::Area(_)
            | Object::Silence { .. }
            | Object::Bond { .. },
        ) => Spot { kind: AreaKind::Territory, owner: victim, place: None },
    }
}

impl View<'_> {
    /// The places declared; a charter's own stand in place of the prelude's.
    fn places(&self) -> impl Iterator<Item = &PlaceDeclaration> {
        let own = &self.charter.places;
        let shared = self.case.prelude.places.iter();
        own.iter().chain(shared.filter(|shared| own.iter().all(|place| place.name != shared.name)))
    }

    /// The places that one lies in, as declared.
    fn around(&self, place: &Name) -> Vec<&Name> {
        self.places().filter(|declared| declared.name == *place).flat_map(|declared| &declared.within).collect()
    }

    fn surely_lies_in(&self, inner: &Name, outer: &Name, looked_at: &mut Vec<Name>) -> bool {
        if inner == outer {
            return true;
        }
        if looked_at.contains(inner) {
            return false;
        }
        looked_at.push(inner.clone());
        self.around(inner).into_iter().any(|around| self.surely_lies_in(around, outer, looked_at))
    }

    /// Nothing is declared of a place: not where it lies, what lies in it, nor who is at home there.
    fn is_on_no_map(&self, place: &Name) -> bool {
        !self.places().any(|declared| {
            let own = declared.name == *place && !(declared.within.is_empty() && declared.home_of.is_empty());
            own || declared.within.contains(place)
        })
    }

    fn lies_in(&self, inner: &Name, outer: &Name) -> Value {
        if self.surely_lies_in(inner, outer, &mut Vec::new()) {
            YES
        } else if self.is_on_no_map(inner) || self.surely_lies_in(outer, inner, &mut Vec::new()) {
            open(Reason::UnknownFact)
        } else {
            NO
        }
    }

    fn is_at_home_in(&self, owner: Option<&Actor>, outer: &Name) -> Value {
        let Some(owner) = owner else { return open(Reason::UnknownFact) };
        let homes: Vec<&Name> =
            self.places().filter(|declared| declared.home_of.contains(owner)).map(|declared| &declared.name).collect();
        if homes.iter().any(|home| self.surely_lies_in(home, outer, &mut Vec::new())) {
            YES
        } else if homes.is_empty() {
            open(Reason::UnknownFact)
        } else {
            NO
        }
    }

    fn is_in_place(&self, spot: &Spot, outer: &Name) -> Value {
        match &spot.place {
            Some(place) => self.lies_in(place, outer),
            None => self.is_at_home_in(spot.owner.as_ref(), outer),
        }
    }

    fn is_in_item(&self, spot: &Spot, item: &AreaItem) -> Value {
        match item {
            AreaItem::Place(place) => self.is_in_place(spot, place),
            AreaItem::Of { kind, whose, within } => {
                let owned = spot.owner.as_ref().map_or(NO, |owner| self.matches(whose, owner));
                let inside = within.as_ref().map_or(YES, |within| self.is_in_place(spot, within));
                so(*kind == spot.kind).and(owned).and(inside)
            }
        }
    }

    /// Whether a fact happened in an area, or a place, of this name.
    pub(super) fn is_in_named(&self, fact: &Fact<'_>, name: &Name) -> Value {
        let spot = spot(fact);
        match self.charter.areas.iter().find(|area| area.name == *name) {
            Some(area) => {
                let inside = any(area.includes.iter().map(|item| self.is_in_item(&spot, item)));
                let outside = any(area.excludes.iter().map(|item| self.is_in_item(&spot, item)));
                inside.and(outside.not())
            }
            None => self.is_in_place(&spot, name),
        }
    }

    /// Whether a fact happened where a pattern looks.
    pub(super) fn is_in(&self, fact: &Fact<'_>, location: &Location) -> Value {
        match location {
            Location::Named(name) => self.is_in_named(fact, name),
            Location::Of { kind, whose, within } => {
                let spot = spot(fact);
                let inside = within.as_ref().map_or(YES, |within| self.is_in_place(&spot, within));
                so(*kind == spot.kind && spot.owner.as_ref() == Some(whose)).and(inside)
            }
        }
    }
}
