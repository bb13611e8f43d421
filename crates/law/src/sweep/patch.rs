//! What one charter says at one time, as rectangles of attackers and victims. Read [`Patch`] first.

use charter::model::{ActionVerb, Charter, DutyLine, Family, Modality};

use super::alike::{Alike, Sort};
use super::mask::Mask;
use crate::Origin;
use crate::conflicts::{help_in, is_favour};
use crate::inquiry::sentence;

/// What is owed, as the data sets of alliances divide it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// Help to the one attacked, or to somebody else, against the attacker.
    Assist,
    /// Help to the attacker.
    Offence,
    /// To consult, agree beforehand, cooperate.
    Consult,
    /// To stay neutral.
    Neutrality,
    /// Not to attack, occupy or disrespect: owed by the attacker to the one attacked.
    NonAggression,
    /// Any other restraint that the attack brings: no separate peace, no help to the attacker.
    Restraint,
}

impl Relation {
    /// All of them, in order.
    pub const ALL: [Self; 6] =
        [Self::Assist, Self::Offence, Self::Consult, Self::Neutrality, Self::NonAggression, Self::Restraint];

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Assist => "assist",
            Self::Offence => "offence",
            Self::Consult => "consult",
            Self::Neutrality => "neutrality",
            Self::NonAggression => "non-aggression",
            Self::Restraint => "restraint",
        }
    }

    /// The relation of a duty line that is owed towards that side; none for powers.
    pub(super) fn of(duty: &DutyLine, claimant: Spot) -> Option<Self> {
        match duty.family() {
            Family::Active if claimant == Spot::Attacker => Some(Self::Offence),
            Family::Active => Some(Self::Assist),
            Family::Deliberative => Some(Self::Consult),
            Family::Passive => Some(Self::Neutrality),
            Family::Restraint if is_non_aggression(duty) => Some(Self::NonAggression),
            Family::Restraint => Some(Self::Restraint),
            Family::Power => None,
        }
    }
}

/// Whether a restraint is one from attack.
pub(super) fn is_non_aggression(duty: &DutyLine) -> bool {
    match duty.action.verb {
        ActionVerb::Attack | ActionVerb::Occupy => duty.modality == Modality::MustNot,
        ActionVerb::Respect => true,
        ActionVerb::JoinTheWarBeside
        | ActionVerb::Assist
        | ActionVerb::Protect
        | ActionVerb::Give(_)
        | ActionVerb::BreakOffTradeWith
        | ActionVerb::Close
        | ActionVerb::Mobilise
        | ActionVerb::AgreeBeforehandWith
        | ActionVerb::Consult
        | ActionVerb::CooperateIn
        | ActionVerb::StayNeutral
        | ActionVerb::StayBenevolentlyNeutral
        | ActionVerb::MakeSeparatePeace
        | ActionVerb::MakeContraryEngagements
        | ActionVerb::CarryOutTheDecision
        | ActionVerb::Act
        | ActionVerb::Withdraw
        | ActionVerb::Invite
        | ActionVerb::Object
        | ActionVerb::Suspend
        | ActionVerb::Release
        | ActionVerb::SeeItems
        | ActionVerb::PassOnItems
        | ActionVerb::RelayItems { .. } => false,
    }
}

/// Where somebody stands in an attack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Spot {
    /// Nobody in particular.
    Nobody,
    Attacker,
    Victim,
    /// Somebody of a sort, who is neither of the two.
    Other(usize),
    /// All of a list together, by its position among the sweep's groups.
    Together(usize),
}

/// One answer about one sort of attack, before those that say the same are put together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Said {
    pub(super) origin: Origin,
    pub(super) verdict: Surety,
    pub(super) bearer: Spot,
    pub(super) claimant: Spot,
    /// Against which of the two the help goes.
    pub(super) against: Spot,
    /// Whether it is owed whatever happens.
    pub(super) is_standing: bool,
    pub(super) attacker: usize,
    pub(super) victim: usize,
}

/// The verdicts a sweep tells of: *not bound* is everything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Surety {
    /// Bound.
    Bound,
    /// Accounts or readings give different answers.
    Disputed,
    /// Something that nobody has said, or found, or published, would decide.
    Open,
}

