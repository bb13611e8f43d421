//! `accede list`. Read [`run`].

use charter::Actor;
use charter::model::{Charter, DutyLine, Modality, When};
use law::{Chronicle, Question, Standing, chronicles};

use super::{find, show};
use crate::cli::{List, PageFormat, Sort};
use crate::failure::{Done, Failure};
use crate::names::Names;
use crate::page::{Ink, Page};
use crate::sheet::{Block, Piece, Sheet, Table, Tone};
use crate::terminal::Terminal;
use crate::{json, sheet};

/// Up to how many parties are named; more are counted.
const PARTIES_NAMED_MAX: usize = 4;
/// Where the names begin on a terminal: after `1879-10-07 – 1918-11-12`.
const NAME_COLUMN: usize = 25;

/// The words for a standing, in the order of a life.
const STANDINGS: [Standing; 10] = [
    Standing::Draft,
    Standing::Signed,
    Standing::NotInForce,
    Standing::Unknown,
    Standing::Provisional,
    Standing::InForce,
    Standing::Suspended,
    Standing::Left,
    Standing::NotParty,
    Standing::Ended,
];

/// The words for duties, whether or not a charter here speaks of them.
const DUTIES: [&str; 26] = [
    "defend",
    "join-war",
    "guarantee",
    "facilitate",
    "sanction",
    "close-straits",
    "mobilise",
    "carry-out-the-decision",
    "act",
    "attack",
    "occupy",
    "agree-beforehand",
    "consult",
    "cooperate",
    "neutral",
    "refrain",
    "make-separate-peace",
    "make-contrary-engagements",
    "withdraw",
    "invite",
    "object",
    "suspend",
    "release",
    "see-items",
    "pass-on-items",
    "relay-items",
];

/// Lists charters.
pub(crate) fn run(arguments: &List, terminal: &Terminal) -> Result<Done, Failure> {
    let on = show::day(arguments.on.as_deref())?;
    let library = find::library(&arguments.corpus, "charters with errors cannot be listed")?;
    let charters = &library.loaded.charters;
    let names = Names::new(&library.loaded.prelude, charters);
    let wanted = Wanted::read(arguments, &names, on)?;
    let corpus = library.corpus();
    let chronicles = chronicles(&corpus, &Question::on(on));
    let mut found: Vec<(&Charter, &Chronicle)> =
        charters.iter().zip(&chronicles).filter(|(charter, chronicle)| wanted.takes(charter, chronicle)).collect();
    match arguments.sort {
        Sort::Date => found.sort_by_key(|(charter, chronicle)| begun(charter, chronicle)),
        Sort::Name => found.sort_by(|(one, _), (other, _)| one.name.cmp(&other.name)),
        Sort::Parties => found.sort_by_key(|(_, chronicle)| std::cmp::Reverse(chronicle.parties.len())),
    }
    let listed = json::Listed {
        schema: json::SCHEMA,
        on: on.to_string(),
        charters: found.iter().map(|(charter, chronicle)| row(charter, chronicle)).collect(),
        of: charters.len(),
    };
    let empty = || wanted.widened(charters, &chronicles);
    Ok(Done::clean(match arguments.page.format {
        PageFormat::Json => json::text(&listed),
        PageFormat::Human => drawn(&listed, terminal, empty),
        PageFormat::Markdown => sheet::markdown(&page(&listed, &names, empty)),
        PageFormat::Html => sheet::html(&page(&listed, &names, empty)),
    }))
}

/// What a charter must be to be listed.
struct Wanted {
    names: Vec<String>,
    parties: Vec<Actor>,
    duties: Vec<String>,
    standings: Vec<Standing>,
}

impl Wanted {
    fn read(arguments: &List, names: &Names, on: When) -> Result<Self, Failure> {
        let year = names.year(on);
        let parties: Result<Vec<Actor>, Failure> = arguments.party.iter().map(|word| names.actor(word, year)).collect();
        let standings: Vec<&str> = STANDINGS.iter().map(|standing| standing.word()).collect();
        let wanted_duties: Result<Vec<String>, Failure> =
            arguments.duty.iter().map(|word| one_of("duty", word, &DUTIES)).collect();
        let wanted_standings: Result<Vec<String>, Failure> =
            arguments.standing.iter().map(|word| one_of("standing", word, &standings)).collect();
        let wanted_standings = wanted_standings?;
        Ok(Self {
            names: arguments.names.iter().map(|name| name.to_lowercase()).collect(),
            parties: parties?,
            duties: wanted_duties?,
            standings: STANDINGS
                .into_iter()
                .filter(|standing| wanted_standings.iter().any(|word| word == standing.word()))
                .collect(),
        })
    }

