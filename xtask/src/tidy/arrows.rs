//! Which room uses which. Read [`ROOMS`] first.

use super::Finding;
use super::workspace::Package;

/// The rooms, and how far each stands from the language: a room uses only rooms that stand nearer.
const ROOMS: [(&str, u8); 13] = [
    ("charter", 0),
    // Tables alone: it knows no treaty, and uses no room.
    ("parquet-tables", 0),
    ("law", 1),
    ("reason", 2),
    ("council", 2),
    ("datasets", 3),
    ("record", 3),
    ("share", 3),
    ("node", 4),
    ("desk", 5),
    ("accede", 6),
    // These two see everything, and nothing sees them.
    ("tests", 7),
    ("xtask", 7),
];

/// Arrows that point the wrong way, and packages without a room.
pub(super) fn findings(packages: &[Package]) -> Vec<Finding> {
    let mut found = Vec::new();
    for package in packages {
        let Some(place) = place(&package.name) else {
            let message = format!("`{}` has no place in the list of rooms in xtask/src/tidy/arrows.rs", package.name);
            found.push(Finding::new("Cargo.toml", 0, message));
            continue;
        };
        // A used package without a place is reported as a package.
        let is_wrong = |used: &&String| self::place(used).is_some_and(|other| other >= place);
        for used in package.uses.iter().filter(is_wrong) {
            let message = format!("`{}` uses `{used}`, which stands beside or after it", package.name);
            found.push(Finding::new("Cargo.toml", 0, message));
        }
    }
    found
}

fn place(name: &str) -> Option<u8> {
    ROOMS.iter().find(|(room, _)| *room == name).map(|(_, place)| *place)
}

#[cfg(test)]
mod tests {
    use super::super::workspace::fixtures::package;
    use super::findings;

    fn check(name: &str, uses: &[&str]) -> Vec<String> {
        findings(&[package(name, uses)]).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn arrows_point_towards_the_language() {
        assert!(check("law", &["charter"]).is_empty());
        assert!(check("tests", &["charter", "law", "reason", "accede"]).is_empty());
        assert_eq!(check("charter", &["law"]), ["`charter` uses `law`, which stands beside or after it"]);
        assert_eq!(check("reason", &["council"]), ["`reason` uses `council`, which stands beside or after it"]);
        assert_eq!(check("law", &["tests"]), ["`law` uses `tests`, which stands beside or after it"]);
    }

    #[test]
    fn a_new_package_needs_a_place() {
        assert_eq!(check("extra", &[]), ["`extra` has no place in the list of rooms in xtask/src/tidy/arrows.rs"]);
    }
}
