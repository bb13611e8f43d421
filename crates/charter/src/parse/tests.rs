//! What single lines come to: their values, their places, and what is said of wrong ones.

use super::{codes, parse, parse_assumption, parse_fact, parse_when};
use crate::diagnostic::Diagnostic;
use crate::model::{
    ActionVerb, Assumption, Bearer, Ending, Expectation, ExpectedAnswer, Gift, HistoryAct, Location, Means, Member,
    Modality, Object, Opening, PrecedenceOver, Provocation, ReadingMeaning, RedLineRule, ScenarioLineKind, Selector,
    Timing, Verb, When, Withdrawal,
};
use crate::name::{Actor, Name};
use crate::render::apply;
use crate::source::{ParsedFile, SourceFile};
use crate::span::{FileId, Span};

fn file(text: &str) -> SourceFile {
    SourceFile { name: "test.charter".into(), bytes: text.into() }
}

fn read(text: &str) -> ParsedFile {
    parse(FileId(0), &file(text))
}

/// The charter of a text without faults.
fn charter(lines: &str) -> crate::model::Charter {
    let mut parsed = read(&format!("charter pact \"Pact\"\n{lines}"));
    assert_eq!(parsed.diagnostics, [], "{lines}");
    parsed.charters.pop().expect("one charter")
}

/// The duty of one line under `always`.
fn duty(line: &str) -> crate::model::DutyLine {
    let mut charter = charter(&format!("article 1\n always\n {line}\n"));
    charter.articles.pop().and_then(|mut article| article.clauses.pop()?.duties.pop()).expect("one duty")
}

fn fact(text: &str) -> crate::model::FactLine {
    let (fact, faults) = parse_fact(text);
    assert_eq!(faults, [], "{text}");
    fact.expect("a fact")
}

fn words(text: &str, span: Span) -> &str {
    text.get(span.start as usize..span.end as usize).expect("a span of the text")
}

#[test]
fn a_fact_says_who_did_what_where_and_who_says_so() {
    let text = "border: on 2025-10-11 AFG attacks PAK in durand-line after provocation, says PAK, denied by AFG, until 2025-10";
    let fact = fact(text);
    assert_eq!(fact.label, Some(Name::new("border")));
    assert_eq!(fact.on.map(|on| on.to_string()), Some("2025-10-11".into()));
    assert_eq!(fact.statement.verb, Verb::Attacks);
    assert_eq!(fact.statement.subject.selector, Selector::Actor(Actor::code("AFG")));
    assert_eq!(fact.statement.place, Some(Location::Named(Name::new("durand-line"))));
    assert_eq!(fact.statement.provocation, Some(Provocation::After));
    assert_eq!((fact.says.len(), fact.denied_by.len(), fact.until), (1, 1, Some(When::Month(2025, 10))));
    assert_eq!(words(text, fact.statement.span), "AFG attacks PAK in durand-line after provocation");
    assert_eq!(words(text, fact.statement.subject.span), "AFG");
    assert_eq!(words(text, fact.span), text);
}

/// What a fact's line is written as is read as the same fact, and is written so again.
#[test]
fn facts_are_written_as_they_are_read() {
    for text in [
        "AFG attacks PAK",
        "border: on 2025-10-11 AFG attacks PAK in durand-line after provocation, says PAK, IND, denied by AFG, until 2025-10",
        "2 or more great-powers attack PAK",
        "exactly 1 party does not mobilise against PAK from within",
        "each of BEL, DEU, FRA breaks silence on \"protect Turkey\", says BEL, \"a paper\", denied by DEU",
        "\"flagrant\", found by council, FRA, found by \"the elders\", found by \"party\"",
        "\"flagrant\", in durand-line from within, says PAK",
        "council takes up \"measures\" by silence until 2003-02-10T10:00+01:00, until 2004",
        "FRA requests consultation, known officially from \"statement\", grade B2, denied by \"officials\", grade B3, origin \"agency\"",
        "DEU occupies bohemia, known by report from \"a paper\", denied by \"officials\"",
        "RUS attacks a party other than DEU, guarantors in forces of TUR in mediterranean",
        "a european-state is an aggressor",
        "GBR is bound to a state by \"arbitration treaty\"",
        "FRA invokes article 4(1) of north-atlantic",
        "the place is not in treaty-area",
        "this charter is in force",
    ] {
        assert_eq!(fact(text).to_string(), text);
    }
    for (text, written) in [
        ("AFG attacks PAK,  in durand-line,from within", "AFG attacks PAK in durand-line from within"),
        ("AFG attacks PAK until 2025, says PAK", "AFG attacks PAK, says PAK, until 2025"),
        ("\"a\", in belgium, without provocation # a note", "\"a\", in belgium without provocation"),
        ("AFG attacks PAK in TUR", "AFG attacks PAK in territory of TUR"),
    ] {
        assert_eq!(fact(text).to_string(), written);
        assert_eq!(fact(written), fact(text));
    }
}

