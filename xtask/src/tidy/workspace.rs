//! What `cargo metadata` says of the workspace. Read [`Package`] first.

use std::path::Path;

use serde_json::Value;

use crate::shell::Call;

/// A member of the workspace.
pub(super) struct Package {
    /// Its name.
    pub(super) name: String,
    /// The members it uses, in whatever way: normally, to test, or to build.
    pub(super) uses: Vec<String>,
    /// Its benchmarks.
    benches: Vec<String>,
}

/// The members, by name.
pub(super) fn packages(root: &Path) -> Result<Vec<Package>, String> {
    let words = ["metadata", "--no-deps", "--format-version", "1"];
    let text = Call::cargo(root, &words).read().ok_or("`cargo metadata` failed")?;
    let value: Value = serde_json::from_str(&text).map_err(|error| format!("`cargo metadata` is not JSON: {error}"))?;
    let mut packages: Vec<Package> = list(&value, "packages").iter().map(package).collect();
    packages.sort_by(|one, other| one.name.cmp(&other.name));
    if packages.is_empty() {
        return Err("`cargo metadata` names no package".to_owned());
    }
    Ok(packages)
}

/// Every benchmark: its package and its name.
pub(crate) fn benches(root: &Path) -> Result<Vec<(String, String)>, String> {
    let of_package = |package: Package| {
        let name = package.name;
        package.benches.into_iter().map(move |bench| (name.clone(), bench))
    };
    Ok(packages(root)?.into_iter().flat_map(of_package).collect())
}

fn package(value: &Value) -> Package {
    let is_member = |dependency: &&Value| dependency.get("path").is_some_and(Value::is_string);
    let is_bench = |target: &&Value| list(target, "kind").iter().any(|kind| kind == "bench");
    Package {
        name: name(value),
        uses: list(value, "dependencies").iter().filter(is_member).map(name).collect(),
        benches: list(value, "targets").iter().filter(is_bench).map(name).collect(),
    }
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn name(value: &Value) -> String {
    value.get("name").and_then(Value::as_str).unwrap_or_default().to_owned()
}

#[cfg(test)]
pub(super) mod fixtures {
    use super::Package;

    /// A member that uses these.
    pub(in crate::tidy) fn package(name: &str, uses: &[&str]) -> Package {
        Package { name: name.into(), uses: uses.iter().map(|word| (*word).into()).collect(), benches: Vec::new() }
    }
}
