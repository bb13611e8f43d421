//! Charters that nobody concluded, as like to real ones as a counter can make them. Read
//! [`charters`] first.
//!
//! Everything follows from a number: the same on every machine, and no two charters alike.

/// Whom the charters are between.
const STATES: [&str; 40] = [
    "ARG", "LUX", "AUT", "BEL", "BGR", "BRA", "CAN", "CHE", "CHL", "CHN", "COL", "CUB", "DEU", "DNK", "EGY", "ESP",
    "FIN", "FRA", "GBR", "GRC", "HUN", "IDN", "IND", "IRN", "IRQ", "ITA", "JPN", "MAR", "MEX", "NLD", "NOR", "PAK",
    "PER", "POL", "PRT", "ROU", "SAU", "SWE", "TUR", "USA",
];

/// What their texts share.
pub(crate) fn prelude() -> String {
    let mut text =
        "prelude\ncounting days after the event, months to the same date, hours from receipt, in UTC\n".to_owned();
    text.push_str("place continent\nplace coast in continent\nplace inland in continent\nplace high-seas\n");
    text
}

/// So many texts with one charter each, about forty lines long, every one different.
pub(crate) fn charters(count: usize) -> Vec<(String, String)> {
    (0..count).map(|number| (format!("made-up-{number}.charter"), charter(number))).collect()
}

/// One charter: articles, a body, an area, a class, dated acts and a scenario.
pub(crate) fn charter(number: usize) -> String {
    let parties = parties(number);
    let list = parties.join(", ");
    let (first, second) = (parties.first().copied().unwrap_or("BEL"), parties.get(1).copied().unwrap_or("FRA"));
    let later = state(number * 7 + 3);
    let enemy = STATES.iter().copied().find(|state| !parties.contains(state) && *state != later).unwrap_or("XXX");
    let year = 1950 + number % 60;
    let acts =
        if parties.contains(&later) { String::new() } else { format!("history {}-05-06 {later} accedes\n", year + 6) };
    let hours = 24 + number % 48;
    let other = number.saturating_sub(1);
    format!(
        "# The made-up treaty of number {number}, between {list}.
charter made-up-{number} \"Treaty number {number} of mutual assistance\"
also M{number}
status text published \"Collection {number}, 34\", signed {year}-04-04, in force since {year}-08-24,
    withdrawal 1 year after notice, not before {}-08-24
parties {list}
accession a neighbour, invited by council, by unanimity
{acts}region neighbour: {later}, {enemy}
area treaty-area: territory of a party in continent, forces of a party in high-seas
body council \"Council of treaty {number}\" of all parties, decides by consensus,
    silence adopts after at least {hours} hours

article 1 \"Peaceful settlement\"
  source \"Collection {number}, 34, article 1\"
  always
    each party must not attack each other party

# A request is how an opinion is voiced.
article 2 \"Consultation\"
  source \"Collection {number}, 34, article 2\"
  when a party requests consultation
    each other party must consult the requester, within {hours} hours

article 3 \"Mutual assistance\"
  source \"Collection {number}, 34, article 3\"
  when anyone attacks a party in treaty-area without provocation
  if the victim invokes this article or council finds \"armed attack\"
    each other party must assist the victim using such means as it deems necessary, at once
  exception \"its own attack\"
    if the victim attacks {enemy}

article 4 \"Neutrality\"
  source \"Collection {number}, 34, article 4\"
  when a non-party other than {enemy} attacks a party
  unless {enemy} supports the attacker
    each other party must stay benevolently neutral towards the victim
    each other party may give passage to the victim

article 5 \"Older treaties\"
  source \"Collection {number}, 34, article 5\"
  while a party is at war with a neighbour
  if made-up-{other} is in force
    each other party must not make separate peace

scenario \"{enemy} attacks {first}\" on {}-06-01
  {enemy} attacks {first} in coast
  {first} invokes article 3 of made-up-{number}
  expect {second} must assist {first} under made-up-{number} article 3
  variant \"nobody invoked it\"
    {first} requests consultation
    expect {second} must consult {first} under made-up-{number} article 2
",
        year + 20,
        year + 10,
    )
}

fn parties(number: usize) -> Vec<&'static str> {
    let count = 2 + number % 6;
    let mut parties: Vec<&str> = (0..count).map(|at| state(number * 13 + at * 11)).collect();
    parties.sort_unstable();
    parties.dedup();
    parties
}

fn state(number: usize) -> &'static str {
    STATES.get(number % STATES.len()).copied().unwrap_or("BEL")
}