#[test]
fn a_condition_or_a_duty_is_read_by_itself() {
    for text in ["if the attacker is a communist, by practice", "unless RUS attacks DEU or FRA attacks DEU"] {
        let (condition, faults) = super::parse_condition(text);
        assert_eq!(faults, []);
        assert_eq!(condition.expect("a condition").to_string(), text);
    }
    let text = "USA must consult each other party, within 48 hours";
    assert_eq!(super::parse_duty(text).0.expect("a duty").to_string(), text);
    assert_eq!(super::parse_duty("USA must\nact").1[0].code, "incomplete-line");
}

#[test]
fn a_line_has_words() {
    let (found, faults) = super::words("votes for \"a b\"; # a note");
    let found: Vec<(&str, u32)> = found.iter().map(|word| (word.text, word.span.start)).collect();
    assert_eq!((found, faults), (vec![("votes", 0), ("for", 6), ("\"a b\"", 10), (";", 15)], Vec::new()));
    assert_eq!(super::words("joins \"a").1[0].code, "unclosed-quotation");
}

#[test]
fn lists_end_before_a_keyword() {
    let fact = fact("each of BEL, DEU, FRA breaks silence on \"protect Turkey\", says BEL, \"a paper\", denied by DEU");
    let Selector::EachOf(members) = &fact.statement.subject.selector else { panic!("{fact:?}") };
    assert_eq!(members.len(), 3);
    assert_eq!(fact.statement.verb, Verb::BreaksSilenceOn);
    assert_eq!((fact.says.len(), fact.denied_by.len()), (2, 1));
}

#[test]
fn a_bare_name_is_what_its_verb_speaks_of() {
    assert_eq!(fact("council finds \"x\"").statement.subject.selector, Selector::Body(Name::new("council")));
    assert_eq!(fact("smda is in force").statement.subject.selector, Selector::Charter(Some(Name::new("smda"))));
    assert_eq!(fact("guarantors attack PAK").statement.subject.selector, Selector::Group(Name::new("guarantors")));
    assert_eq!(fact("DEU occupies bohemia").statement.object, Object::Place(Name::new("bohemia")));
    assert_eq!(fact("DEU breaks smda").statement.object, Object::Charter(Name::new("smda")));
    assert_eq!(fact("\"flagrant\"").statement.verb, Verb::Term);
    assert_eq!(
        fact("\"The movement\" attacks PAK").statement.subject.selector,
        Selector::Actor(Actor::Movement(Name::new("The movement")))
    );
}

#[test]
fn the_bridge_is_crossed_while_reading() {
    let subject = |text: &str| fact(text).statement.subject.selector;
    assert_eq!(subject("COW:GMY attacks PAK"), Selector::Actor(Actor::code("DEU")));
    let parsed = read("codes COW\ncharter x \"X\"\nstatus signed 1950-01-01\nparties UKG, FRN\n");
    assert_eq!(parsed.diagnostics, []);
    assert_eq!(parsed.charters[0].parties, [Actor::code("GBR"), Actor::code("FRA")]);
}

