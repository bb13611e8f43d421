//! `accede explain`. Read [`run`].

use law::Reason;

use crate::cli::Explain;
use crate::failure::{Done, Failure};
use crate::page::{Ink, Page};
use crate::reasons;
use crate::terminal::Terminal;

/// Explains a code, or lists all of them.
pub(crate) fn run(arguments: &Explain, terminal: &Terminal) -> Result<Done, Failure> {
    let mut page = Page::new(terminal);
    let Some(code) = &arguments.code else {
        list(&mut page);
        return Ok(Done::clean(page.finish()));
    };
    // Messages show a code in brackets, and that is how it is copied.
    let code = code.trim_matches(['[', ']']);
    if let Some(explanation) = charter::explain(code) {
        diagnostic(&mut page, &explanation);
    } else if let Some(found) = reasons::find(code) {
        reason(&mut page, found);
    } else {
        return Err(unknown(code));
    }
    Ok(Done::clean(page.finish()))
}

fn list(page: &mut Page) {
    let width = |code: &'static str| code.len();
    let widest =
        charter::explanations().map(|page| width(page.code)).chain(Reason::ALL.map(|reason| width(reason.code())));
    let column = widest.max().unwrap_or(0) + 4;
    page.heading("What a check may find");
    for explanation in charter::explanations() {
        page.row(2, explanation.code, column, explanation.summary);
    }
    page.heading("Why an answer is what it is");
    for reason in Reason::ALL {
        page.row(2, reason.code(), column, reasons::short(reason));
    }
}

fn diagnostic(page: &mut Page, explanation: &charter::Explanation) {
    page.line(0, &[(Ink::Strong, explanation.code), (Ink::Plain, ": "), (Ink::Plain, explanation.summary)]);
    page.gap();
    for paragraph in explanation.text.split("\n\n") {
        page.paragraph(0, &[(Ink::Plain, paragraph)]);
        page.gap();
    }
    if let Some(source) = explanation.source {
        page.line(0, &[(Ink::Faint, "The rule: "), (Ink::Plain, source)]);
        page.gap();
    }
    for (title, example) in [("Instead of", explanation.bad), ("write", explanation.good)] {
        if !example.is_empty() {
            page.line(0, &[(Ink::Faint, title)]);
            page.verbatim(2, example);
            page.gap();
        }
    }
}

fn reason(page: &mut Page, reason: Reason) {
    let told = reasons::page(reason);
    page.line(0, &[(Ink::Strong, reason.code()), (Ink::Plain, ": "), (Ink::Plain, told.short)]);
    page.gap();
    page.paragraph(0, &[(Ink::Plain, told.meaning)]);
    page.gap();
    page.line(0, &[(Ink::Faint, "For example: "), (Ink::Plain, told.example)]);
    page.line(0, &[(Ink::Faint, "What would change it: "), (Ink::Plain, told.change)]);
}

fn unknown(code: &str) -> Failure {
    let known =
        charter::explanations().map(|explanation| explanation.code).chain(Reason::ALL.into_iter().map(Reason::code));
    let stem = |text: &str| text.chars().filter(char::is_ascii_alphabetic).collect::<String>();
    let wanted = stem(code);
    let near = known.filter(|known| {
        let known = stem(known);
        wanted.len() >= 4 && (known.contains(&wanted) || wanted.contains(&known))
    });
    let near: Vec<String> = near.take(3).map(|code| format!("`{code}`")).collect();
    let help = if near.is_empty() {
        "`accede explain` without a code lists all of them".to_owned()
    } else {
        format!("did you mean {}?", near.join(" or "))
    };
    Failure::plain(format!("there is no code `{code}`"), help)
}
