//! What a table is, as its header says. Read [`TableKind`] first.

use crate::table::Columns;

/// What a table is, as its header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TableKind {
    /// ATOP: a row for each alliance, member and phase.
    AtopMembers,
    /// ATOP: a row for each alliance, or for each of its phases.
    AtopAlliances,
    /// ATOP 5.1: dyad-years, as spells of equal promises.
    Spells,
    /// ATOP 5.1: dyad-years, a row for each.
    DyadYears,
    /// Correlates of War: states.
    States,
    /// Correlates of War: major powers.
    Majors,
    /// Berkemeier and Fuhrmann 2018: whether alliances were honoured in war.
    Trials,
    /// Interstate War Data: wars between two, a row for each year.
    Wars,
    /// Correlates of War: who took part in which inter-state war, and where he fought.
    Participants,
    /// Correlates of War: who fought whom in which inter-state war, a row for each year.
    WarPairs,
    /// Militarized interstate disputes: who was in which, from when to when, and the most that he did.
    Disputants,
    /// Militarized interstate disputes: who faced whom in which, a row for each year.
    DisputePairs,
    /// Militarized interstate disputes: how each ended.
    Disputes,
    /// Correlates of War: national material capabilities.
    Capabilities,
    /// Correlates of War: which states lie beside one another.
    Contiguity,
}

/// For each kind of table, the columns by which it is known and without which it cannot be read.
const KINDS: [(TableKind, &[&str]); 17] = [
    (
        TableKind::AtopMembers,
        &[
            "atopid", "member", "yrent", "moent", "dayent", "yrexit", "moexit", "dayexit", "defense", "offense",
            "neutral", "nonagg", "consul",
        ],
    ),
    (TableKind::AtopAlliances, &["atopid", "begyr", "endyr", "mem1"]),
    (TableKind::Spells, &["ccode1", "ccode2", "from_year", "to_year", "bits"]),
    (
        TableKind::DyadYears,
        &["ccode1", "ccode2", "year", "atop_defense", "atop_offense", "atop_neutral", "atop_nonagg", "atop_consul"],
    ),
    (TableKind::States, &["stateabb", "ccode", "statenme", "styear", "endyear"]),
    (TableKind::Majors, &["ccode", "styear", "endyear"]),
    (
        TableKind::Trials,
        &[
            "sample", "warid", "atopid", "dnaLLM", "honorLLM", "dnaBF", "honorBF", "defense", "offense", "neutral",
            "nonagg",
        ],
    ),
    (
        TableKind::Wars,
        &[
            "larger_war_id",
            "init_war_id",
            "year",
            "init_name",
            "init_ccode",
            "target_name",
            "target_ccode",
            "month_entry",
            "day_entry",
            "month_exit",
            "day_exit",
            "joiner",
        ],
    ),
    (TableKind::Participants, &["WarNum", "ccode", "WhereFought"]),
    (TableKind::WarPairs, &["warnum", "ccode1", "ccode2", "year"]),
    (TableKind::WarPairs, &["warnum", "statea", "stateb", "year"]),
    (TableKind::Disputants, &["dispnum", "ccode", "styear", "endyear", "sidea", "hiact", "orig"]),
    (
        TableKind::DisputePairs,
        &["dispnum", "ccode1", "ccode2", "year", "sidea1", "sidea2", "hiact1", "hiact2", "orig1", "orig2"],
    ),
    (TableKind::Disputes, &["dispnum", "styear", "outcome", "settle", "fatality", "hiact", "hostlev"]),
    (TableKind::Capabilities, &["ccode", "year", "milex", "milper", "irst", "pec", "tpop", "upop", "cinc"]),
    (TableKind::Contiguity, &["ccode1", "ccode2", "conttype", "stdate", "enddate"]),
    (TableKind::Contiguity, &["statelno", "statehno", "conttype", "begin", "end"]),
];

/// What a header says the table is; else what is missing.
pub(crate) fn kind(columns: &Columns) -> Result<TableKind, String> {
    let lacks = |needed: &[&str]| needed.iter().filter(|column| !columns.has(column)).count();
    // A kind of which half the columns are lacking is not meant. Of the others, the one of which most are there,
    // less those that are lacking; of two alike, the larger.
    let likely = KINDS.iter().filter(|(_, needed)| lacks(needed) * 2 <= needed.len());
    let nearest = likely.max_by_key(|(_, needed)| (needed.len() - lacks(needed) * 2, needed.len()));
    let Some((kind, needed)) = nearest else {
        return Err("is none of the tables that can be read: its header names none of their columns".to_owned());
    };
    if lacks(needed) == 0 {
        return Ok(*kind);
    }
    let missing = needed.iter().filter(|column| !columns.has(column)).map(|column| {
        let near = charter::nearest(column, columns.names());
        near.map_or_else(|| format!("`{column}`"), |near| format!("`{column}` (is `{near}` meant?)"))
    });
    let missing: Vec<String> = missing.collect();
    Err(format!("looks like {}, and lacks {}", kind.title(), missing.join(", ")))
}

impl TableKind {
    /// Whether an import makes anything of it.
    #[must_use]
    pub fn is_imported(self) -> bool {
        match self {
            Self::Trials | Self::Wars => false,
            Self::AtopMembers
            | Self::AtopAlliances
            | Self::Spells
            | Self::DyadYears
            | Self::States
            | Self::Majors
            | Self::Participants
            | Self::WarPairs
            | Self::Disputants
            | Self::DisputePairs
            | Self::Disputes
            | Self::Capabilities
            | Self::Contiguity => true,
        }
    }

    /// What it is, in words.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::AtopMembers => "the members of ATOP",
            Self::AtopAlliances => "the alliances of ATOP",
            Self::Spells => "the dyad-years of ATOP, as spells",
            Self::DyadYears => "the dyad-years of ATOP",
            Self::States => "the states of the Correlates of War",
            Self::Majors => "the major powers of the Correlates of War",
            Self::Trials => "alliances tried in wars, of Berkemeier and Fuhrmann",
            Self::Wars => "the wars between two of the Interstate War Data",
            Self::Participants => "the participants in the Correlates of War's inter-state wars",
            Self::WarPairs => "the pairs of enemies in the Correlates of War's inter-state wars",
            Self::Disputants => "the participants in militarized interstate disputes",
            Self::DisputePairs => "the pairs of opponents in militarized interstate disputes",
            Self::Disputes => "the militarized interstate disputes, and how they ended",
            Self::Capabilities => "the national material capabilities of the Correlates of War",
            Self::Contiguity => "the neighbours by land and sea of the Correlates of War",
        }
    }
}
