//! Whether an answer is the one a case lists. Read [`score`] first.

use charter::model::{Family, Modality};
use law::{Answer, Corpus, Gate, Holder, Inquiry, Origin, Provision, Truth, Verdict};

use super::{Entry, Instrument, Named, Score, Wanted};
use crate::fit;

/// Holds an entry against what was answered.
#[must_use]
pub fn score(corpus: &Corpus, inquiry: &Inquiry<'_>, entry: &Entry) -> Score {
    let scored = Scored { corpus, inquiry, entry };
    match &entry.wanted {
        Wanted::Bound { duty, is_conditional, is_disputed_too } => {
            let is_right = |verdict: Verdict| match verdict {
                Verdict::Bound => true,
                Verdict::Open => *is_conditional,
                Verdict::Disputed => *is_disputed_too,
                Verdict::NotBound => false,
            };
            scored.of_duty(duty, &is_right, None)
        }
        Wanted::Disputed { duty, code } => {
            let is_right = |verdict: Verdict| matches!(verdict, Verdict::Disputed | Verdict::Open);
            scored.of_duty(duty, &is_right, code.as_deref())
        }
        Wanted::NotBound { codes } => match &entry.named {
            Named::Instruments(instruments) => scored.not_bound(instruments, codes),
            Named::Nothing | Named::Unknown(_) => scored.by_nothing(codes),
        },
    }
}

/// The reason of what is a right and no duty.
const RIGHT: &str = "right-not-duty";

/// Words for one duty, as cases and charters write it.
const ALIKE: &[(&str, &[&str])] = &[
    ("defend", &["defend", "join-war", "guarantee", "act"]),
    ("join-war", &["join-war", "defend"]),
    ("guarantee", &["guarantee", "defend"]),
    ("consult", &["consult", "cooperate", "agree-beforehand"]),
    ("neutral", &["neutral"]),
    ("refrain", &["refrain", "respect"]),
    ("sanction", &["sanction"]),
    ("facilitate", &["facilitate"]),
    ("close-straits", &["close-straits"]),
];

/// Whether a case may write this word for a duty.
#[must_use]
pub fn is_duty_word(word: &str) -> bool {
    ALIKE.iter().any(|(known, _)| *known == word)
}

fn is_alike(wanted: &str, duty: &str) -> bool {
    let alike = ALIKE.iter().find(|(word, _)| *word == wanted);
    alike.map_or(wanted == duty, |(_, words)| words.contains(&duty))
}

struct Scored<'a> {
    corpus: &'a Corpus,
    inquiry: &'a Inquiry<'a>,
    entry: &'a Entry,
}