    fn takes(&self, charter: &Charter, chronicle: &Chronicle) -> bool {
        self.is_called(charter) && self.has_parties(chronicle) && self.has_duties(charter) && self.stands(chronicle)
    }

    fn is_called(&self, charter: &Charter) -> bool {
        let mut called: Vec<String> = vec![charter.name.to_string(), charter.title.as_str().to_lowercase()];
        called.extend(charter.also.iter().map(|also| also.as_str().to_lowercase()));
        self.names.iter().all(|wanted| called.iter().any(|name| name.contains(wanted)))
    }

    fn has_parties(&self, chronicle: &Chronicle) -> bool {
        self.parties.iter().all(|wanted| chronicle.parties.iter().any(|stay| stay.actor == *wanted))
    }

    fn has_duties(&self, charter: &Charter) -> bool {
        let duties = duties(charter);
        self.duties.iter().all(|wanted| duties.contains(&wanted.as_str()))
    }

    /// Of those asked for by name, else of the charter as a whole.
    fn stands(&self, chronicle: &Chronicle) -> bool {
        if self.parties.is_empty() {
            return self.stands_as_a_whole(chronicle);
        }
        let mut theirs = chronicle.parties.iter().filter(|stay| self.parties.contains(&stay.actor));
        self.standings.is_empty() || theirs.all(|stay| self.standings.contains(&stay.standing))
    }

    fn stands_as_a_whole(&self, chronicle: &Chronicle) -> bool {
        self.standings.is_empty() || self.standings.contains(&chronicle.standing)
    }

    /// What is left of each filter without the others: which of them to give up.
    fn widened(&self, charters: &[Charter], chronicles: &[Chronicle]) -> String {
        let count = |is: &dyn Fn(&Charter, &Chronicle) -> bool| {
            charters.iter().zip(chronicles).filter(|(charter, chronicle)| is(charter, chronicle)).count()
        };
        let without: [(&str, bool, usize); 4] = [
            (
                "the name",
                self.names.is_empty(),
                count(&|charter, one| self.has_parties(one) && self.has_duties(charter) && self.stands(one)),
            ),
            (
                "--party",
                self.parties.is_empty(),
                count(&|charter, one| {
                    self.is_called(charter) && self.has_duties(charter) && self.stands_as_a_whole(one)
                }),
            ),
            (
                "--duty",
                self.duties.is_empty(),
                count(&|charter, one| self.is_called(charter) && self.has_parties(one) && self.stands(one)),
            ),
            (
                "--standing",
                self.standings.is_empty(),
                count(&|charter, one| self.is_called(charter) && self.has_parties(one) && self.has_duties(charter)),
            ),
        ];
        let without = without.iter().filter(|(_, is_unused, left)| !is_unused && *left > 0);
        let without: Vec<String> = without.map(|(filter, _, left)| format!("{left} without {filter}")).collect();
        if without.is_empty() {
            return format!("There are {} charters without all of it.", charters.len());
        }
        format!("There would be {}.", without.join(", "))
    }
}

fn one_of(what: &str, word: &str, known: &[&str]) -> Result<String, Failure> {
    let written = word.to_lowercase().replace(' ', "-");
    if known.contains(&written.as_str()) {
        return Ok(written);
    }
    let help = match charter::nearest(&written, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("it is one of {}", known.join(", ")),
    };
    Err(Failure::plain(format!("there is no {what} `{word}`"), help))
}

/// The words for what it makes a duty, the weightier first.
fn duties(charter: &Charter) -> Vec<&'static str> {
    words(charter, |modality| matches!(modality, Modality::Must | Modality::MustNot))
}

/// The words for what it makes a right, or only recommends.
fn rights(charter: &Charter) -> Vec<&'static str> {
    words(charter, |modality| matches!(modality, Modality::May | Modality::IsAskedTo))
}

fn words(charter: &Charter, is_wanted: impl Fn(Modality) -> bool) -> Vec<&'static str> {
    let of_clauses = charter.articles.iter().flat_map(|article| &article.clauses).flat_map(|clause| &clause.duties);
    let of_exceptions = charter.articles.iter().flat_map(|article| &article.exceptions);
    let of_exceptions = of_exceptions.flat_map(|exception| &exception.duties);
    let of_tracks = charter.tracks.iter().flat_map(|track| &track.duties);
    let mut lines: Vec<&DutyLine> = of_clauses.chain(of_exceptions).chain(of_tracks).collect();
    lines.retain(|line| is_wanted(line.modality));
    lines.sort_by_key(|line| line.family());
    let mut words = Vec::new();
    for word in lines.into_iter().map(DutyLine::word) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

