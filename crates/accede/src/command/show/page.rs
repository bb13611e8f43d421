//! The page of a charter, whatever it is drawn on. Read [`of`].

use super::matrix;
use crate::json;
use crate::names::few;
use crate::sheet::{Block, Piece, Sheet, Table, Tone};

/// The charters, one under the other.
pub(super) fn of(shown: &json::Shown) -> Sheet {
    let titles: Vec<&str> = shown.charters.iter().map(|charter| charter.title.as_str()).collect();
    let mut sheet =
        Sheet { title: titles.join(", "), blocks: Vec::new(), foot: format!("Shown by accede as of {}.", shown.on) };
    // Under a heading of their own where they are several, so that a page has one first heading.
    let level = if shown.charters.len() == 1 { 1 } else { 2 };
    if level == 2 {
        sheet.heading(1, format!("{} charters", shown.charters.len()));
    }
    for charter in &shown.charters {
        Writer { sheet: &mut sheet, charter, on: &shown.on, level }.write();
    }
    sheet
}

/// More parties than this, of whom one thing is written, are *the other so many*.
const REST_MIN: usize = 7;

/// A column of dates: what it is called, and where it stands.
type DateColumn = (&'static str, fn(&json::Party) -> Option<&String>);

struct Writer<'a> {
    sheet: &'a mut Sheet,
    charter: &'a json::Charter,
    on: &'a str,
    /// That of the charter's own heading.
    level: usize,
}