impl<'a> Scored<'a> {
    /// Everything answered of this actor's duties, under one charter or under all.
    fn answers(&self, instrument: Option<&'a Instrument>) -> impl Iterator<Item = &'a Answer> {
        let actor = &self.entry.actor;
        self.inquiry.outcome().answers.iter().filter(move |answer| {
            instrument.is_none_or(|named| named.charter == answer.charter)
                && matches!(&answer.actor, Holder::Actor(holder) if holder == actor)
        })
    }

    /// Whether it is owed towards the one the case names; a duty towards nobody in particular is.
    fn is_towards(&self, answer: &Answer) -> bool {
        answer.to.as_ref().is_none_or(|to| *to == self.entry.to)
    }

    /// The duty asked about, under whatever article of the instruments named: the case's own number
    /// may be off by one.
    fn of_duty(&self, duty: &str, is_right: &dyn Fn(Verdict) -> bool, code: Option<&str>) -> Score {
        let instruments = match &self.entry.named {
            Named::Instruments(instruments) => instruments.as_slice(),
            Named::Nothing => &[],
            Named::Unknown(name) => return wrong(format!("no charter answers to `{name}`"), Vec::new()),
        };
        let asked = instruments.iter().flat_map(|instrument| self.answers(Some(instrument)));
        let mut asked: Vec<&Answer> =
            asked.filter(|answer| self.is_towards(answer) && is_alike(duty, answer.duty)).collect();
        asked.sort_by_key(|answer| (!is_right(answer.verdict), answer.verdict));
        let Some(best) = asked.first() else {
            return wrong(format!("no duty to {duty} is answered at all"), Vec::new());
        };
        let answers: Vec<Answer> = asked.iter().map(|answer| (*answer).clone()).collect();
        if !is_right(best.verdict) {
            return wrong(format!("answered: {}", best.verdict.word()), answers);
        }
        let mut right = asked.iter().filter(|answer| is_right(answer.verdict));
        match code {
            Some(code) if !right.any(|answer| answer.verdict == Verdict::Open || self.says_no_for(answer, code)) => {
                wrong(format!("no side says no because {code}"), answers)
            }
            Some(_) | None => Score { is_right: true, leads: false, answers, fault: String::new() },
        }
    }

    /// Whether a side of a dispute that says no gives this reason.
    fn says_no_for(&self, answer: &Answer, code: &str) -> bool {
        let mut sides = self.inquiry.explain(answer).sides.into_iter();
        sides.any(|side| side.verdict == Verdict::NotBound && side.reasons.iter().any(|reason| reason.code() == code))
    }

    /// A free entry means the fighting duty, unless the article it names holds none.
    fn not_bound(&self, instruments: &'a [Instrument], codes: &[String]) -> Score {
        let mut looked: Vec<Answer> = Vec::new();
        for instrument in instruments {
            if let Some(right) = self.right_to_fight(instrument).filter(|_| codes.iter().any(|code| code == RIGHT)) {
                return Score { is_right: true, leads: true, answers: vec![right.clone()], fault: String::new() };
            }
            looked.extend(self.in_question(instrument, codes));
        }
        let Some(best) = looked.iter().map(|answer| answer.verdict).min() else {
            return wrong("nothing is answered at all".to_owned(), looked);
        };
        let is_unpublished = best == Verdict::Open && codes.iter().any(|code| code == "unpublished");
        if best != Verdict::NotBound && !is_unpublished {
            looked.sort_by_key(|answer| answer.verdict);
            return wrong(format!("answered: {}", best.word()), looked);
        }
        // The nearest miss leads: the one that fails at the fewest gates.
        looked.sort_by_key(|answer| answer.reasons().len());
        let gives =
            |answer: &Answer| answer.reasons().iter().any(|reason| codes.iter().any(|code| code == reason.code()));
        if !looked.iter().any(gives) {
            return wrong(format!("not because {}", codes.join(" or ")), looked);
        }
        let fewest = looked.first().map(|answer| answer.reasons().len());
        let leads = looked
            .iter()
            .filter(|answer| Some(answer.reasons().len()) == fewest)
            .any(|answer| leading(answer).is_some_and(|lead| codes.iter().any(|code| code == lead)));
        Score { is_right: true, leads, answers: looked, fault: String::new() }
    }

    /// The right to fight, or the recommendation, that the articles named give where they hold no duty
    /// to: then a right is the strongest that they say.
    fn right_to_fight(&self, instrument: &'a Instrument) -> Option<&'a Answer> {
        if instrument.articles.is_empty() || self.holds_fighting_duty(instrument) {
            return None;
        }
        self.inquiry.outcome().rights.iter().find(|right| {
            right.charter == instrument.charter
                && right.family == Family::Active
                && matches!(right.modality, Modality::May | Modality::IsAskedTo)
                && matches!(&right.provision, Some(Provision::Article(label)) if instrument.articles.contains(label))
                && matches!(&right.actor, Holder::Actor(holder) if *holder == self.entry.actor)
                && self.is_towards(right)
        })
    }

    /// The fighting duties of the articles named, or all their duties where they hold none to fight;
    /// what a charter says of the whole kind where they have nothing to say.
    fn in_question(&self, instrument: &'a Instrument, codes: &[String]) -> Vec<Answer> {
        let is_under = |answer: &&Answer| match &answer.provision {
            Some(Provision::Article(label)) => instrument.articles.is_empty() || instrument.articles.contains(label),
            Some(Provision::Track(_)) | None => instrument.articles.is_empty(),
        };
        let towards = |answer: &&Answer| answer.to.as_ref() == Some(&self.entry.to);
        let all: Vec<&Answer> = self.answers(Some(instrument)).filter(towards).collect();
        let clauses = || all.iter().copied().filter(|answer| answer.origin != Origin::Kind);
        let mut chosen: Vec<&Answer> = clauses().filter(is_under).filter(|answer| is_fighting(answer)).collect();
        let holds_one = instrument.articles.is_empty() || self.holds_fighting_duty(instrument);
        if chosen.is_empty() && !holds_one {
            chosen = clauses().filter(is_under).collect();
        }
        let kinds: Vec<&Answer> = all.iter().copied().filter(|answer| answer.origin == Origin::Kind).collect();
        if chosen.is_empty() || codes.iter().any(|code| fit::is_about_kind(code)) {
            if !kinds.is_empty() && codes.iter().any(|code| fit::is_about_kind(code)) {
                chosen.clear();
            }
            chosen.extend(kinds);
        }
        if chosen.is_empty() {
            // The article named has no say: then what the charter has to say besides.
            chosen = clauses().filter(|answer| is_fighting(answer)).collect();
        }
        let is_silent = chosen.is_empty();
        let mut chosen: Vec<Answer> = chosen.into_iter().cloned().collect();
        if is_silent {
            let (charter, actor, to) = (&instrument.charter, &self.entry.actor, &self.entry.to);
            let silence = self.inquiry.silence(charter, actor, to);
            chosen.extend(silence.or_else(|| self.inquiry.stranger(charter, actor, Some(to))));
            if !self.holds_fighting_duty(instrument) {
                // No duty to fight at all: then why what it does hold is not owed says as much.
                chosen.extend(clauses().filter(|answer| answer.verdict == Verdict::NotBound).cloned());
            }
        }
        chosen
    }

    /// Whether the articles named, or the charter where none is, hold a duty to fight.
    fn holds_fighting_duty(&self, instrument: &Instrument) -> bool {
        self.corpus.charter(&instrument.charter).is_some_and(|charter| {
            let meant = charter
                .articles
                .iter()
                .filter(|article| instrument.articles.is_empty() || instrument.articles.contains(&article.label));
            let mut duties = meant.flat_map(|article| &article.clauses).flat_map(|clause| &clause.duties);
            duties.any(|duty| {
                duty.modality == Modality::Must && matches!(duty.word(), "defend" | "join-war" | "guarantee" | "act")
            })
        })
    }

    /// Nothing is named: no charter at all may bind to fight.
    fn by_nothing(&self, codes: &[String]) -> Score {
        let all = self.answers(None).filter(|answer| answer.to.as_ref() == Some(&self.entry.to));
        let mut fighting: Vec<Answer> = all.filter(|answer| is_fighting(answer)).cloned().collect();
        fighting.sort_by_key(|answer| answer.verdict);
        if let Some(best) = fighting.first().filter(|answer| answer.verdict != Verdict::NotBound) {
            let fault = format!("answered: {}, under {}", best.verdict.word(), best.charter);
            return wrong(fault, fighting);
        }
        // A charter in force that holds the duty, and fails for another reason, is a treaty.
        let is_treaty = |answer: &Answer| {
            [Gate::Standing, Gate::Kind].iter().all(|gate| answer.gates.get(*gate).truth == Truth::Yes)
        };
        let is_none = codes.iter().any(|code| code == "no-treaty");
        let holds_treaty = fighting.iter().any(is_treaty);
        if !is_none {
            let gives =
                |answer: &Answer| answer.reasons().iter().any(|reason| codes.iter().any(|code| code == reason.code()));
            if !fighting.iter().any(gives) {
                return wrong(format!("not because {}", codes.join(" or ")), fighting);
            }
        }
        Score { is_right: true, leads: is_none && !holds_treaty, answers: fighting, fault: String::new() }
    }
}

fn wrong(fault: String, answers: Vec<Answer>) -> Score {
    Score { is_right: false, leads: false, answers, fault }
}

/// Help with force, or that may come to it: not money, passage, or a closed strait.
fn is_fighting(answer: &Answer) -> bool {
    answer.modality == Modality::Must && matches!(answer.duty, "defend" | "join-war" | "guarantee" | "act")
}

fn leading(answer: &Answer) -> Option<&'static str> {
    answer.reasons().first().map(|reason| reason.code())
}
