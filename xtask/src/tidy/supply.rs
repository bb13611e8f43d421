//! How much of other people's code the command is built from. Read [`findings`] first.

use std::collections::BTreeSet;
use std::path::Path;

use super::Finding;
use crate::shell::Call;

/// How many packages the default binary may be built from, its own included.
const PACKAGES_MAX: usize = 300;

/// One finding where the command leans on too much.
pub(super) fn findings(root: &Path) -> Vec<Finding> {
    let words = ["tree", "--package", "accede", "--edges", "normal", "--prefix", "none"];
    let Some(tree) = Call::cargo(root, &words).read() else {
        return vec![Finding::new("Cargo.toml", 0, "`cargo tree` failed")];
    };
    match packages(&tree) {
        0..=PACKAGES_MAX => Vec::new(),
        count => {
            let message = format!("the command is built from {count} packages, over {PACKAGES_MAX}");
            vec![Finding::new("Cargo.toml", 0, message)]
        }
    }
}

/// How many packages a tree names; each counts once, however often it is used.
fn packages(tree: &str) -> usize {
    let name = |line: &str| line.split_whitespace().take(2).collect::<Vec<_>>().join(" ");
    tree.lines().filter(|line| !line.trim().is_empty()).map(name).collect::<BTreeSet<_>>().len()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_package_counts_once() {
        let tree = "accede v0.1.0 (x)\ncharter v0.1.0 (x)\njiff v0.2.0\nlaw v0.1.0 (x)\njiff v0.2.0 (*)\n";
        assert_eq!(super::packages(tree), 4);
    }
}