#[test]
fn duties_carry_all_that_narrows_them() {
    let duty = duty(
        "GBR must assist DEU against FRA in belgium using 800000 soldiers only to \"defend\", at once, within 48 hours, while BEL is at war with FRA, without the consent of BEL, subject to \"law\"",
    );
    assert_eq!((&duty.bearer, duty.modality), (&Bearer::Actor(Actor::code("GBR")), Modality::Must));
    assert_eq!(duty.action.verb, ActionVerb::Assist);
    assert_eq!(duty.area, Some(Name::new("belgium")));
    assert_eq!(duty.means, Some(Means::Counted(800_000, Name::new("soldiers"))));
    assert!(matches!(duty.timing.as_slice(), [Timing::AtOnce, Timing::Within(_), Timing::While(_)]));
    assert!(duty.against.is_some() && duty.without_consent_of.is_some() && duty.subject_to.is_some());
}

#[test]
fn bearers_are_several_or_one() {
    let group = || vec![Member::Group(Name::new("guarantors"))];
    assert_eq!(duty("guarantors together must act").bearer, Bearer::Together(group()));
    assert_eq!(duty("each of guarantors must act").bearer, Bearer::EachOf(group()));
    assert_eq!(duty("the other party is asked to act").modality, Modality::IsAskedTo);
    assert_eq!(duty("the victim need not act").modality, Modality::NeedNot);
    assert_eq!(duty("each party must give bases to PAK").action.verb, ActionVerb::Give(Gift::Bases));
}

#[test]
fn order_and_not_indentation_decides_what_a_line_belongs_to() {
    let charter = charter(
        "article 1\nwhen anyone attacks BEL\nif FRA assists BEL\nNLD must assist BEL\nexception \"x\"\nunless NLD consents\nNLD must consult BEL\nwhen anyone attacks FRA\nNLD must assist FRA\nreading \"r\" held by BEL\nif BEL attacks FRA\narticle 2\nparties BEL, FRA, NLD\n",
    );
    let article = &charter.articles[0];
    assert_eq!((charter.articles.len(), charter.parties.len(), article.clauses.len()), (2, 3, 2));
    assert_eq!((article.clauses[0].conditions.len(), article.clauses[0].duties.len()), (1, 1));
    assert_eq!((article.exceptions[0].conditions.len(), article.exceptions[0].duties.len()), (1, 1));
    assert!(matches!(&article.readings[0].meaning, ReadingMeaning::Narrower(conditions) if conditions.len() == 1));
}

#[test]
fn declarations_after_a_scenario_are_still_the_charters() {
    let charter = charter("scenario \"s\" on 2000\n PAK attacks IND\n variant \"v\"\n drop a, b\nparties PAK, SAU\n");
    assert_eq!(charter.parties.len(), 2);
    assert_eq!(charter.scenarios[0].variants[0].lines.len(), 2);
    assert_eq!(charter.scenarios[0].charter, Some(Name::new("pact")));
}

#[test]
fn sources_go_to_the_articles_they_name() {
    let charter =
        charter("source \"a\"\nsource \"b\" for article 5, article 4(1)\narticle 4(1)\n source \"c\"\narticle 5\n");
    assert_eq!(charter.sources.len(), 1);
    let sources: Vec<usize> = charter.articles.iter().map(|article| article.sources.len()).collect();
    assert_eq!(sources, [2, 1]);
    assert_eq!(charter.articles[0].label.to_string(), "article 4(1)");
}

#[test]
fn a_life_has_its_clauses() {
    let charter = charter(
        "status draft, ends 12 months after FRA concludes peace with DEU, ends when x ends, withdrawal 1 year after notice, not before 1969-08-24\nhistory 1952-02-18 GRC, TUR accede, 1962 USA expels CUB\n",
    );
    assert!(charter.status.draft);
    assert!(matches!(charter.status.ends.as_slice(), [Ending::Event { after: Some(_), .. }, Ending::WithCharter(_)]));
    assert!(matches!(charter.status.withdrawal, Some(Withdrawal::AfterNotice { not_before: Some(_), .. })));
    assert_eq!(charter.history[0].who.len(), 2);
    assert_eq!(charter.history[1].act, HistoryAct::Expel(Actor::code("CUB")));
}

