//! The reasons of answers in words, and the pages that `accede explain` shows for them. Read [`short`].

use law::Reason;

/// The reason as a clause of a sentence, where no name is at hand.
pub(crate) fn short(reason: Reason) -> &'static str {
    page(reason).short
}

/// The same where the gate is open: on what the answer depends.
pub(crate) fn short_of_open(reason: Reason) -> &'static str {
    match reason {
        Reason::NotInForce => "it depends on whether it is in force",
        Reason::Expired => "it depends on whether it is over",
        Reason::Denounced => "it depends on whether the bearer or the beneficiary has left it",
        Reason::NotParty => "it depends on whether the bearer and the beneficiary belong to it",
        Reason::Released => "it depends on whether the bearer was released",
        Reason::NamedAdversary => "it depends on whether the adversary is of the kind named",
        Reason::Ideology => "it depends on whether the adversary is of the ideology named",
        Reason::Internal => "it depends on whether the event comes from within",
        Reason::Aggressor => "it depends on who gave cause",
        Reason::Geography => "it depends on where it happened",
        Reason::Threshold => "it depends on whether enough has happened",
        Reason::ThirdCondition => "it depends on what another does",
        Reason::NotRequested => "it depends on a request, an invocation or a finding",
        Reason::Unpublished
        | Reason::NoTreaty
        | Reason::ConsultOnly
        | Reason::RightNotDuty
        | Reason::OwnJudgement
        | Reason::CollectiveOnly
        | Reason::AwaitingFinding
        | Reason::UnknownFact
        | Reason::HourDecides => short(reason),
    }
}

/// What `accede explain` says about a reason.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ReasonPage {
    /// A clause of a sentence.
    pub(crate) short: &'static str,
    /// What it means and where it comes from.
    pub(crate) meaning: &'static str,
    /// A question that yields it.
    pub(crate) example: &'static str,
    /// What would change the answer.
    pub(crate) change: &'static str,
}

/// The reason with this code.
pub(crate) fn find(code: &str) -> Option<Reason> {
    Reason::ALL.into_iter().find(|reason| reason.code() == code)
}

