//! Who is spoken of by which duty: parties by duties, as the text has it. Read [`of`].
//!
//! This is the text, not an answer: whether a duty is owed on a day depends on what has happened.

use std::collections::BTreeSet;

use charter::Actor;
use charter::model::{
    Bearer, Charter, ClassMember, ClassMembers, DutyLine, Family, Member, Modality, Object, Opening, Prelude, Role,
    Selector, Statement, When, Who,
};
use law::{Chronicle, Standing};

use crate::json::{Matrix, MatrixCell, MatrixRow};
use crate::words;

/// What stands in a charter and beside it, and who is looked at.
struct Scope<'a> {
    charter: &'a Charter,
    prelude: &'a Prelude,
    parties: Vec<&'a Actor>,
    on: String,
}

/// A cell before it is put into a row.
struct Entry {
    who: BTreeSet<Actor>,
    family: Family,
    cell: MatrixCell,
}

/// The table of one charter: its parties on the day, or, where it binds nobody then, all it ever had.
pub(super) fn of(charter: &Charter, prelude: &Prelude, chronicle: &Chronicle, on: When) -> Matrix {
    let living: Vec<&Actor> =
        chronicle.parties.iter().filter(|stay| is_living(stay.standing)).map(|stay| &stay.actor).collect();
    let parties = if living.is_empty() { chronicle.parties.iter().map(|stay| &stay.actor).collect() } else { living };
    let scope = Scope { charter, prelude, parties, on: on.to_string() };
    let entries = scope.entries();
    let mut duties: Vec<(Family, &'static str)> = Vec::new();
    for entry in &entries {
        if !duties.iter().any(|(_, duty)| *duty == entry.cell.duty) {
            duties.push((entry.family, entry.cell.duty));
        }
    }
    duties.sort_by_key(|(family, _)| *family);
    let mut actors: Vec<&Actor> = scope.parties.clone();
    // Whoever is named and was never a party is spoken of too; whoever has left is not.
    let has_left = |actor: &Actor| chronicle.parties.iter().any(|stay| stay.actor == *actor);
    for actor in entries.iter().flat_map(|entry| &entry.who) {
        if !actors.contains(&actor) && !has_left(actor) {
            actors.push(actor);
        }
    }
    let mut rows: Vec<MatrixRow> = Vec::new();
    for actor in actors {
        let mut cells: Vec<MatrixCell> = Vec::new();
        for entry in entries.iter().filter(|entry| entry.who.contains(actor)) {
            if !cells.contains(&entry.cell) {
                cells.push(entry.cell.clone());
            }
        }
        let code = actor.as_str().to_owned();
        match rows.iter_mut().find(|row| row.cells == cells) {
            Some(row) => row.parties.push(code),
            None => rows.push(MatrixRow { parties: vec![code], cells }),
        }
    }
    rows.retain(|row| !row.cells.is_empty());
    Matrix { duties: duties.into_iter().map(|(_, duty)| duty).collect(), rows }
}

fn is_living(standing: Standing) -> bool {
    match standing {
        Standing::Draft
        | Standing::Signed
        | Standing::Unknown
        | Standing::Provisional
        | Standing::InForce
        | Standing::Suspended => true,
        Standing::NotInForce | Standing::Left | Standing::NotParty | Standing::Ended => false,
    }
}

impl Scope<'_> {
    /// Every sentence that says what somebody must, may or must not do.
    fn entries(&self) -> Vec<Entry> {
        let mut entries = Vec::new();
        for article in &self.charter.articles {
            let label = &article.label;
            let kind = label.kind == charter::model::ArticleKind::Article && !label.number.as_str().is_empty();
            let provision = if kind { label.number.to_string() } else { label.to_string() };
            for clause in &article.clauses {
                let (triggers, waits) = match &clause.opening {
                    Opening::When(triggers) | Opening::While(triggers) => (triggers.as_slice(), true),
                    Opening::Always | Opening::On(_) => (&[][..], !clause.conditions.is_empty()),
                };
                let entry = |duty| self.entry(duty, &provision, triggers, waits);
                entries.extend(clause.duties.iter().map(entry));
                let exceptions = article.exceptions.iter().flat_map(|exception| &exception.duties);
                entries.extend(exceptions.map(|duty| self.entry(duty, &provision, triggers, true)));
            }
        }
        for track in &self.charter.tracks {
            let provision = format!("track {}", track.name);
            for duty in &track.duties {
                let mut entry = self.entry(duty, &provision, &[], false);
                if matches!(duty.bearer, Bearer::EachMember) {
                    // Where nobody has joined yet, it speaks of whoever will.
                    let has_members = !track.members.is_empty();
                    entry.who = if has_members { track.members.iter().cloned().collect() } else { self.everybody() };
                    entry.cell.conditional = !has_members;
                }
                entries.push(entry);
            }
        }
        entries
    }

    fn entry(&self, duty: &DutyLine, provision: &str, triggers: &[Statement], waits: bool) -> Entry {
        Entry {
            who: self.bearers(&duty.bearer, triggers),
            family: duty.family(),
            cell: MatrixCell {
                duty: duty.word(),
                provision: provision.to_owned(),
                modality: words::modality_word(duty.modality),
                conditional: waits,
                together: matches!(duty.bearer, Bearer::Together(_)),
            },
        }
    }

    fn everybody(&self) -> BTreeSet<Actor> {
        self.parties.iter().map(|actor| (*actor).clone()).collect()
    }

    fn bearers(&self, bearer: &Bearer, triggers: &[Statement]) -> BTreeSet<Actor> {
        match bearer {
            Bearer::EachParty | Bearer::EachOtherParty | Bearer::TheOtherParty | Bearer::EachMember => self.everybody(),
            Bearer::EachOf(members) | Bearer::Together(members) => self.members(members),
            Bearer::Actor(actor) => BTreeSet::from([actor.clone()]),
            Bearer::Role(role) => {
                let found: BTreeSet<Actor> = triggers.iter().flat_map(|trigger| self.in_role(*role, trigger)).collect();
                if found.is_empty() { self.everybody() } else { found }
            }
        }
    }

    /// Who may hold a role that a trigger hands out.
    fn in_role(&self, role: Role, trigger: &Statement) -> BTreeSet<Actor> {
        let who = match role {
            Role::Attacker | Role::Threatener | Role::Belligerent | Role::Requester | Role::Notifier => {
                Some(&trigger.subject)
            }
            Role::Victim | Role::Threatened | Role::Enemy => {
                if let Object::Who(who) = &trigger.object {
                    Some(who)
                } else {
                    None
                }
            }
        };
        who.map(|who| self.selected(who)).unwrap_or_default()
    }

    /// The parties among whom somebody is to be found; all of them where the text says no more.
    fn selected(&self, who: &Who) -> BTreeSet<Actor> {
        match &who.selector {
            Selector::Actor(actor) => BTreeSet::from([actor.clone()]),
            Selector::AnyOf(members) | Selector::AllOf(members) | Selector::EachOf(members) => self.members(members),
            Selector::Group(name) | Selector::AClass(name) => self.members(&[Member::Group(name.clone())]),
            Selector::Nobody
            | Selector::Anyone
            | Selector::AState
            | Selector::AParty
            | Selector::ANonParty
            | Selector::Count { .. }
            | Selector::EachParty
            | Selector::EachOtherParty
            | Selector::TheOtherParty
            | Selector::EachOtherMember
            | Selector::Role(_)
            | Selector::Bearer
            | Selector::Originator
            | Selector::Body(_)
            | Selector::Charter(_) => self.everybody(),
        }
    }

    fn members(&self, members: &[Member]) -> BTreeSet<Actor> {
        let mut found = BTreeSet::new();
        for member in members {
            match member {
                Member::Actor(actor) => {
                    found.insert(actor.clone());
                }
                Member::Group(name) => {
                    let groups = self.charter.groups.iter().chain(&self.prelude.groups);
                    let groups = groups.filter(|group| group.name == *name).map(|group| group.members.as_slice());
                    let classes = self.charter.classes.iter().chain(&self.prelude.classes);
                    let classes =
                        classes.filter(|class| class.name == *name).filter_map(|class| match &class.members {
                            ClassMembers::Listed(members) => Some(members.as_slice()),
                            ClassMembers::FoundBy(_) => None,
                        });
                    let listed = groups.chain(classes).next().unwrap_or_default();
                    found.extend(listed.iter().filter(|member| self.is_of(member)).map(|member| member.actor.clone()));
                }
            }
        }
        found
    }

    /// Whether somebody is listed for the day. Dates are compared as they are written, the less exact
    /// one taking in all its days.
    fn is_of(&self, member: &ClassMember) -> bool {
        let has_begun = member.from.is_none_or(|from| from.to_string() <= self.on);
        let is_over = member.to.is_some_and(|to| {
            let to = to.to_string();
            self.on.get(..to.len()).is_some_and(|on| on > to.as_str())
        });
        has_begun && !is_over
    }
}