#[test]
fn what_stands_beside_the_articles() {
    let charter = charter(
        "un-charter prevails over every other charter\nred line TUR \"x\"\n never TUR must assist anyone under pact\n never TUR attacks GRC\n always TUR can withdraw\ntrack t\n joined by a party, by consensus of all parties, leave at will\n body b of all members, decides by unanimity\n",
    );
    assert_eq!(charter.precedence[0].over, PrecedenceOver::EveryOther);
    let rules = &charter.red_lines[0].rules;
    assert!(matches!(
        rules.as_slice(),
        [RedLineRule::NeverDuty { under: Some(_), .. }, RedLineRule::NeverEvent(_), RedLineRule::AlwaysCan { .. }]
    ));
    assert_eq!(charter.tracks[0].by_leave.as_ref().map(|(_, by_members)| *by_members), Some(false));
    assert_eq!((charter.tracks[0].bodies.len(), charter.bodies.len()), (1, 0));
}

#[test]
fn expectations_of_every_kind() {
    let charter = charter(
        "scenario \"s\" on 2000\nexpect SAU not bound to PAK under smda article 1 because threshold, not-requested\nexpect SAU must assist PAK under smda\nexpect \"x\" not adopted in council\nexpect conflict of DEU between article 1 of x and article 2 of y\n",
    );
    let kinds: Vec<_> = charter.scenarios[0].lines.iter().map(|line| &line.kind).collect();
    assert!(matches!(
        kinds.as_slice(),
        [
            ScenarioLineKind::Expect(Expectation::Answer { answer: ExpectedAnswer::NotBound, .. }),
            ScenarioLineKind::Expect(Expectation::Duty { article: None, .. }),
            ScenarioLineKind::Expect(Expectation::Decision { adopted: false, .. }),
            ScenarioLineKind::Expect(Expectation::Conflict { between: Some(_), present: true, .. }),
        ]
    ));
}

#[test]
fn what_a_question_takes_for_granted() {
    let assumption = |text: &str| parse_assumption(text).0;
    assert!(matches!(assumption("smda in force since 2025-09-17"), Some(Assumption::InForceSince(..))));
    assert!(matches!(assumption("smda ended on 2026-01-01"), Some(Assumption::EndedOn(..))));
    assert!(matches!(assumption("text of smda published"), Some(Assumption::TextPublished(_))));
    assert!(matches!(assumption("TUR is a party to smda"), Some(Assumption::PartyTo(_, _, None))));
    assert!(matches!(assumption("TUR is not a party to smda"), Some(Assumption::Fact(_))));
    assert!(matches!(assumption("IND attacks PAK"), Some(Assumption::Fact(_))));
    assert!(assumption("IND attacks PAK\nPAK attacks IND").is_none());
    assert_eq!(parse_when("1866-06").0, Some(When::Month(1866, 6)));
    assert!(parse_when("1866-06 x").0.is_none());
}

#[test]
fn openings_join_statements_by_or() {
    let charter = charter("article 1\nwhile a party is at war with a great-power or BEL is occupied\nBEL may act\n");
    let Opening::While(statements) = &charter.articles[0].clauses[0].opening else { panic!("an opening") };
    assert_eq!((statements.len(), statements[1].verb), (2, Verb::IsOccupiedBy));
}

#[test]
fn a_comma_continues_a_line_and_a_blank_line_ends_it() {
    let charter = charter("parties BEL, # one\n  # two\n FRA,\n\tNLD\n");
    assert_eq!(charter.parties.len(), 3);
    let parsed = read("charter x \"X\"\nparties BEL,\n\nstatus draft\n");
    assert_eq!(parsed.diagnostics[0].code, "dangling-comma");
    assert!(parsed.charters[0].status.draft);
    let parsed = read("charter x \"X\"\nparties BEL,\nstatus draft\n");
    assert!(parsed.charters[0].status.draft);
}