/// Everything there is to say about a reason.
#[expect(clippy::too_many_lines, reason = "one table: a page for each reason")]
pub(crate) fn page(reason: Reason) -> ReasonPage {
    match reason {
        Reason::Unpublished => ReasonPage {
            short: "its text is not published",
            meaning: "The charter's text, or this clause of it, is known only from what was said or reported, and \
                      the question asked for better evidence. What it says is therefore open, not absent.",
            example: "the pact of 2025 asked at the evidence of texts: Saudi Arabia is open to Pakistan",
            change: "publishing the text; or asking with --evidence official or --evidence reported",
        },
        Reason::NoTreaty => ReasonPage {
            short: "nothing signed holds a duty of this kind",
            meaning: "No charter signed by the date holds a duty of the kind asked for, or the charter named has none.",
            example: "Britain owes the Ottoman Empire nothing in 1839: it has signed nothing",
            change: "a charter that says so",
        },
        Reason::NotInForce => ReasonPage {
            short: "it is not in force",
            meaning: "The charter is a draft, unsigned, unratified or of a later date, or this party's accession is \
                      incomplete. A draft never binds.",
            example: "a draft platform that three states discuss",
            change: "entry into force, or the missing instrument; --assume \"… in force since …\" shows what then follows",
        },
        Reason::Expired => ReasonPage {
            short: "it is over",
            meaning: "The charter has ended, by its term, by lapse or by a notice between its two parties; or the \
                      time within which this duty was owed has passed.",
            example: "the Reinsurance Treaty after 1890",
            change: "nothing: what is over must be concluded anew",
        },
        Reason::Denounced => ReasonPage {
            short: "the bearer or the beneficiary has left it",
            meaning: "The charter lives on, but the one who would owe, or the one who would be helped, has left it. \
                      What arose before the exit stays owed.",
            example: "Italy and the Triple Alliance after 3 May 1915",
            change: "a new accession",
        },
        Reason::NotParty => ReasonPage {
            short: "the bearer or the beneficiary stands outside it",
            meaning: "The one who would owe, or the one who would be helped, is not among the parties or not in the \
                      group that the clause speaks of, or has suspended its own part.",
            example: "an attack on Pakistan sets nothing going among the parties of the North Atlantic Treaty",
            change: "accession",
        },
        Reason::Released => ReasonPage {
            short: "the bearer was released from it",
            meaning: "The beneficiary has released the bearer, or the duties towards him are suspended.",
            example: "a government that waives the help it was promised",
            change: "taking the release back, where the charter lets it",
        },
        Reason::ConsultOnly => ReasonPage {
            short: "the most it asks for is to consult",
            meaning: "The strongest duty here is deliberative: to agree beforehand, to consult, to cooperate. Force is \
                      ordered within a family of duties and never across, so no duty to fight follows.",
            example: "an entente whose one article is to concert together",
            change: "nothing in the facts: the text would have to say more",
        },
        Reason::RightNotDuty => ReasonPage {
            short: "it is a right, not a duty",
            meaning: "The text says `may` or `is asked to`: the actor is free to act, and breaks nothing by not acting.",
            example: "article 4 of the Triple Alliance lets a party join the war, and binds it only to neutrality",
            change: "nothing in the facts: the text would have to say `must`",
        },
        Reason::NamedAdversary => ReasonPage {
            short: "the adversary is not of the kind named",
            meaning: "The clause speaks of an adversary by name, rank, region or alliance, and this one fails it; or an \
                      exception or understanding takes it out.",
            example: "the Dual Alliance speaks of Russia; an attack by France does not reach article 1",
            change: "another attacker, or the support of the one named, where the text looks for it",
        },
        Reason::Ideology => ReasonPage {
            short: "the adversary is not of the ideology named",
            meaning: "The clause, or one party's understanding of it, reaches only adversaries of an ideology.",
            example: "the United States reads the South-East Asia treaty as meaning communist aggression",
            change: "an adversary of that ideology",
        },
        Reason::Internal => ReasonPage {
            short: "the event comes from within",
            meaning: "The event comes from inside the victim's own borders, or is a rising; the clause looks outward.",
            example: "a rising in a party's own province",
            change: "support from abroad, where the text reaches it",
        },
        Reason::Aggressor => ReasonPage {
            short: "the one to be helped is the attacker, or gave cause",
            meaning: "The one who would be helped opened the attack or provoked it, or an exception for its own attack \
                      holds. Defensive alliances owe nothing to the attacker.",
            example: "Austria attacks Serbia: its ally under the Dual Alliance is free",
            change: "facts that turn the attack round",
        },
        Reason::Geography => ReasonPage {
            short: "it happened outside the area",
            meaning: "The place of the event, the area of the charter or the interest protected fails.",
            example: "an attack on British forces in the South Atlantic",
            change: "an event inside the area; where the place was not said, saying it",
        },
        Reason::Threshold => ReasonPage {
            short: "not enough has happened",
            meaning: "The kind or the number of events that the clause asks for is not reached, or the one to be helped \
                      was not attacked at all.",
            example: "a border clash is a threat and no attack; one great power attacks where the text asks for two",
            change: "an event of the kind and number asked for",
        },
        Reason::ThirdCondition => ReasonPage {
            short: "another has not done what was a condition",
            meaning: "The clause waits on another actor's performance, and that has not happened or is not known.",
            example: "the Soviet Union owed Czechoslovakia help if France gave it",
            change: "that performance, as a fact",
        },
        Reason::NotRequested => ReasonPage {
            short: "nobody has requested, invoked or found it",
            meaning: "The clause needs a request, an invocation or a finding, and none has been made. What is not said \
                      did not happen.",
            example: "consultation under article 4 of the North Atlantic Treaty before anybody requests it",
            change: "the request, invocation or finding, as a fact",
        },
        Reason::OwnJudgement => ReasonPage {
            short: "the bearer judges for itself",
            meaning: "Whether, or how, to act is for the bearer to judge, or it must consent, or it only volunteers.",
            example: "no member of the Rio treaty is obliged to use armed force without its consent",
            change: "the bearer's own finding or consent, as a fact",
        },
        Reason::CollectiveOnly => ReasonPage {
            short: "it is owed together, by none alone",
            meaning: "The duty is the group's. It is one duty, and no member owes it by itself.",
            example: "the guarantors of Luxembourg, as Britain read it in 1867",
            change: "the group acting; or the reading that each owes alone",
        },
        Reason::AwaitingFinding => ReasonPage {
            short: "somebody has still to find it",
            meaning: "A term is left to a judgement that has not been made, and nobody else can make it.",
            example: "whether a power is the “European power” of the Anglo-Polish agreement",
            change: "the finding, as a fact",
        },
        Reason::UnknownFact => ReasonPage {
            short: "a fact is not known",
            meaning: "The answer turns on something that the question says is unknown, or that is known less well than \
                      was asked for.",
            example: "unknown whether France assists Czechoslovakia",
            change: "stating the fact one way or the other",
        },
        Reason::HourDecides => ReasonPage {
            short: "the hour, or the day, would decide",
            meaning: "A date is a whole day and a bare month or year an interval; the answer turns on when within it \
                      the thing happened.",
            example: "silence until 10:00, and an objection dated to that day only",
            change: "a more exact time, with its zone",
        },
    }
}
