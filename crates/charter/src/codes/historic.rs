//! States that have no ISO code, with the declaration that gives them one, and other people's
//! abbreviations.
//!
//! Read [`UNCODED`]. This is knowledge for suggestions only: a charter that speaks of Bavaria
//! declares Bavaria, so that nobody has to guess which Bavaria was meant.

/// A state of the Correlates of War list that ISO 3166-1 never gave a code.
pub(super) struct Uncoded {
    /// The code we propose for it.
    pub(super) code: &'static str,
    /// Its name.
    pub(super) name: &'static str,
    /// Its Correlates of War number.
    pub(super) number: u16,
}

const fn uncoded(code: &'static str, name: &'static str, number: u16) -> Uncoded {
    Uncoded { code, name, number }
}

/// In the order of the codes.
pub(super) const UNCODED: &[Uncoded] = &[
    uncoded("AUH", "Austria, from 1867 Austria-Hungary", 300),
    uncoded("BAD", "Baden", 267),
    uncoded("BAV", "Bavaria", 245),
    uncoded("HAN", "Hanover", 240),
    uncoded("HSE", "Hesse-Kassel", 273),
    uncoded("HSG", "Hesse-Darmstadt", 275),
    uncoded("KRE", "Korea, to 1910", 730),
    uncoded("MEC", "Mecklenburg-Schwerin", 280),
    uncoded("MOD", "Modena", 332),
    uncoded("PAP", "Papal States", 327),
    uncoded("PMA", "Parma", 335),
    uncoded("RVN", "Republic of Viet-Nam", 817),
    uncoded("SAX", "Saxony", 269),
    uncoded("SIC", "Two Sicilies", 329),
    uncoded("TUS", "Tuscany", 337),
    uncoded("WRT", "Württemberg", 271),
    uncoded("XKX", "Kosovo", 347),
    uncoded("ZAN", "Zanzibar", 511),
];

/// Abbreviations people write where a code is wanted, and the code. In the order of the first.
pub(super) const ABBREVIATED: &[(&str, &str)] = &[
    ("AH", "AUH"),
    ("CSSR", "CSK"),
    ("DPRK", "PRK"),
    ("DRC", "COD"),
    ("DRV", "VDR"),
    ("EIRE", "IRL"),
    ("ENG", "GBR"),
    ("FRG", "DEU"),
    ("FYROM", "MKD"),
    ("GB", "GBR"),
    ("GDR", "DDR"),
    ("GER", "DEU"),
    ("HOL", "NLD"),
    ("KSA", "SAU"),
    ("NZ", "NZL"),
    ("PRC", "CHN"),
    ("PRUSSIA", "DEU"),
    ("ROC", "TWN"),
    ("ROK", "KOR"),
    ("SPA", "ESP"),
    ("UAE", "ARE"),
    ("UK", "GBR"),
    ("US", "USA"),
    ("USSR", "SUN"),
];

/// The first year in which each of the seven ambiguous codes names its ISO state, and that
/// state's way of not being meant: before it, the letters are almost surely the other set's.
/// Zero: ISO's bearer of the letters is no state at all.
pub(super) const AMBIGUOUS_FROM: &[(&str, i16)] =
    &[("AUS", 1901), ("CZE", 1993), ("KOR", 1948), ("MAC", 0), ("MNG", 1911), ("SLV", 1841), ("SWZ", 1968)];

/// The European states, historical ones too: among these alone, an Australia is a slip.
pub(super) const EUROPEAN: &[&str] = &[
    "ALB", "AND", "AUH", "AUT", "BAD", "BAV", "BEL", "BGR", "BIH", "BLR", "CHE", "CSK", "CYP", "CZE", "DDR", "DEU",
    "DNK", "ESP", "EST", "FIN", "FRA", "GBR", "GRC", "HAN", "HRV", "HSE", "HSG", "HUN", "IRL", "ISL", "ITA", "LIE",
    "LTU", "LUX", "LVA", "MCO", "MDA", "MEC", "MKD", "MLT", "MNE", "MOD", "NLD", "NOR", "PAP", "PMA", "POL", "PRT",
    "ROU", "RUS", "SAX", "SCG", "SIC", "SMR", "SRB", "SUN", "SVK", "SVN", "SWE", "TUR", "TUS", "UKR", "VAT", "WRT",
    "XKX", "YUG",
];