#[test]
fn places_are_the_files_own() {
    let text = "\u{feff}charter x \"X\"\r\nparties BEL, fra\r\n";
    let fault = &read(text).diagnostics[0];
    assert_eq!((fault.code, words(text, fault.primary.span)), ("lower-case-code", "fra"));
    let page = "# A treaty\n```charter\ncharter x \"X\"\n```\nits words\n```charter\nparties fra\n```\n";
    let parsed = parse(FileId(3), &SourceFile { name: "x.md".into(), bytes: page.into() });
    let fault = &parsed.diagnostics[0];
    assert_eq!((words(page, fault.primary.span), fault.primary.span.file), ("fra", FileId(3)));
    let bytes = b"# \xff\xfe\ncharter x \"X\"\nparties fra\n".to_vec();
    let parsed = parse(FileId(0), &SourceFile { name: "x.charter".into(), bytes });
    let codes: Vec<&str> = parsed.diagnostics.iter().map(|fault| fault.code).collect();
    assert_eq!(codes, ["not-utf-8", "lower-case-code"]);
    assert_eq!(parsed.diagnostics[1].primary.span.start, 27);
}

#[test]
fn a_misread_heading_keeps_its_lines_from_going_elsewhere() {
    let parsed = read(
        "charter x \"X\"\narticle 1\nalways\nBEL must act\narticle\nalways\nBEL must atc\nscenario \"s\"\nPAK attacks IND\narticle 2\n",
    );
    let codes: Vec<&str> = parsed.diagnostics.iter().map(|fault| fault.code).collect();
    assert_eq!(codes, ["incomplete-line", "unexpected-words", "incomplete-line"]);
    let charter = &parsed.charters[0];
    assert_eq!((charter.articles.len(), charter.scenarios.len()), (2, 0));
    assert_eq!(charter.articles[0].clauses.len(), 1);
}

#[test]
fn too_many_errors_are_counted() {
    let parsed = read(&format!("charter x \"X\"\n{}", "foo\n".repeat(250)));
    assert_eq!(parsed.diagnostics.len(), super::DIAGNOSTICS_MAX + 1);
    let last = parsed.diagnostics.last().expect("the last");
    assert_eq!((last.code, last.message.as_str()), ("more-errors", "and 50 more errors after the first 200"));
}

#[test]
fn a_text_may_be_as_long_as_the_limit_and_no_longer() {
    assert!(super::too_long(FileId(0), super::SOURCE_BYTES_MAX).is_none());
    let bytes = vec![b'#'; super::SOURCE_BYTES_MAX + 1];
    let parsed = parse(FileId(0), &SourceFile { name: "long.charter".into(), bytes });
    assert_eq!(parsed.diagnostics[0].code, "source-too-long");
}

/// What is suggested for each page's example mends it.
#[test]
fn suggestions_apply() {
    let mut applied = 0;
    for page in codes::pages().filter(|page| !page.bad.is_empty()) {
        let source = file(page.bad);
        let faults: Vec<Diagnostic> = parse(FileId(0), &source).diagnostics;
        let helps = faults.iter().flat_map(|fault| &fault.help).filter(|help| !help.edits.is_empty());
        for help in helps {
            let bytes = apply(FileId(0), &source, &help.edits).expect("the edits fit");
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let after = parse(FileId(0), &SourceFile { name: "test.charter".into(), bytes });
            assert!(after.diagnostics.is_empty(), "{}: {}: {text}\n{:?}", page.code, help.message, after.diagnostics);
            applied += 1;
        }
    }
    assert!(applied >= 20, "only {applied} suggestions");
}

/// One line each, lower-case or beginning with the author's words, and without a full stop.
#[test]
fn messages_are_written_alike() {
    for page in codes::pages().filter(|page| !page.bad.is_empty()) {
        for fault in read(page.bad).diagnostics {
            let all = [&fault.message, &fault.primary.text];
            for text in all.into_iter().chain(fault.help.iter().map(|help| &help.message)) {
                assert!(!text.ends_with('.') && !text.contains('\n'), "{}: {text}", page.code);
                let lower = !text.starts_with(char::is_uppercase) || text.starts_with("Latin");
                assert!(lower, "{}: {text}", page.code);
            }
        }
    }
}