/// One duty, and for whom it holds: for every attacker and victim of the two sets, of everybody among
/// the bearers who is neither.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Patch {
    pub(super) origin: Origin,
    pub(super) verdict: Surety,
    pub(super) bearer: Place,
    pub(super) claimant: Place,
    pub(super) against: Place,
    pub(super) is_standing: bool,
    /// What the duty is; none: a power.
    pub(super) relation: Option<Relation>,
    /// Whether it helps somebody against another, and whether it favours its claimant.
    pub(super) is_help: bool,
    pub(super) is_favour: bool,
    /// The help that it gives, or refuses.
    pub(super) help: Option<(ActionVerb, Modality)>,
    pub(super) attackers: Mask,
    pub(super) victims: Mask,
}

/// A spot, its sort spelt out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Nobody,
    Attacker,
    Victim,
    Others(Mask),
    Together(usize),
}

impl Place {
    fn of(spot: Spot, sorts: &[Sort]) -> Self {
        match spot {
            Spot::Nobody => Self::Nobody,
            Spot::Attacker => Self::Attacker,
            Spot::Victim => Self::Victim,
            Spot::Other(sort) => sorts.get(sort).map_or(Self::Nobody, |sort| Self::Others(sort.members.clone())),
            Spot::Together(group) => Self::Together(group),
        }
    }
}

/// Puts together what was said of each sort of attack, so that as few rectangles as possible are left.
pub(super) fn patches(charter: &Charter, mut said: Vec<Said>, alike: &Alike) -> Vec<Patch> {
    let sorts = &alike.0;
    said.sort_unstable();
    said.dedup();
    let mut patches: Vec<Patch> = Vec::new();
    let mut spots: Vec<(Spot, Spot, usize)> = Vec::new();
    // First all attackers of one victim, bearer and claimant.
    for said in &said {
        let parts = (said.bearer, said.claimant, said.victim);
        let Some(attackers) = sorts.get(said.attacker).map(|sort| &sort.members) else { continue };
        let Some(victims) = sorts.get(said.victim).map(|sort| &sort.members) else { continue };
        let same = |(patch, known): &(&mut Patch, &(Spot, Spot, usize))| {
            **known == parts
                && patch.origin == said.origin
                && patch.verdict == said.verdict
                && patch.against == Place::of(said.against, sorts)
        };
        if let Some((patch, _)) = patches.iter_mut().zip(&spots).find(|pair| same(pair)) {
            patch.attackers.add(attackers);
            continue;
        }
        let Some(duty) = sentence(charter, said.origin) else { continue };
        spots.push(parts);
        patches.push(Patch {
            relation: Relation::of(duty, said.claimant),
            is_help: duty.family() == Family::Active,
            is_favour: is_favour(duty),
            help: help_in(duty).map(|verb| (verb.clone(), duty.modality)),
            origin: said.origin,
            verdict: said.verdict,
            bearer: Place::of(said.bearer, sorts),
            claimant: Place::of(said.claimant, sorts),
            against: Place::of(said.against, sorts),
            is_standing: said.is_standing,
            attackers: attackers.clone(),
            victims: victims.clone(),
        });
    }
    // Then all victims of the same attackers, and all bearers and claimants of the same attack.
    merged(merged(patches, with_victims), with_bearers)
}

fn merged(patches: Vec<Patch>, with: fn(&mut Patch, &Patch) -> bool) -> Vec<Patch> {
    let mut kept: Vec<Patch> = Vec::with_capacity(patches.len());
    for patch in patches {
        if !kept.iter_mut().any(|known| with(known, &patch)) {
            kept.push(patch);
        }
    }
    kept
}

fn is_same_duty(known: &Patch, patch: &Patch) -> bool {
    known.origin == patch.origin
        && known.verdict == patch.verdict
        && known.against == patch.against
        && known.claimant == patch.claimant
        && known.attackers == patch.attackers
}

fn with_victims(known: &mut Patch, patch: &Patch) -> bool {
    let is_same = is_same_duty(known, patch) && known.bearer == patch.bearer;
    if is_same {
        known.victims.add(&patch.victims);
    }
    is_same
}

fn with_bearers(known: &mut Patch, patch: &Patch) -> bool {
    if !is_same_duty(known, patch) || known.victims != patch.victims {
        return false;
    }
    match (&mut known.bearer, &patch.bearer) {
        (Place::Others(all), Place::Others(more)) => {
            all.add(more);
            true
        }
        _ => false,
    }
}
