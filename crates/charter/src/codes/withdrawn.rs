//! Codes that ISO 3166-1 once gave and took back: charters of their time are written in them.
//!
//! Read [`WITHDRAWN`]. The lives are those of the states, not of the codes: a state is bound by
//! what it signed, whenever somebody thought of three letters for it.

#![expect(clippy::inconsistent_digit_grouping, reason = "dates are grouped as dates: year, month, day")]

/// A code that was taken back.
pub(super) struct Withdrawn {
    /// The code.
    pub(super) code: &'static str,
    /// Its name.
    pub(super) name: &'static str,
    /// First day of the state, as `YYYYMMDD`; zero where it is no state or the day is disputed.
    pub(super) from: u32,
    /// Last day of the state, or of the name; zero where it is no state.
    pub(super) to: u32,
    /// The current codes that took its place.
    pub(super) heirs: &'static [&'static str],
}

const fn state(
    code: &'static str,
    name: &'static str,
    from: u32,
    to: u32,
    heirs: &'static [&'static str],
) -> Withdrawn {
    Withdrawn { code, name, from, to, heirs }
}

const fn territory(code: &'static str, name: &'static str, heirs: &'static [&'static str]) -> Withdrawn {
    Withdrawn { code, name, from: 0, to: 0, heirs }
}

/// In the order of the codes.
pub(super) const WITHDRAWN: &[Withdrawn] = &[
    territory("AFI", "French Territory of the Afars and the Issas", &["DJI"]),
    territory("ANT", "Netherlands Antilles", &["BES", "CUW", "SXM"]),
    territory("ATB", "British Antarctic Territory", &["ATA"]),
    territory("ATN", "Dronning Maud Land", &["ATA"]),
    state("BUR", "Burma", 1948_01_04, 1989_06_18, &["MMR"]),
    state("BYS", "Byelorussian Soviet Socialist Republic", 1919_01_01, 1991_09_18, &["BLR"]),
    state("CSK", "Czechoslovakia", 1918_10_28, 1992_12_31, &["CZE", "SVK"]),
    territory("CTE", "Canton and Enderbury Islands", &["KIR"]),
    state("DDR", "German Democratic Republic", 1949_10_07, 1990_10_02, &["DEU"]),
    state("DHY", "Dahomey", 1960_08_01, 1975_11_29, &["BEN"]),
    territory("FXX", "Metropolitan France", &["FRA"]),
    territory("GEL", "Gilbert and Ellice Islands", &["KIR", "TUV"]),
    state("HVO", "Upper Volta", 1960_08_05, 1984_08_03, &["BFA"]),
    territory("JTN", "Johnston Island", &["UMI"]),
    territory("MID", "Midway Islands", &["UMI"]),
    territory("NHB", "New Hebrides", &["VUT"]),
    territory("NTZ", "Neutral Zone of Iraq and Saudi Arabia", &["IRQ", "SAU"]),
    territory("PCI", "Trust Territory of the Pacific Islands", &["FSM", "MHL", "MNP", "PLW"]),
    territory("PCZ", "Panama Canal Zone", &["PAN"]),
    territory("PUS", "United States Miscellaneous Pacific Islands", &["UMI"]),
    territory("RHO", "Southern Rhodesia", &["ZWE"]),
    state("ROM", "Romania", 1859_01_24, 0, &["ROU"]),
    state("SCG", "Serbia and Montenegro", 2003_02_04, 2006_06_04, &["MNE", "SRB"]),
    territory("SKM", "Sikkim", &["IND"]),
    state("SUN", "Soviet Union", 1922_12_30, 1991_12_26, &["RUS"]),
    territory("TMP", "East Timor", &["TLS"]),
    state("VDR", "Democratic Republic of Viet-Nam", 1945_09_02, 1976_07_02, &["VNM"]),
    territory("WAK", "Wake Island", &["UMI"]),
    state("YMD", "Democratic Yemen", 1967_11_30, 1990_05_22, &["YEM"]),
    state("YUG", "Yugoslavia", 1918_12_01, 2003_02_04, &["BIH", "HRV", "MKD", "MNE", "SRB", "SVN"]),
    state("ZAR", "Zaire", 1971_10_27, 1997_05_16, &["COD"]),
];