impl Writer<'_> {
    fn write(mut self) {
        let charter = self.charter;
        self.sheet.heading(self.level, format!("{} ({})", charter.title, charter.name));
        if !charter.also.is_empty() {
            self.sheet.text(Tone::Aside, format!("also {}", charter.also.join(", ")));
        }
        self.standing();
        self.sheet.list(charter.status.iter().cloned());
        self.parties();
        self.history();
        self.parts("Words and rules", &charter.declarations);
        self.parts("Bodies", &charter.bodies);
        self.articles();
        self.matrix();
        self.parts("Reservations and understandings", &charter.reservations);
        self.readings();
        self.parts("Tracks", &charter.tracks);
        self.contributions();
        self.parts("Red lines", &charter.red_lines);
        self.claims();
        self.sources();
    }

    fn part(&mut self, title: &str) {
        self.sheet.heading(self.level + 1, title);
    }

    /// **In force** on 2026-03-01 for 32 parties
    fn standing(&mut self) {
        let word = capitalised(&self.charter.standing.replace('-', " "));
        let word = if self.charter.standing == "unknown" { "Not known to be in force".to_owned() } else { word };
        let bound = self.charter.parties.iter().filter(|party| is_bound(party)).count();
        let bound = match bound {
            0 => String::new(),
            1 => " for one party".to_owned(),
            many => format!(" for {many} parties"),
        };
        let on = self.on;
        let mut said = vec![Piece::new(Tone::Strong, word), Piece::plain(format!("on {on}{bound}"))];
        let readings = self.charter.readings.iter().filter(|reading| reading.of == "status").count();
        if readings > 1 {
            let how = format!("as the first of {readings} readings has it");
            said.push(Piece::new(Tone::Doubt, how));
        }
        self.sheet.blocks.push(Block::Text(said));
    }

    fn parties(&mut self) {
        if self.charter.parties.is_empty() {
            return;
        }
        self.part("Parties");
        let mut groups: Vec<(&json::Party, Vec<String>)> = Vec::new();
        for party in &self.charter.parties {
            let said = if party.name == party.actor {
                party.name.clone()
            } else {
                format!("{} ({})", party.name, party.actor)
            };
            let is_alike = |other: &json::Party| {
                (&other.from, &other.left, other.standing) == (&party.from, &party.left, party.standing)
            };
            match groups.iter_mut().find(|(other, _)| is_alike(other)) {
                Some((_, names)) => names.push(said),
                None => groups.push((party, vec![said])),
            }
        }
        let dates: [DateColumn; 2] = [("since", |party| party.from.as_ref()), ("until", |party| party.left.as_ref())];
        let dates: Vec<_> = dates
            .into_iter()
            .filter(|(_, date)| self.charter.parties.iter().any(|party| date(party).is_some()))
            .collect();
        let mut columns: Vec<String> = dates.iter().map(|(title, _)| (*title).to_owned()).collect();
        columns.extend(["standing".to_owned(), "parties".to_owned()]);
        let row = |(party, names): (&json::Party, Vec<String>)| {
            let mut cells: Vec<String> =
                dates.iter().map(|(_, date)| date(party).cloned().unwrap_or_default()).collect();
            cells.extend([party.standing.unwrap_or_default().replace('-', " "), names.join(", ")]);
            cells
        };
        let rows = groups.into_iter().map(row).collect();
        let head = columns.len() - 1;
        let caption = format!("who has been a party, and how it stands for them on {}", self.on);
        self.sheet.blocks.push(Block::Table(Table { caption, columns, head, rows }));
    }

    /// Accessions are among the parties already.
    fn history(&mut self) {
        let acts = self.charter.history.iter().filter(|act| !act.is_accession);
        let acts: Vec<String> = acts.map(|act| format!("{} {}", act.on, act.act)).collect();
        if !acts.is_empty() {
            self.part("Acts");
            self.sheet.list(acts);
        }
    }

    fn articles(&mut self) {
        if self.charter.articles.is_empty() {
            return;
        }
        self.part("Articles");
        let notice = match self.charter.standing {
            "draft" => "A draft: nobody owes anything under it.".to_owned(),
            "signed" | "not-in-force" => format!("Not in force on {}: nobody owes anything under it.", self.on),
            "ended" => format!("Over on {}: nothing new is owed under it.", self.on),
            "unknown" => "Nobody has said whether it is in force: what it obliges to is open.".to_owned(),
            _ => String::new(),
        };
        if !notice.is_empty() {
            self.sheet.text(Tone::Doubt, notice);
        }
        for article in &self.charter.articles {
            self.article(article);
        }
    }

    fn article(&mut self, article: &json::Article) {
        let title = article.title.as_ref().map(|title| format!(" “{title}”")).unwrap_or_default();
        let mut heading = vec![Piece::plain(format!("{}{title}", capitalised(&article.article)))];
        heading.extend(article.secret_until.as_ref().map(|day| Piece::new(Tone::Aside, format!("secret until {day}"))));
        heading.extend(article.unchecked.then(|| Piece::new(Tone::Doubt, "unchecked against its source")));
        self.sheet.blocks.push(Block::Heading(self.level + 2, heading));
        for known in &article.evidence {
            self.sheet.text(Tone::Aside, known_in_words(known));
        }
        self.sentences(&article.sentences);
        for owed in &article.today {
            let tone = if owed.verdict == "bound" { Tone::Owed } else { Tone::Doubt };
            let day = Piece::new(tone, format!("{}:", self.on));
            self.sheet.blocks.push(Block::Text(vec![day, Piece::plain(&owed.sentence)]));
        }
        let is_living = matches!(self.charter.standing, "in-force" | "provisional" | "unknown");
        if is_living && article.today.is_empty() && !article.waits_for.is_empty() {
            // An opening that waits for more than another one adds nothing to it.
            let adds = |opening: &&String| {
                let weaker =
                    |other: &String| opening.strip_prefix(other.as_str()).is_some_and(|rest| rest.starts_with(','));
                !article.waits_for.iter().any(weaker)
            };
            let until: Vec<String> = article.waits_for.iter().filter(adds).map(|opening| until(opening)).collect();
            self.sheet.text(Tone::Aside, format!("{}: owed by nobody, {}", self.on, until.join(", or ")));
        }
    }

    fn sentences(&mut self, sentences: &[json::Sentence]) {
        let sentences: Vec<(usize, String)> = sentences.iter().map(|one| (one.level, one.text.clone())).collect();
        if !sentences.is_empty() {
            self.sheet.blocks.push(Block::Sentences(sentences));
        }
    }

    fn matrix(&mut self) {
        let matrix = &self.charter.matrix;
        if matrix.rows.is_empty() {
            return;
        }
        self.part("Parties by duties");
        let mut columns = vec!["parties".to_owned()];
        columns.extend(matrix.duties.iter().map(|duty| duty.replace('-', " ")));
        // Of many parties those of whom something else is written are told first, and then the rest.
        let most = matrix.rows.iter().map(|row| row.parties.len()).max().unwrap_or(0);
        let is_rest = |row: &json::MatrixRow| most > REST_MIN && row.parties.len() == most;
        let row = |row: &json::MatrixRow| {
            let parties: Vec<String> = row.parties.iter().map(|code| self.name(code)).collect();
            let head = match (row.parties.len(), matrix.rows.len()) {
                (2, 1) => format!("both: {}", parties.join(", ")),
                (all, 1) if all > 2 => format!("all {all}"),
                (rest, _) if is_rest(row) => format!("the other {rest}"),
                _ => few(&parties),
            };
            let cells = matrix.duties.iter().map(|duty| {
                let marks: Vec<String> = row.cells.iter().filter(|cell| cell.duty == *duty).map(matrix::mark).collect();
                marks.join(", ")
            });
            std::iter::once(head).chain(cells).collect()
        };
        let (rest, named): (Vec<&json::MatrixRow>, Vec<&json::MatrixRow>) =
            matrix.rows.iter().partition(|one| is_rest(one));
        let rows = named.into_iter().chain(rest).map(row).collect();
        let table = Table { caption: matrix::key(matrix), columns, head: 0, rows };
        self.sheet.blocks.push(Block::Table(table));
    }

    fn name(&self, code: &str) -> String {
        let party = self.charter.parties.iter().find(|party| party.actor == code);
        party.map_or_else(|| code.to_owned(), |party| party.name.clone())
    }

    fn readings(&mut self) {
        if self.charter.readings.is_empty() {
            return;
        }
        self.part("Readings");
        let readings: Vec<String> = self
            .charter
            .readings
            .iter()
            .map(|reading| {
                let holders: Vec<String> = reading.held_by.iter().map(|holder| self.name(holder)).collect();
                let held = if holders.is_empty() { String::new() } else { format!(", held by {}", holders.join(", ")) };
                let meaning = reading.meaning.join("; ");
                format!("{}: “{}”{held}: {meaning}", capitalised(&reading.of), reading.label)
            })
            .collect();
        self.sheet.list(readings);
    }

    fn parts(&mut self, title: &str, parts: &[json::Part]) {
        if parts.is_empty() {
            return;
        }
        self.part(title);
        let mut sentences: Vec<(usize, String)> = Vec::new();
        for part in parts {
            sentences.extend(part.sentences.iter().map(|one| (one.level, one.text.clone())));
            sentences.extend(part.evidence.iter().map(|known| (1, known_in_words(known))));
        }
        self.sheet.blocks.push(Block::Sentences(sentences));
    }

    fn contributions(&mut self) {
        if self.charter.contributions.is_empty() {
            return;
        }
        self.part("Contributions");
        let items: Vec<String> = self
            .charter
            .contributions
            .iter()
            .map(|one| {
                let promised = one.promised.as_deref().unwrap_or("on a day not known");
                let known = one.evidence.iter().map(|known| format!("; {}", known_in_words(known)));
                let known: String = known.collect();
                format!("{}: “{}”, promised {promised}, {}{known}", self.name(&one.actor), one.what, one.delivered)
            })
            .collect();
        self.sheet.list(items);
    }

    fn claims(&mut self) {
        if self.charter.claims.is_empty() {
            return;
        }
        self.part("Claims (reports that are no clause)");
        let items = self.charter.claims.iter();
        let items = items.map(|claim| {
            vec![Piece::plain(format!("“{}”", claim.what)), Piece::new(Tone::Aside, known_in_words(&claim.evidence))]
        });
        self.sheet.blocks.push(Block::List(items.collect()));
    }

    fn sources(&mut self) {
        let charter = self.charter;
        let unchecked: Vec<&str> = charter
            .articles
            .iter()
            .filter(|article| article.unchecked)
            .map(|article| article.article.as_str())
            .collect();
        let read = by_source(charter);
        if charter.sources.is_empty() && read.is_empty() && unchecked.is_empty() {
            return;
        }
        self.part("Sources");
        self.sheet.list(charter.sources.iter().cloned());
        if !read.is_empty() {
            let rows = read.iter().map(|(articles, sources)| vec![articles.join(", "), sources.join("; ")]).collect();
            let columns = vec!["of".to_owned(), "read in".to_owned()];
            let caption = "where each article was read".to_owned();
            self.sheet.blocks.push(Block::Table(Table { caption, columns, head: 0, rows }));
        }
        if !unchecked.is_empty() {
            let (count, of) = (unchecked.len(), charter.articles.len());
            let (is, it) = if count == 1 { ("is", "it") } else { ("are", "them") };
            let said = format!("{count} of {of} articles {is} unchecked: nobody has compared {it} with a source");
            let which = if count == of { String::new() } else { format!(" ({})", unchecked.join(", ")) };
            self.sheet.text(Tone::Doubt, format!("{said}{which}"));
        }
    }
}

