//! The closed set of words that the grammar reads. Read [`is_keyword`] first.
//!
//! A declared name is never one of them, or a sentence could be read in two ways.

use crate::syntax::{SyntaxKind, next_token};

/// Every word that the grammar reads, in the order of its letters.
const KEYWORDS: &[&str] = &[
    "a",
    "absent",
    "abstain",
    "abstains",
    "abstention",
    "accede",
    "accedes",
    "accept",
    "accepts",
    "accession",
    "act",
    "actor",
    "adopted",
    "adopts",
    "after",
    "against",
    "aggression",
    "agree",
    "agreed",
    "all",
    "allied",
    "allow",
    "alone",
    "also",
    "always",
    "amend",
    "amends",
    "an",
    "and",
    "annex",
    "any",
    "anyone",
    "applies",
    "approve",
    "approves",
    "are",
    "area",
    "armed",
    "arms",
    "article",
    "as",
    "ask",
    "asked",
    "assent",
    "assist",
    "assists",
    "assume",
    "at",
    "attack",
    "attacker",
    "attacks",
    "bands",
    "bases",
    "bearer",
    "because",
    "before",
    "beforehand",
    "belligerent",
    "benevolently",
    "beside",
    "between",
    "binds",
    "blockade",
    "blockades",
    "blocked",
    "body",
    "bound",
    "break",
    "breaks",
    "by",
    "can",
    "carry",
    "cast",
    "charter",
    "claim",
    "clash",
    "clashes",
    "close",
    "codes",
    "commit",
    "commits",
    "concerned",
    "conclude",
    "concludes",
    "conflict",
    "consensus",
    "consent",
    "consents",
    "consult",
    "consultation",
    "continues",
    "contrary",
    "contribution",
    "cooperate",
    "counting",
    "counts",
    "cyber-attack",
    "cyber-attacks",
    "date",
    "day",
    "days",
    "decide",
    "decides",
    "decision",
    "declare",
    "declares",
    "deems",
    "define",
    "delivered",
    "denied",
    "denounce",
    "denounced",
    "denounces",
    "depositary",
    "deposited",
    "disputed",
    "do",
    "does",
    "draft",
    "drop",
    "each",
    "ended",
    "ends",
    "enemy",
    "engagements",
    "entry",
    "event",
    "every",
    "evidence",
    "exactly",
    "except",
    "exception",
    "expect",
    "expel",
    "expels",
    "favour",
    "find",
    "finds",
    "for",
    "force",
    "forces",
    "found",
    "from",
    "give",
    "gives",
    "grade",
    "group",
    "held",
    "history",
    "hour",
    "hours",
    "ideology",
    "if",
    "in",
    "including",
    "information",
    "instrument",
    "instruments",
    "interests",
    "into",
    "invite",
    "invited",
    "invoke",
    "invokes",
    "is",
    "islands",
    "it",
    "items",
    "join",
    "joined",
    "known",
    "lapses",
    "later",
    "least",
    "leave",
    "line",
    "majority",
    "make",
    "makes",
    "may",
    "means",
    "member",
    "members",
    "mobilise",
    "mobilises",
    "money",
    "month",
    "months",
    "more",
    "must",
    "named",
    "naming",
    "necessary",
    "need",
    "neutral",
    "never",
    "no",
    "nobody",
    "non-parties",
    "non-party",
    "not",
    "notice",
    "notifier",
    "notifies",
    "notify",
    "object",
    "objected",
    "objection",
    "objects",
    "observers",
    "occupied",
    "occupies",
    "occupy",
    "of",
    "off",
    "official",
    "officially",
    "on",
    "once",
    "only",
    "open",
    "or",
    "origin",
    "originator",
    "other",
    "otherwise",
    "out",
    "over",
    "parties",
    "party",
    "pass",
    "passage",
    "peace",
    "perform",
    "performs",
    "place",
    "practice",
    "prelude",
    "prevails",
    "promised",
    "protect",
    "protocol",
    "provisionally",
    "provocation",
    "published",
    "quarters",
    "quorum",
    "rank",
    "ratifies",
    "ratify",
    "read",
    "reading",
    "reads",
    "receipt",
    "red",
    "region",
    "relay",
    "release",
    "releases",
    "renew",
    "renews",
    "report",
    "reported",
    "request",
    "requester",
    "requests",
    "reservation",
    "reserve",
    "reserves",
    "resolution",
    "respect",
    "resume",
    "resumes",
    "rise",
    "rises",
    "same",
    "saves",
    "says",
    "scenario",
    "secret",
    "see",
    "send",
    "sends",
    "separate",
    "short",
    "sign",
    "signature",
    "signed",
    "signs",
    "silence",
    "since",
    "source",
    "state",
    "states",
    "status",
    "stay",
    "subject",
    "such",
    "support",
    "supports",
    "surrender",
    "surrenders",
    "suspend",
    "suspends",
    "take",
    "takes",
    "term",
    "territory",
    "text",
    "than",
    "the",
    "thirds",
    "this",
    "those",
    "threaten",
    "threatened",
    "threatener",
    "threatens",
    "three",
    "to",
    "together",
    "towards",
    "track",
    "trade",
    "two",
    "unanimity",
    "unchecked",
    "under",
    "understanding",
    "unknown",
    "unless",
    "unpublished",
    "unread",
    "until",
    "up",
    "using",
    "variant",
    "veto",
    "victim",
    "vote",
    "votes",
    "war",
    "waters",
    "week",
    "weeks",
    "weighted",
    "what",
    "when",
    "whether",
    "while",
    "will",
    "with",
    "withdraw",
    "withdrawal",
    "withdraws",
    "within",
    "without",
    "written",
    "year",
    "years",
];

