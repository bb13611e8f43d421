//! Leaves out of a generated case whatever does not matter. Read [`shrink`].

use charter::model::{Charter, Clause, Condition, Object, Opening, Selector, Statement, Status, Who};

use super::Generated;

/// The smallest case found by leaving things out one by one, as long as `still_fails` says so.
#[must_use]
pub fn shrink(case: &Generated, still_fails: impl Fn(&Generated) -> bool) -> Generated {
    let mut smallest = case.clone();
    loop {
        let smaller = without_one(&smallest).into_iter().find(|smaller| *smaller != smallest && still_fails(smaller));
        match smaller {
            Some(smaller) => smallest = smaller,
            None => return smallest,
        }
    }
}

/// Every case with one thing less.
fn without_one(case: &Generated) -> Vec<Generated> {
    let mut smaller = Vec::new();
    for charters in less(&case.charters, charter_without_one) {
        smaller.push(Generated { charters, ..case.clone() });
    }
    let question = &case.question;
    let mut ask = |change: &dyn Fn(&mut law::Question)| {
        let mut made = case.clone();
        change(&mut made.question);
        smaller.push(made);
    };
    let plain = |fact: &charter::model::FactLine| {
        let mut fewer = Vec::new();
        let mut change = |change: &dyn Fn(&mut charter::model::FactLine)| {
            let mut made = fact.clone();
            change(&mut made);
            if made != *fact {
                fewer.push(made);
            }
        };
        change(&|fact| fact.until = None);
        change(&|fact| fact.denied_by.clear());
        change(&|fact| fact.says.clear());
        change(&|fact| fact.found_by.clear());
        change(&|fact| fact.evidence = None);
        change(&|fact| fact.statement.place = None);
        change(&|fact| fact.statement.provocation = None);
        change(&|fact| fact.on = None);
        fewer
    };
    for facts in less(&question.facts, plain) {
        ask(&|question| question.facts.clone_from(&facts));
    }
    for unknown in less(&question.unknown, plain) {
        ask(&|question| question.unknown.clone_from(&unknown));
    }
    for assumptions in less(&question.assumptions, |_| Vec::new()) {
        ask(&|question| question.assumptions.clone_from(&assumptions));
    }
    ask(&|question| question.known_on = None);
    ask(&|question| question.text_alone = false);
    ask(&|question| question.home = None);
    ask(&|question| question.about.clear());
    ask(&|question| question.evidence = charter::model::Level::Text);
    let prelude = &case.prelude;
    for groups in less(&prelude.groups, |_| Vec::new()) {
        let mut made = case.clone();
        made.prelude.groups = groups;
        smaller.push(made);
    }
    for places in less(&prelude.places, |_| Vec::new()) {
        let mut made = case.clone();
        made.prelude.places = places;
        smaller.push(made);
    }
    let mut made = case.clone();
    made.prelude.counting = None;
    smaller.push(made);
    smaller
}

/// A list with one entry less, or one entry smaller.
fn less<T: Clone>(list: &[T], smaller: impl Fn(&T) -> Vec<T>) -> Vec<Vec<T>> {
    let mut lists = Vec::new();
    for left_out in 0..list.len() {
        let kept = list.iter().enumerate().filter(|(position, _)| *position != left_out);
        lists.push(kept.map(|(_, entry)| entry.clone()).collect());
    }
    for (changed, entry) in list.iter().enumerate() {
        for entry in smaller(entry) {
            let replaced = list.iter().enumerate();
            let replaced =
                replaced.map(|(position, old)| if position == changed { entry.clone() } else { old.clone() });
            lists.push(replaced.collect());
        }
    }
    lists
}

fn charter_without_one(charter: &Charter) -> Vec<Charter> {
    let mut smaller = Vec::new();
    let mut change = |change: &dyn Fn(&mut Charter)| {
        let mut made = charter.clone();
        change(&mut made);
        if made != *charter {
            smaller.push(made);
        }
    };
    for articles in less(&charter.articles, article_without_one) {
        change(&|charter| charter.articles.clone_from(&articles));
    }
    for history in less(&charter.history, |_| Vec::new()) {
        change(&|charter| charter.history.clone_from(&history));
    }
    for parties in less(&charter.parties, |_| Vec::new()) {
        change(&|charter| charter.parties.clone_from(&parties));
    }
    for reservations in less(&charter.reservations, |_| Vec::new()) {
        change(&|charter| charter.reservations.clone_from(&reservations));
    }
    for readings in less(&charter.status_readings, |_| Vec::new()) {
        change(&|charter| charter.status_readings.clone_from(&readings));
    }
    for bodies in less(&charter.bodies, |_| Vec::new()) {
        change(&|charter| charter.bodies.clone_from(&bodies));
    }
    change(&|charter| charter.tracks.clear());
    change(&|charter| charter.precedence.clear());
    change(&|charter| charter.places.clear());
    change(&|charter| charter.classes.clear());
    change(&|charter| charter.groups.clear());
    change(&|charter| charter.areas.clear());
    change(&|charter| charter.definitions.clear());
    change(&|charter| charter.terms.clear());
    change(&|charter| charter.counting = None);
    change(&|charter| charter.status = Status { in_force: charter.status.in_force.clone(), ..Status::default() });
    for ends in less(&charter.status.ends, |_| Vec::new()) {
        change(&|charter| charter.status.ends.clone_from(&ends));
    }
    change(&|charter| charter.status.renews = None);
    change(&|charter| charter.status.lapses.clear());
    change(&|charter| charter.status.withdrawal = None);
    change(&|charter| charter.status.signed = None);
    change(&|charter| charter.status.text = None);
    change(&|charter| charter.status.saves.clear());
    smaller
}

