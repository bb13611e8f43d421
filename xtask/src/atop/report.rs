//! What was found, as tables in Markdown. Read [`markdown`] first.

use std::collections::{BTreeMap, BTreeSet};

use super::cases::Text;
use super::look::{Answer, Compared, Outside, Reading};

/// Counts of one reason or one duty.
#[derive(Clone, Copy, Default)]
struct Counts {
    entries: usize,
    compared: usize,
    allied: usize,
    in_year: usize,
    by_either: usize,
    on_day: usize,
    by_role: usize,
    bound: usize,
    open: usize,
    reason_coded: usize,
}

/// In short; the not-bound entries by reason, the bound ones by duty, what could not be compared; and a line for each
/// entry that the data gets wrong, on either side.
pub(super) fn markdown(all: &[Compared<'_>]) -> String {
    let (bound, free): (Vec<_>, Vec<_>) = all.iter().partition(|one| matches!(one.entry.text, Text::Bound(_)));
    let sections = [
        in_short(&free),
        format!("### Not bound, by reason\n\n{}", table("reason", Columns::OfReasons, &free)),
        format!("### Bound, by duty: the control\n\n{}", table("duty", Columns::OfDuties, &bound)),
        format!("### Not compared\n\n{}", outside(&free, &bound)),
        format!("### Flags say bound, the text says not\n\n{}", listed(&free, |found| found.in_year || found.on_day)),
        format!(
            "### The text binds, the data does not\n\n{}",
            listed(&bound, |found| !found.in_year || found.by_conditions == Answer::NotBound)
        ),
    ];
    sections.join("\n\n")
}

/// The figure to look at, and what stands beside it.
fn in_short(free: &[&Compared<'_>]) -> String {
    let sum = sum(free);
    let flagged: Vec<_> = free.iter().filter(|one| reading(one).is_some_and(|found| found.in_year)).collect();
    let pairs: BTreeSet<_> = flagged.iter().map(|one| (&one.entry.case, &one.entry.s, &one.entry.to)).collect();
    let compared = free.iter().filter(|one| reading(one).is_some());
    let all_pairs: BTreeSet<_> = compared.map(|one| (&one.entry.case, &one.entry.s, &one.entry.to)).collect();
    let disputed = flagged.iter().filter(|one| one.entry.is_pair_disputed).count();
    let fighting = flagged.iter().filter(|one| one.entry.is_pair_bound_to_fight).count();
    let of = |part: usize, whole: usize| format!("{part} of {whole}, {}", share(part, whole));
    let by_conditions = [("bound", sum.bound), ("open", sum.open), ("not bound", sum.compared - sum.bound - sum.open)];
    let by_conditions = by_conditions.map(|(word, count)| format!("{count} {word}")).join(", ");
    let lines = [
        ("not-bound entries that can be compared", of(sum.compared, sum.entries)),
        ("flags say bound, by the year", of(sum.in_year, sum.compared)),
        ("the same, either flag of fighting taken for a promise to fight", of(sum.by_either, sum.compared)),
        ("the same as the first, each pair counted once in a case", of(pairs.len(), all_pairs.len())),
        ("the same as the first, among pairs with any alliance in the year", of(sum.in_year, sum.allied)),
        ("flags say bound, by the day", of(sum.on_day, sum.compared)),
        ("flags say bound, by the day and by who attacked whom", of(sum.by_role, sum.compared)),
        ("by the day, by who attacked whom and with the conditions", by_conditions),
        ("flagged in the year, and the pair bound to fight by another text in the same case", fighting.to_string()),
        ("flagged in the year, and the pair disputed under another text in the same case", disputed.to_string()),
    ];
    let mut all = vec![line(&["in short", ""]), line(&["---"; 2])];
    all.extend(lines.iter().map(|(what, found)| line(&[*what, found])));
    all.join("\n")
}

fn reading<'c>(one: &'c Compared<'_>) -> Option<&'c Reading> {
    one.reading.as_ref().ok()
}

/// The reason or the duty by which an entry is counted.
fn group<'c>(one: &'c Compared<'_>) -> &'c str {
    match &one.entry.text {
        Text::Bound(duty) => duty,
        Text::NotBound(codes) => codes.first().map_or("", String::as_str),
    }
}

fn sum(all: &[&Compared<'_>]) -> Counts {
    let mut counts = Counts { entries: all.len(), ..Counts::default() };
    for found in all.iter().filter_map(|one| reading(one)) {
        counts.compared += 1;
        counts.allied += usize::from(found.is_allied);
        counts.in_year += usize::from(found.in_year);
        counts.by_either += usize::from(found.in_year_by_either);
        counts.on_day += usize::from(found.on_day);
        counts.by_role += usize::from(found.by_role);
        counts.bound += usize::from(found.by_conditions == Answer::Bound);
        counts.open += usize::from(found.by_conditions == Answer::Open);
        counts.reason_coded += usize::from(found.is_reason_coded);
    }
    counts
}

/// The reasons have one column more.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Columns {
    OfReasons,
    OfDuties,
}

fn table(first: &str, columns: Columns, all: &[&Compared<'_>]) -> String {
    let mut groups: BTreeMap<&str, Vec<&Compared<'_>>> = BTreeMap::new();
    for one in all {
        groups.entry(group(one)).or_default().push(one);
    }
    let mut heads = vec![first, "entries", "compared", "allied", "bound, year", "share", "bound, day", "who attacked"];
    heads.extend(["conditions: bound", "open", "not bound"]);
    if columns == Columns::OfReasons {
        heads.push("reason coded");
    }
    let mut lines = vec![line(&heads), line(&vec!["---"; heads.len()])];
    lines.extend(groups.iter().map(|(name, group)| counted(name, columns, sum(group))));
    lines.push(counted("all", columns, sum(all)));
    lines.join("\n")
}

fn counted(name: &str, columns: Columns, counts: Counts) -> String {
    let Counts { entries, compared, allied, in_year, by_either: _, on_day, by_role, bound, open, reason_coded } =
        counts;
    let numbers = |numbers: &[usize]| numbers.iter().map(ToString::to_string).collect::<Vec<_>>();
    let mut cells = vec![name.to_owned()];
    cells.extend(numbers(&[entries, compared, allied, in_year]));
    cells.push(share(in_year, compared));
    cells.extend(numbers(&[on_day, by_role, bound, open, compared - bound - open]));
    if columns == Columns::OfReasons {
        cells.extend(numbers(&[reason_coded]));
    }
    line(&cells)
}

fn line(cells: &[impl AsRef<str>]) -> String {
    let cells: Vec<&str> = cells.iter().map(AsRef::as_ref).collect();
    format!("| {} |", cells.join(" | "))
}

/// In whole percent, a half rounded up.
fn share(part: usize, whole: usize) -> String {
    (200 * part + whole).checked_div(2 * whole).map_or_else(String::new, |percent| format!("{percent} %"))
}

fn outside(free: &[&Compared<'_>], bound: &[&Compared<'_>]) -> String {
    let count =
        |all: &[&Compared<'_>], why: Outside| all.iter().filter(|one| one.reading.as_ref().err() == Some(&why)).count();
    let whys = [
        (Outside::NoFlag, "the duty is of a kind that has no flag"),
        (Outside::Later, "after the last year of the data"),
        (Outside::NoNumber, "one of the two has no number: a movement, an organisation"),
        (Outside::NoMember, "one of the two was no member of the system of states on that day"),
    ];
    let mut lines = vec![line(&["why", "not bound", "bound"]), line(&["---"; 3])];
    lines.extend(whys.iter().map(|(why, words)| {
        line(&[(*words).to_owned(), count(free, *why).to_string(), count(bound, *why).to_string()])
    }));
    lines.join("\n")
}

/// One line for each of these entries.
fn listed(all: &[&Compared<'_>], is_meant: fn(&Reading) -> bool) -> String {
    let heads = ["case", "pair", "treaty", "code", "flag", "ATOP", "year", "day", "who attacked", "conditions"];
    let mut lines = vec![line(&heads), line(&["---"; 10])];
    for one in all {
        let Some(found) = reading(one).filter(|found| is_meant(found)) else { continue };
        let entry = one.entry;
        let ids: Vec<String> = found.alliances.iter().map(ToString::to_string).collect();
        let flag = entry.flag.map_or("", super::coding::Flag::variable);
        let pair = format!("{} → {}", entry.s, entry.to);
        let conditions = match found.by_conditions {
            Answer::Bound => "bound",
            Answer::Open => "open",
            Answer::NotBound => "not",
        };
        let word = |is_bound: bool| if is_bound { "bound" } else { "not" };
        let (year, day, role) = (word(found.in_year), word(found.on_day), word(found.by_role));
        let ids = ids.join(", ");
        lines.push(line(&[&entry.case, &pair, &entry.by, group(one), flag, &ids, year, day, role, conditions]));
    }
    lines.join("\n")
}