/// Every word that no declared name may spell, in the order of its letters.
pub fn keywords() -> impl Iterator<Item = &'static str> {
    KEYWORDS.iter().copied()
}

/// Whether the grammar reads this word.
pub(crate) fn is_keyword(word: &str) -> bool {
    is_among(word, KEYWORDS, &KEYWORD_HEADS)
}

/// Whether a text is one lower-case word that no sentence reads otherwise, and so may be written as a name.
pub(crate) fn is_free_name(text: &str) -> bool {
    let word = next_token(text, 0, text.len());
    let is_word = word.is_some_and(|word| word.kind == SyntaxKind::Word && word.end == text.len());
    is_word && !is_keyword(text) && !is_pronoun(text)
}

const KEYWORD_HEADS: [u64; KEYWORDS.len()] = heads(KEYWORDS);

/// Words that stand for somebody named elsewhere. A trigger's roles are spoken of instead.
pub(super) fn is_pronoun(word: &str) -> bool {
    is_among(word, PRONOUNS, &PRONOUN_HEADS)
}

const PRONOUNS: &[&str] = &[
    "he",
    "her",
    "hers",
    "herself",
    "him",
    "himself",
    "his",
    "it",
    "its",
    "itself",
    "she",
    "their",
    "theirs",
    "them",
    "themselves",
    "they",
    "us",
    "we",
    "who",
    "whoever",
    "whom",
    "whose",
    "you",
];

const PRONOUN_HEADS: [u64; PRONOUNS.len()] = heads(PRONOUNS);

/// Whether a word stands in a list in the order of its letters, of which these are the heads. Every
/// name is asked for, and a number is compared sooner than letters are.
fn is_among(word: &str, words: &[&str], heads: &[u64]) -> bool {
    let head = head(word.as_bytes());
    let first = heads.partition_point(|other| *other < head);
    let alike = words.iter().zip(heads).skip(first).take_while(|(_, other)| **other == head);
    alike.into_iter().any(|(other, _)| *other == word)
}

/// The first eight bytes of a word as one number, which lies before another's where the word does.
const fn head(word: &[u8]) -> u64 {
    if let Some(first) = word.first_chunk::<8>() {
        return u64::from_be_bytes(*first);
    }
    let mut head = 0;
    let mut rest = word;
    let mut place = 56;
    while let [first, others @ ..] = rest {
        head |= (*first as u64) << place;
        rest = others;
        place -= 8;
    }
    head
}

#[expect(clippy::indexing_slicing, reason = "both are of one length, and this runs while it is compiled")]
const fn heads<const COUNT: usize>(words: &[&str]) -> [u64; COUNT] {
    let mut heads = [0; COUNT];
    let mut at = 0;
    while at < COUNT {
        heads[at] = head(words[at].as_bytes());
        at += 1;
    }
    heads
}

/// Words that only ever open a line, so that a line ending with a comma before one is unfinished.
pub(super) fn only_opens_lines(word: &str) -> bool {
    matches!(
        word,
        "accession"
            | "actor"
            | "allied"
            | "allow"
            | "also"
            | "area"
            | "body"
            | "charter"
            | "claim"
            | "contribution"
            | "counting"
            | "define"
            | "exception"
            | "expect"
            | "group"
            | "history"
            | "ideology"
            | "if"
            | "named"
            | "parties"
            | "place"
            | "prelude"
            | "rank"
            | "reading"
            | "region"
            | "reservation"
            | "scenario"
            | "source"
            | "status"
            | "term"
            | "track"
            | "understanding"
            | "unless"
            | "variant"
            | "when"
    )
}

#[cfg(test)]
mod tests {
    use super::{KEYWORDS, PRONOUNS, is_keyword, is_pronoun, only_opens_lines};

    #[test]
    fn words_stand_in_order_and_are_found() {
        assert!(KEYWORDS.is_sorted() && PRONOUNS.is_sorted());
        assert!(KEYWORDS.iter().all(|word| is_keyword(word)) && PRONOUNS.iter().all(|word| is_pronoun(word)));
        for word in ["", "the-party", "themselve", "themselvess", "consultations", "benevolent", "zone"] {
            assert!(!is_keyword(word) && !is_pronoun(word), "{word}");
        }
    }

    #[test]
    fn words_that_open_lines_are_keywords() {
        assert!(only_opens_lines("status") && is_keyword("status"));
    }
}
