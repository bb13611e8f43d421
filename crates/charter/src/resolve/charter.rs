//! Walks a charter and the prelude, handing every name in them to the resolver. Read
//! [`Resolver::charter_itself`].

use super::resolver::Resolver;
use crate::model::{
    AreaItem, Article, Body, BodyMembers, Charter, ClassDeclaration, ClassMembers, DecisionRule, Ending,
    EntryIntoForce, HistoryAct, Opening, PlaceDeclaration, Precedence, PrecedenceOver, Prelude, Reading,
    ReadingMeaning, RedLine, RedLineRule, Reservation, Source, Status, Track,
};
use crate::span::Span;

impl Resolver<'_> {
    /// Everything in the prelude.
    pub(super) fn prelude(&mut self, prelude: &mut Prelude) {
        self.actors(prelude.actors.iter().map(|actor| (actor.continues.as_ref(), actor.span)));
        prelude.places.iter_mut().for_each(|place| self.place_declaration(place));
        prelude.classes.iter_mut().for_each(|class| self.class_declaration(class));
        for group in &prelude.groups {
            self.class_members(&group.members, group.span);
        }
    }

    /// Everything in a charter but its scenarios, which look further.
    pub(super) fn charter_itself(&mut self, charter: &mut Charter) {
        self.declarations(charter);
        self.status(&mut charter.status);
        self.standing(charter);
        for body in &mut charter.bodies {
            self.body_declaration(body);
        }
        for precedence in &mut charter.precedence {
            self.precedence(precedence);
        }
        charter.sources.iter_mut().for_each(|source| self.source(source));
        charter.articles.iter_mut().for_each(|article| self.article_itself(article));
        charter.status_readings.iter_mut().for_each(|reading| self.reading(reading));
        charter.reservations.iter_mut().for_each(|reservation| self.reservation(reservation));
        charter.tracks.iter_mut().for_each(|track| self.track(track));
        for contribution in &charter.contributions {
            self.actor(&contribution.by, contribution.span);
        }
        charter.red_lines.iter_mut().for_each(|line| self.red_line(line));
    }

    fn actors<'m>(&mut self, continued: impl Iterator<Item = (Option<&'m crate::name::Name>, Span)>) {
        for (code, span) in continued {
            if let Some(code) = code {
                self.code(code, span);
            }
        }
    }

    fn declarations(&mut self, charter: &mut Charter) {
        self.actors(charter.actors.iter().map(|actor| (actor.continues.as_ref(), actor.span)));
        charter.places.iter_mut().for_each(|place| self.place_declaration(place));
        charter.classes.iter_mut().for_each(|class| self.class_declaration(class));
        for group in &charter.groups {
            self.class_members(&group.members, group.span);
        }
        for area in &mut charter.areas {
            let span = area.span;
            for item in area.includes.iter_mut().chain(&mut area.excludes) {
                match item {
                    AreaItem::Of { whose, within, .. } => {
                        self.who(whose);
                        if let Some(place) = within {
                            self.place(place, span);
                        }
                    }
                    AreaItem::Place(place) => self.place(place, span),
                }
            }
        }
        for term in &mut charter.terms {
            self.finder(&mut term.found_by, term.span);
        }
    }

    fn place_declaration(&mut self, place: &mut PlaceDeclaration) {
        for outer in &mut place.within {
            self.place_alone(outer, place.span);
        }
        for actor in &place.home_of {
            self.actor(actor, place.span);
        }
    }

    fn class_declaration(&mut self, class: &mut ClassDeclaration) {
        match &mut class.members {
            ClassMembers::Listed(members) => self.class_members(members, class.span),
            ClassMembers::FoundBy(finder) => self.finder(finder, class.span),
        }
    }

    fn status(&mut self, status: &mut Status) {
        let span = status.span;
        if let Some(EntryIntoForce::WhenDeposited { including, .. }) = &status.in_force {
            including.iter().for_each(|actor| self.actor(actor, span));
        }
        for ending in &mut status.ends {
            match ending {
                Ending::Event { event, .. } => self.statement(event),
                Ending::WithCharter(name) => {
                    self.charter(name, span);
                }
                Ending::On(_) | Ending::Term { .. } => {}
            }
        }
        for lapse in &mut status.lapses {
            self.statement(&mut lapse.unless);
        }
        for actor in status.depositary.iter().chain(&status.observers) {
            self.actor(actor, span);
        }
        for article in &mut status.saves {
            self.article(article, self.here);
        }
    }

    /// Parties, accession, and the acts of the charter's life.
    fn standing(&mut self, charter: &mut Charter) {
        for party in &charter.parties {
            self.actor(party, charter.parties_span);
        }
        if let Some(accession) = &mut charter.accession {
            self.who(&mut accession.who);
            if let Some(body) = &mut accession.invited_by {
                self.body(body, accession.span);
            }
            if let Some(rule) = &accession.by {
                self.rule(rule, accession.span);
            }
        }
        for entry in &charter.history {
            entry.who.iter().for_each(|actor| self.actor(actor, entry.span));
            match &entry.act {
                HistoryAct::Suspend(Some(actor))
                | HistoryAct::Resume(Some(actor))
                | HistoryAct::Expel(actor)
                | HistoryAct::Release(actor) => self.actor(actor, entry.span),
                HistoryAct::Suspend(None)
                | HistoryAct::Resume(None)
                | HistoryAct::Sign
                | HistoryAct::Ratify
                | HistoryAct::Accept
                | HistoryAct::Approve
                | HistoryAct::Accede
                | HistoryAct::Reserve(_)
                | HistoryAct::Object(_)
                | HistoryAct::Notify(_)
                | HistoryAct::Withdraw
                | HistoryAct::Denounce
                | HistoryAct::Renew(_)
                | HistoryAct::Amend(_) => {}
            }
        }
    }

    fn rule(&mut self, rule: &DecisionRule, span: Span) {
        match rule {
            DecisionRule::Weighted { weights, .. } => {
                weights.iter().for_each(|(actor, _)| self.actor(actor, span));
            }
            DecisionRule::Consensus | DecisionRule::Unanimity | DecisionRule::Share(..) => {}
        }
    }

    fn body_declaration(&mut self, body: &mut Body) {
        let span = body.span;
        match &mut body.members {
            BodyMembers::AllParties { except } => except.iter().for_each(|actor| self.actor(actor, span)),
            BodyMembers::AllMembers => {}
            BodyMembers::Of(members) => self.members(members, span),
        }
        self.rule(&body.rule, span);
        body.veto.iter().for_each(|actor| self.actor(actor, span));
        for other in &mut body.takes_up_blocked_in {
            self.body(other, span);
        }
    }

    fn precedence(&mut self, precedence: &mut Precedence) {
        self.article(&mut precedence.winner, self.here);
        match &mut precedence.over {
            PrecedenceOver::Article(article) => self.article(article, self.here),
            PrecedenceOver::EveryOther => {}
        }
        if let Some(name) = &mut precedence.for_parties_of {
            self.charter(name, precedence.span);
        }
    }

    fn source(&mut self, source: &mut Source) {
        source.articles.iter_mut().for_each(|article| self.article(article, self.here));
    }

    fn article_itself(&mut self, article: &mut Article) {
        for narrowing in &mut article.narrowings {
            self.class(&mut narrowing.class, narrowing.span);
            self.class_members(&narrowing.members, narrowing.span);
        }
        for clause in &mut article.clauses {
            match &mut clause.opening {
                Opening::When(statements) | Opening::While(statements) => {
                    statements.iter_mut().for_each(|statement| self.statement(statement));
                }
                Opening::Always | Opening::On(_) => {}
            }
            self.conditions(&mut clause.conditions);
            self.duties(&mut clause.duties);
        }
        for exception in &mut article.exceptions {
            self.conditions(&mut exception.conditions);
            self.duties(&mut exception.duties);
        }
        article.readings.iter_mut().for_each(|reading| self.reading(reading));
    }

    fn reading(&mut self, reading: &mut Reading) {
        reading.held_by.iter().for_each(|holder| self.actor(holder, reading.span));
        match &mut reading.meaning {
            ReadingMeaning::Narrower(conditions) => self.conditions(conditions),
            ReadingMeaning::AsWritten
            | ReadingMeaning::Together
            | ReadingMeaning::EachOf
            | ReadingMeaning::EndedOn(_)
            | ReadingMeaning::InForce(_) => {}
        }
    }

    fn reservation(&mut self, reservation: &mut Reservation) {
        self.actor(&reservation.author, reservation.span);
        self.article(&mut reservation.article, self.here);
        self.conditions(&mut reservation.applies_only);
        self.duties(&mut reservation.otherwise);
        for (objector, _) in &mut reservation.objections {
            self.members(std::slice::from_mut(objector), reservation.span);
        }
    }

    fn track(&mut self, track: &mut Track) {
        let span = track.span;
        if let Some(who) = &mut track.joined_by {
            self.who(who);
        }
        if let Some((rule, _)) = &track.by_leave {
            self.rule(rule, span);
        }
        track.members.iter().for_each(|actor| self.actor(actor, span));
        track.bodies.iter_mut().for_each(|body| self.body_declaration(body));
        self.duties(&mut track.duties);
    }

    fn red_line(&mut self, line: &mut RedLine) {
        self.actor(&line.of, line.span);
        for rule in &mut line.rules {
            match rule {
                RedLineRule::NeverDuty { duty, under } => {
                    self.duty(duty);
                    if let Some(name) = under {
                        self.charter(name, line.span);
                    }
                }
                RedLineRule::NeverEvent(statement) => self.statement(statement),
                RedLineRule::AlwaysCan { who, action } => {
                    self.actor(who, line.span);
                    self.action(action, line.span);
                }
            }
        }
    }
}
