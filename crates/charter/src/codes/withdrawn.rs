//! Codes that ISO 3166-1 once gave and took back: charters of their time are written in them.
//!
//! Read [`WITHDRAWN`]. The lives of the states among them stand in the table of actors. They are those
//! of the states, not of the codes: a state is bound by what it signed, whenever somebody thought of
//! three letters for it.

/// A code that was taken back.
pub(super) struct Withdrawn {
    /// The code.
    pub(super) code: &'static str,
    /// Its name.
    pub(super) name: &'static str,
    /// The current codes that took its place.
    pub(super) heirs: &'static [&'static str],
}

const fn code(code: &'static str, name: &'static str, heirs: &'static [&'static str]) -> Withdrawn {
    Withdrawn { code, name, heirs }
}

/// In the order of the codes.
pub(super) const WITHDRAWN: &[Withdrawn] = &[
    code("AFI", "French Territory of the Afars and the Issas", &["DJI"]),
    code("ANT", "Netherlands Antilles", &["BES", "CUW", "SXM"]),
    code("ATB", "British Antarctic Territory", &["ATA"]),
    code("ATN", "Dronning Maud Land", &["ATA"]),
    code("BUR", "Burma", &["MMR"]),
    code("BYS", "Byelorussian Soviet Socialist Republic", &["BLR"]),
    code("CSK", "Czechoslovakia", &["CZE", "SVK"]),
    code("CTE", "Canton and Enderbury Islands", &["KIR"]),
    code("DDR", "German Democratic Republic", &["DEU"]),
    code("DHY", "Dahomey", &["BEN"]),
    code("FXX", "Metropolitan France", &["FRA"]),
    code("GEL", "Gilbert and Ellice Islands", &["KIR", "TUV"]),
    code("HVO", "Upper Volta", &["BFA"]),
    code("JTN", "Johnston Island", &["UMI"]),
    code("MID", "Midway Islands", &["UMI"]),
    code("NHB", "New Hebrides", &["VUT"]),
    code("NTZ", "Neutral Zone of Iraq and Saudi Arabia", &["IRQ", "SAU"]),
    code("PCI", "Trust Territory of the Pacific Islands", &["FSM", "MHL", "MNP", "PLW"]),
    code("PCZ", "Panama Canal Zone", &["PAN"]),
    code("PUS", "United States Miscellaneous Pacific Islands", &["UMI"]),
    code("RHO", "Southern Rhodesia", &["ZWE"]),
    code("ROM", "Romania", &["ROU"]),
    code("SCG", "Serbia and Montenegro", &["MNE", "SRB"]),
    code("SKM", "Sikkim", &["IND"]),
    code("SUN", "Soviet Union", &["RUS"]),
    code("TMP", "East Timor", &["TLS"]),
    code("VDR", "Democratic Republic of Viet-Nam", &["VNM"]),
    code("WAK", "Wake Island", &["UMI"]),
    code("YMD", "Democratic Yemen", &["YEM"]),
    code("YUG", "Yugoslavia", &["BIH", "HRV", "MKD", "MNE", "SRB", "SVN"]),
    code("ZAR", "Zaire", &["COD"]),
];