fn is_bound(party: &json::Party) -> bool {
    matches!(party.standing, Some("in-force" | "provisional"))
}

/// *until anyone attacks a party*, *unless FRA is at war with DEU*
fn until(opening: &str) -> String {
    match (opening.strip_prefix("when "), opening.strip_prefix("while ")) {
        (Some(event), _) => format!("until {event}"),
        (None, Some(state)) => format!("unless {state}"),
        (None, None) => opening.to_owned(),
    }
}

/// The articles that were read in the same places, together.
fn by_source(charter: &json::Charter) -> Vec<(Vec<&str>, &[String])> {
    let mut groups: Vec<(Vec<&str>, &[String])> = Vec::new();
    for article in charter.articles.iter().filter(|article| !article.sources.is_empty()) {
        match groups.iter_mut().find(|(_, sources)| *sources == article.sources.as_slice()) {
            Some((articles, _)) => articles.push(&article.article),
            None => groups.push((vec![&article.article], &article.sources)),
        }
    }
    groups
}

/// `known officially from “joint statement”, grade B2; denied by “officials”, grade B3`
fn known_in_words(known: &json::Known) -> String {
    let how = match known.level {
        "official" => "known officially from",
        "reported" => "known by report from",
        _ => "known from",
    };
    let grade = |grade: &Option<String>| grade.as_ref().map(|grade| format!(", grade {grade}")).unwrap_or_default();
    let mut said = format!("{how} “{}”{}", known.from, grade(&known.grade));
    for denial in &known.denied_by {
        said.push_str(&format!("; denied by “{}”{}", denial.by, grade(&denial.grade)));
    }
    if let Some(origin) = &known.origin {
        said.push_str(&format!("; origin “{origin}”"));
    }
    said
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