/// `5`, `5 if`, `2 may`, `3 together`: how a cell is written for people.
pub(super) fn mark(cell: &MatrixCell) -> String {
    let mut said = cell.provision.clone();
    if cell.conditional {
        said.push_str(if is_track(cell) { " if joined" } else { " if" });
    }
    if cell.together {
        said.push_str(" together");
    }
    let is_restraint = matches!(cell.duty, "refrain" | "make-separate-peace" | "make-contrary-engagements");
    match cell.modality {
        "may" => said.push_str(" may"),
        "is-asked-to" => said.push_str(" asked"),
        "need-not" => said.push_str(" need not"),
        "must-not" if !is_restraint => said.push_str(" not"),
        _ => {}
    }
    said
}

fn is_track(cell: &MatrixCell) -> bool {
    cell.provision.starts_with("track ")
}

/// Only for the reader of [`mark`]: the words that it may use, and what they say.
pub(super) fn key(matrix: &Matrix) -> String {
    let cells = || matrix.rows.iter().flat_map(|row| &row.cells);
    let mut said = vec!["articles by duty".to_owned()];
    let mut explain = |is_used: bool, word: &str, meaning: &str| {
        if is_used {
            said.push(format!("“{word}”: {meaning}"));
        }
    };
    let is = |modality: Modality| {
        let word = words::modality_word(modality);
        cells().any(|cell| cell.modality == word)
    };
    let is_if = |joined: bool| cells().any(|cell| cell.conditional && is_track(cell) == joined);
    explain(is_if(false), "if", "only when something has happened");
    explain(is_if(true), "if joined", "for whoever joins the track");
    explain(cells().any(|cell| cell.together), "together", "by the group, by none alone");
    explain(is(Modality::May), "may", "a right, no duty");
    explain(is(Modality::IsAskedTo), "asked", "a recommendation");
    explain(is(Modality::NeedNot), "need not", "a release");
    explain(cells().any(|cell| mark(cell).ends_with(" not")), "not", "forbidden");
    said.join("; ")
}