fn article_without_one(article: &charter::model::Article) -> Vec<charter::model::Article> {
    let mut smaller = Vec::new();
    let mut change = |change: &dyn Fn(&mut charter::model::Article)| {
        let mut made = article.clone();
        change(&mut made);
        if made != *article {
            smaller.push(made);
        }
    };
    for clauses in less(&article.clauses, clause_without_one) {
        change(&|article| article.clauses.clone_from(&clauses));
    }
    let exceptions = less(&article.exceptions, |exception| {
        let conditions = less(&exception.conditions, condition_without_one).into_iter();
        let fewer = conditions.map(|conditions| charter::model::Exception { conditions, ..exception.clone() });
        let duties = less(&exception.duties, |_| Vec::new()).into_iter();
        fewer.chain(duties.map(|duties| charter::model::Exception { duties, ..exception.clone() })).collect()
    });
    for exceptions in exceptions {
        change(&|article| article.exceptions.clone_from(&exceptions));
    }
    for readings in less(&article.readings, |_| Vec::new()) {
        change(&|article| article.readings.clone_from(&readings));
    }
    change(&|article| article.evidence.clear());
    change(&|article| article.narrowings.clear());
    change(&|article| article.secret_until = None);
    smaller
}

fn clause_without_one(clause: &Clause) -> Vec<Clause> {
    let mut smaller = Vec::new();
    for conditions in less(&clause.conditions, condition_without_one) {
        smaller.push(Clause { conditions, ..clause.clone() });
    }
    let duties = less(&clause.duties, |duty| {
        let mut plain = duty.clone();
        plain.timing.clear();
        if plain == *duty { Vec::new() } else { vec![plain] }
    });
    for duties in duties {
        smaller.push(Clause { duties, ..clause.clone() });
    }
    match &clause.opening {
        Opening::When(statements) => {
            let fewer = less(statements, statement_without_one);
            for statements in fewer.into_iter().filter(|statements| !statements.is_empty()) {
                smaller.push(Clause { opening: Opening::When(statements), ..clause.clone() });
            }
        }
        Opening::While(statements) => {
            let fewer = less(statements, statement_without_one);
            for statements in fewer.into_iter().filter(|statements| !statements.is_empty()) {
                smaller.push(Clause { opening: Opening::While(statements), ..clause.clone() });
            }
        }
        Opening::Always | Opening::On(_) => {}
    }
    smaller
}

fn condition_without_one(condition: &Condition) -> Vec<Condition> {
    let fewer = less(&condition.any_of, statement_without_one).into_iter().filter(|any_of| !any_of.is_empty());
    fewer.map(|any_of| Condition { any_of, ..condition.clone() }).collect()
}

fn statement_without_one(statement: &Statement) -> Vec<Statement> {
    let mut smaller = Vec::new();
    for subject in who_without_one(&statement.subject) {
        smaller.push(Statement { subject, ..statement.clone() });
    }
    if let Object::Who(who) = &statement.object {
        for who in who_without_one(who) {
            smaller.push(Statement { object: Object::Who(who), ..statement.clone() });
        }
    }
    let plain = Statement { place: None, provocation: None, from_within: false, ..statement.clone() };
    if plain != *statement {
        smaller.push(plain);
    }
    smaller
}

fn who_without_one(who: &Who) -> Vec<Who> {
    let mut smaller = Vec::new();
    for other_than in less(&who.other_than, |_| Vec::new()) {
        smaller.push(Who { other_than, ..who.clone() });
    }
    if let Selector::AnyOf(members) | Selector::AllOf(members) = &who.selector {
        for fewer in less(members, |_| Vec::new()) {
            let all = matches!(who.selector, Selector::AllOf(_));
            let selector = if all { Selector::AllOf(fewer) } else { Selector::AnyOf(fewer) };
            smaller.push(Who { selector, ..who.clone() });
        }
    }
    smaller
}