/// When it was signed, or else when it entered into force; what has no date comes last.
fn begun(charter: &Charter, chronicle: &Chronicle) -> (bool, String) {
    let day = charter.status.signed.map(|day| day.to_string());
    let day = day.or_else(|| chronicle.in_force.map(|days| days.first.to_string()));
    (day.is_none(), day.unwrap_or_default())
}

fn row(charter: &Charter, chronicle: &Chronicle) -> json::ListedCharter {
    let title = if charter.title.as_str().is_empty() { &charter.name } else { &charter.title };
    json::ListedCharter {
        name: charter.name.to_string(),
        title: title.to_string(),
        also: charter.also.iter().map(ToString::to_string).collect(),
        signed: charter.status.signed.map(|day| day.to_string()),
        in_force: chronicle.in_force.map(|days| days.to_string()),
        ended: chronicle.ended.map(|days| days.to_string()),
        standing: chronicle.standing.word(),
        parties: chronicle.parties.iter().map(|stay| stay.actor.as_str().to_owned()).collect(),
        duties: duties(charter),
        rights: rights(charter),
    }
}

/// `AUH, DEU`, `32 parties`
fn parties(charter: &json::ListedCharter) -> String {
    if charter.parties.len() <= PARTIES_NAMED_MAX {
        return charter.parties.join(", ");
    }
    format!("{} parties", charter.parties.len())
}

/// `defend, consult; may join-war`
fn deeds(charter: &json::ListedCharter) -> String {
    let rights: Vec<&str> = charter.rights.iter().copied().filter(|right| !charter.duties.contains(right)).collect();
    let rights = if rights.is_empty() { String::new() } else { format!("may {}", rights.join(", ")) };
    let parts = [charter.duties.join(", "), rights];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}

fn count(listed: &json::Listed) -> String {
    let (found, of) = (listed.charters.len(), listed.of);
    let charters = if of == 1 { "charter" } else { "charters" };
    if found == of { format!("{of} {charters}") } else { format!("{found} of {of} {charters}") }
}

fn drawn(listed: &json::Listed, terminal: &Terminal, empty: impl Fn() -> String) -> String {
    let mut page = Page::new(terminal);
    if listed.charters.is_empty() {
        page.line(0, &[(Ink::Plain, "No charter is all of that.")]);
        page.line(0, &[(Ink::Faint, &empty())]);
        return page.finish();
    }
    for charter in &listed.charters {
        let begun = charter.signed.as_ref().or(charter.in_force.as_ref()).map_or("no date", String::as_str);
        let life = match &charter.ended {
            Some(end) => format!("{begun} – {end}"),
            None => begun.to_owned(),
        };
        page.row(0, &life, NAME_COLUMN, &format!("{}: {}", charter.name, charter.title));
        let mut said = vec![charter.standing.replace('-', " "), parties(charter)];
        let deeds = deeds(charter);
        said.extend((!deeds.is_empty()).then_some(deeds));
        said.extend((!charter.also.is_empty()).then(|| format!("also {}", charter.also.join(", "))));
        page.line(NAME_COLUMN, &[(Ink::Faint, &said.join(" · "))]);
    }
    page.gap();
    page.line(0, &[(Ink::Faint, &format!("{}, standing on {}", count(listed), listed.on))]);
    page.finish()
}

fn page(listed: &json::Listed, names: &Names, empty: impl Fn() -> String) -> Sheet {
    let foot = format!("Listed by accede as of {}.", listed.on);
    let mut sheet = Sheet { title: "Charters".to_owned(), blocks: Vec::new(), foot };
    sheet.heading(1, "Charters");
    if listed.charters.is_empty() {
        let said = vec![Piece::plain("No charter is all of that."), Piece::new(Tone::Aside, empty())];
        sheet.blocks.push(Block::Text(said));
        return sheet;
    }
    let columns = ["signed", "in force", "ended", "charter", "standing", "parties", "duties"];
    let row = |charter: &json::ListedCharter| {
        let also: String = charter.also.iter().map(|also| format!(", {also}")).collect();
        let few: Vec<String> = charter.parties.iter().map(|code| names.short(&Actor::code(code))).collect();
        let parties = if few.len() <= PARTIES_NAMED_MAX { few.join(", ") } else { parties(charter) };
        vec![
            charter.signed.clone().unwrap_or_default(),
            charter.in_force.clone().unwrap_or_default(),
            charter.ended.clone().unwrap_or_default(),
            format!("{} ({}{also})", charter.title, charter.name),
            charter.standing.replace('-', " "),
            parties,
            deeds(charter).replace('-', " "),
        ]
    };
    sheet.blocks.push(Block::Table(Table {
        caption: format!("{}, standing on {}", count(listed), listed.on),
        columns: columns.map(str::to_owned).to_vec(),
        head: 3,
        rows: listed.charters.iter().map(row).collect(),
    }));
    sheet
}
