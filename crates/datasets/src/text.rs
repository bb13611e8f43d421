//! What the coded provisions say, in words. Read [`said`].

/// What a provision of an alliance says, where there are words for it in a comment: its column, its code
/// or any code, and the words. The codebook is the data set's own; these are our words for it.
const WORDS: [(&str, Option<i64>, &str); 45] = [
    ("wartime", None, "it was made in a war, for that war"),
    ("estmode", Some(0), "it is no treaty, but a lesser instrument"),
    ("pubsecr", Some(1), "a part of it was secret"),
    ("pubsecr", Some(2), "it was secret as a whole"),
    ("secrart", None, "which of its articles were secret is coded"),
    ("proadd", None, "it speaks of others who may be added"),
    ("futmem", None, "it says who may become a member"),
    ("speclgth", None, "it says how long it lasts"),
    ("length", None, "months that it was to last"),
    ("renounce", None, "it says whether and how it may be renounced"),
    ("proren", None, "it speaks of its renewal"),
    ("renewlgt", None, "months for which it is renewed"),
    ("asymm", None, "its members do not all promise the same"),
    ("notaiden", None, "no help to one another's enemies"),
    ("dipaid", None, "diplomatic help"),
    ("terrres", None, "respect for one another's territory"),
    ("seppeace", Some(1), ""),
    ("seppeace", None, "a peace apart is restricted"),
    ("thirdcom", None, "what becomes of commitments to third parties"),
    ("noothall", None, "no alliance against one another"),
    ("specthrt", None, "it names a threat"),
    ("conwtin", None, "conflict within a member"),
    ("medarb", None, "mediation or arbitration between members"),
    ("milcon", None, "military contact in peace"),
    ("milaid", None, "military aid"),
    ("intcom", None, "an integrated command"),
    ("subord", None, "forces of one under the command of another in war"),
    ("organ1", None, "an organisation"),
    ("organ2", None, "a second organisation"),
    ("base", None, "military bases"),
    ("contrib", None, "troops or money that each contributes"),
    ("armred", None, "limits on arms"),
    ("acqterr", None, "territory to be won"),
    ("divgains", None, "how gains are divided"),
    ("demwith", None, "withdrawal from territory"),
    ("reflnun", None, "it refers to the League or the United Nations"),
    ("refothio", None, "it refers to another international organisation"),
    ("natrefal", None, "how it refers to other agreements is coded"),
    ("compag", None, "agreements made together with it"),
    ("nomicoop", None, "cooperation in other than military matters"),
    ("conres", None, "how conflicts are to be resolved is coded"),
    ("agprois", None, "agreement to promise more is coded"),
    ("conmen", None, "a conflict is mentioned"),
    ("ecaid", None, "economic aid"),
    ("interv", None, "intervention in one another's affairs"),
];

/// What a provision of this code says; none where nothing has to be said of it in a comment.
pub(crate) fn said(column: &str, code: i64) -> Option<&'static str> {
    let words = WORDS.iter().find(|(known, only, _)| *known == column && only.is_none_or(|only| only == code));
    words.map(|(_, _, words)| *words).filter(|words| !words.is_empty())
}
