//! From where a sentence is looked at: which charter, which article, whose duty, which account of
//! the facts, at what time. Read [`View`] first.

use charter::Actor;
use charter::model::{Article, Role, Statement, Verb};

use crate::case::{Case, Event, Scene, Zoned};
use crate::time::{Start, Stretch, passed, reached};
use crate::value::Value;
use crate::{Reason, Truth, gates};

/// One combination of readings and accounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct World {
    /// Which of the article's readings.
    pub(crate) article_reading: Option<usize>,
    /// Which of the charter's readings of its own status.
    pub(crate) status_reading: Option<usize>,
    /// Objected understandings that do not apply, by their position among the charter's reservations.
    pub(crate) without: u64,
    /// Contested facts that are not so.
    pub(crate) dropped: u64,
}

/// Who plays which part in a candidate.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cast<'a> {
    /// Attacker, threatener, belligerent, requester or notifier.
    pub(crate) first: Option<&'a Actor>,
    /// Victim, threatened or enemy.
    pub(crate) second: Option<&'a Actor>,
    /// What the two are called: the verb of the opening's statement.
    pub(crate) called: Option<Verb>,
    /// Whose duty is in question.
    pub(crate) bearer: Option<&'a Actor>,
    /// Towards whom.
    pub(crate) claimant: Option<&'a Actor>,
    /// Which event set it going.
    pub(crate) event: Option<usize>,
    /// The statement whose attackers were counted: the attacker is the first of several.
    pub(crate) counted: Option<&'a Statement>,
}

impl<'a> Cast<'a> {
    /// Who plays this part, if anybody does.
    pub(crate) fn player(&self, role: Role) -> Option<&'a Actor> {
        let (first, second) = self.called?.roles();
        if first == Some(role) {
            self.first
        } else if second == Some(role) {
            self.second
        } else {
            None
        }
    }

    /// The one who suffers it, by either name.
    pub(crate) fn victim(&self) -> Option<&'a Actor> {
        self.player(Role::Victim).or_else(|| self.player(Role::Threatened))
    }

    /// To whom a duty is owed that names nobody.
    pub(crate) fn beneficiary(&self) -> Option<&'a Actor> {
        [Role::Victim, Role::Threatened, Role::Belligerent, Role::Requester, Role::Notifier]
            .into_iter()
            .find_map(|role| self.player(role))
    }

    /// Against whom help goes that names nobody.
    pub(crate) fn adversary(&self) -> Option<&'a Actor> {
        [Role::Attacker, Role::Threatener, Role::Enemy].into_iter().find_map(|role| self.player(role))
    }
}

/// Help that is owed and of which nobody has said whether it was given: who, to whom, and under
/// which charter and article.
pub(crate) type Owed = Vec<(Actor, Actor, usize, usize)>;

/// Where one stands when one looks at a sentence.
#[derive(Clone, Copy)]
pub(crate) struct View<'v> {
    pub(crate) case: &'v Case<'v>,
    pub(crate) scene: &'v Scene<'v>,
    /// The article and its position in the charter.
    pub(crate) article: Option<(usize, &'v Article)>,
    pub(crate) cast: Cast<'v>,
    pub(crate) world: World,
    pub(crate) t: Stretch,
    pub(crate) owed: &'v Owed,
}

impl<'v> View<'v> {
    pub(crate) fn zoned(&self) -> Option<&'v Zoned> {
        self.case.zones.get(self.scene.zone)
    }

    pub(crate) fn event(&self, index: usize) -> Option<&'v Event<'v>> {
        self.case.events.get(index)
    }

    pub(crate) fn start(&self, index: usize) -> Option<Start> {
        self.zoned()?.starts.get(index).copied()
    }

    /// The value of a fact here and now.
    pub(crate) fn fact(&self, index: usize) -> Value {
        self.fact_begun(index).and(self.fact_not_over(index))
    }

    /// The same, whether or not it has ended.
    pub(crate) fn fact_begun(&self, index: usize) -> Value {
        let (Some(event), Some(start)) = (self.event(index), self.start(index)) else { return Value::NO };
        let is_dropped = event.contested.is_some_and(|bit| self.world.dropped >> bit & 1 == 1);
        if event.negated || is_dropped {
            return Value::NO;
        }
        let known = if event.is_dim { Value::open(Reason::UnknownFact) } else { Value::YES };
        reached(start, self.t).and(known)
    }

    fn fact_not_over(&self, index: usize) -> Value {
        let over = self.zoned().and_then(|zoned| zoned.overs.get(index).copied().flatten());
        over.map_or(Value::YES, |over| passed(over, self.t).negate())
    }

    /// Whether a negated fact has been stated: it is known not to be so.
    pub(crate) fn is_denied(&self, index: usize) -> bool {
        let Some(event) = self.event(index) else { return false };
        event.negated && self.start(index).is_some_and(|start| reached(start, self.t).truth == Truth::Yes)
    }

    /// Whether the trigger gives this actor a part; where attackers were counted, each of them has it.
    pub(crate) fn holds_a_role(&self, actor: &Actor) -> bool {
        self.cast.first == Some(actor)
            || self.cast.second == Some(actor)
            || self.cast.counted.is_some_and(|counted| gates::is_counted_attacker(self, counted, actor))
    }

    pub(crate) fn at(self, t: Stretch) -> Self {
        Self { t, ..self }
    }

    pub(crate) fn with_cast(self, cast: Cast<'v>) -> Self {
        Self { cast, ..self }
    }
}
