//! What generated charters share.

use charter::model::{
    ActorDeclaration, ClassDeclaration, ClassKind, ClassMember, ClassMembers, Counting, Finder, GroupDeclaration,
    PlaceDeclaration, Prelude, Zone,
};
use charter::{Actor, Span};
use jiff::civil::Date;

use super::random::Random;
use super::words::{BODIES, CLASSES, GROUP, HARBOUR, ORGANISATION, PLACES, STATES, name, near};

pub(crate) fn prelude(random: &mut Random, asked: Date) -> Prelude {
    Prelude {
        counting: random.maybe(90, counting),
        actors: actors(random, asked),
        places: places(random),
        classes: classes(random, asked),
        groups: random.maybe(80, |random| group(random, asked)).into_iter().collect(),
        ..Prelude::default()
    }
}

/// An organisation, and now and then a state that ends.
fn actors(random: &mut Random, asked: Date) -> Vec<ActorDeclaration> {
    let organisation = ActorDeclaration {
        code: name(ORGANISATION),
        name: name("an organisation"),
        from: None,
        to: None,
        is_state: false,
        continues: None,
        cow: None,
        span: Span::NONE,
    };
    let mortal = random.oddly(8, |random| ActorDeclaration {
        code: name(random.pick(&STATES)),
        name: name("a state that ended"),
        to: Some(near(random, asked)),
        is_state: true,
        ..organisation.clone()
    });
    std::iter::once(organisation.clone()).chain(mortal).collect()
}

pub(crate) fn counting(random: &mut Random) -> Counting {
    Counting {
        days_after_event: random.chance(70),
        hours_from_receipt: random.chance(50),
        zone: Zone { minutes_east: random.pick(&[0, 0, 60, 330, -300]) },
    }
}

fn place(place: &str, within: &[&str], home_of: &[&str]) -> PlaceDeclaration {
    PlaceDeclaration {
        name: name(place),
        within: within.iter().map(|outer| name(outer)).collect(),
        home_of: home_of.iter().map(|code| Actor::code(code)).collect(),
        span: Span::NONE,
    }
}

fn places(random: &mut Random) -> Vec<PlaceDeclaration> {
    let [europe, bohemia, asia, hills, ocean] = PLACES;
    let (land, sea) = ([europe], [europe, ocean]);
    let around: &[&str] = if random.chance(25) { &sea } else { &land };
    let mut places = vec![
        place(europe, &[], &["DEU", "FRA", "GBR"]),
        place(bohemia, around, &[]),
        place(asia, &[], &["IND"]),
        place(hills, &[asia], &["PAK"]),
    ];
    let inner = [bohemia];
    let within: &[&str] = if random.chance(25) { &inner } else { &[] };
    let home_of: &[&str] = if random.chance(33) { &["RUS"] } else { &[] };
    places.extend(random.maybe(60, |_| place(ocean, within, home_of)));
    places
}

/// Places of a charter's own, among those of the prelude.
pub(crate) fn own_places(random: &mut Random) -> Vec<PlaceDeclaration> {
    let [_, bohemia, _, _, _] = PLACES;
    let inner = [bohemia];
    let within: &[&str] = if random.chance(50) { &inner } else { &[] };
    vec![place(HARBOUR, within, &["RUS"])]
}

fn listed(random: &mut Random, asked: Date, percent: usize) -> Vec<ClassMember> {
    let codes = random.some(&STATES, percent);
    let mut members = Vec::new();
    for code in codes {
        members.push(ClassMember {
            actor: Actor::code(code),
            from: random.maybe(12, |random| near(random, asked)),
            to: random.maybe(12, |random| near(random, asked)),
        });
    }
    members
}

pub(crate) fn class_members(random: &mut Random, asked: Date) -> Vec<ClassMember> {
    listed(random, asked, 55)
}

fn class(kind: ClassKind, class: &str, members: ClassMembers) -> ClassDeclaration {
    ClassDeclaration { kind, name: name(class), members, span: Span::NONE }
}

pub(crate) fn finder(random: &mut Random) -> Finder {
    match random.below(5) {
        0 => Finder::Victim,
        1 => Finder::Bearer,
        2 => Finder::EachParty,
        3 => Finder::Body(name(random.pick(&BODIES))),
        _ => Finder::Nobody,
    }
}

pub(crate) fn classes(random: &mut Random, asked: Date) -> Vec<ClassDeclaration> {
    let [great_power, communist, neighbour, suspect] = CLASSES;
    let kind = random.pick(&[ClassKind::Named, ClassKind::Allied, ClassKind::Region]);
    vec![
        class(ClassKind::Rank, great_power, ClassMembers::Listed(listed(random, asked, 60))),
        class(ClassKind::Ideology, communist, ClassMembers::Listed(listed(random, asked, 45))),
        class(kind, neighbour, ClassMembers::Listed(listed(random, asked, 50))),
        class(ClassKind::Named, suspect, ClassMembers::FoundBy(finder(random))),
    ]
}

pub(crate) fn group(random: &mut Random, asked: Date) -> GroupDeclaration {
    GroupDeclaration { name: name(GROUP), members: listed(random, asked, 60), span: Span::NONE }
}
