//! What is drawn, and that nothing can break it.

use super::{Style, apply, render};
use crate::diagnostic::Diagnostic;
use crate::source::SourceFile;
use crate::span::{FileId, Span};

const PLAIN: Style = Style { colour: false, width: 100 };

fn file(bytes: &[u8]) -> SourceFile {
    SourceFile { name: "pact.charter".to_owned(), bytes: bytes.to_vec() }
}

fn span(start: usize, end: usize) -> Span {
    Span { file: FileId(0), start: u32::try_from(start).unwrap(), end: u32::try_from(end).unwrap() }
}

fn place(text: &[u8], words: &str) -> Span {
    let at = text.windows(words.len()).position(|window| window == words.as_bytes()).unwrap();
    span(at, at + words.len())
}

#[test]
fn a_diagnostic_is_drawn_whole() {
    let text =
        b"charter pact \"Pact\"\nparties BEL, FRA\narticle 1\n  when anyone attacks a prty\n    FRA must assist BEL\n";
    let fault = Diagnostic::error("undeclared-class", place(text, "prty"), "`prty` is not declared")
        .label("expected a class")
        .also(place(text, "BEL, FRA"), "the parties")
        .note("a class is declared with `rank` and its like")
        .suggest("did you mean `party`?", place(text, "prty"), "party");
    let drawn = render(&[fault], &[file(text)], PLAIN);
    let expected = "\
error[undeclared-class]: `prty` is not declared
 --> pact.charter:4:25
  |
2 | parties BEL, FRA
  |         -------- the parties
3 | article 1
4 |   when anyone attacks a prty
  |                         ^^^^ expected a class
  |
  = note: a class is declared with `rank` and its like
help: did you mean `party`?
  |
4 |   when anyone attacks a party
  |                          +

to read more: `accede explain undeclared-class`
";
    assert_eq!(drawn, expected);
}

#[test]
fn nothing_to_draw_is_nothing() {
    assert_eq!(render(&[], &[file(b"")], PLAIN), "");
}

#[test]
fn hostile_texts_are_drawn() {
    let mut long = vec![b'a'; 100_000];
    long.extend_from_slice("öäü \u{202e} \u{0}".as_bytes());
    let texts: [&[u8]; 7] =
        [b"", b"\n", b"\xff\xfe\xfd", b"a\xc3", &long, "\u{feff}charter\r\nx\r\n\t\ty\r".as_bytes(), b"\n\n\n\xf0\x9f"];
    for text in texts {
        for start in [0, 1, 2, 3, 50_000, text.len(), text.len() + 7] {
            for length in [0, 1, 2, 70, 99_000] {
                let words = span(start, start + length);
                let fault = Diagnostic::warning("no-source", words, "m\u{1b}[31m").label("l").also(span(0, 1), "other");
                let fault = fault.suggest("try", words, "x\ny").note("n");
                for colour in [false, true] {
                    for width in [0, 80] {
                        let drawn = render(std::slice::from_ref(&fault), &[file(text)], Style { colour, width });
                        assert!(drawn.contains("no-source") && drawn.len() < 20_000, "{drawn}");
                        assert!(colour || !drawn.contains('\u{1b}'), "{drawn}");
                    }
                }
            }
        }
    }
}

#[test]
fn edits_apply_or_are_refused() {
    let text = file(b"parties AUS, FRA");
    let edit = |start, end, text: &str| crate::Edit { span: span(start, end), text: text.to_owned() };
    let applied = |edits: &[crate::Edit]| apply(FileId(0), &text, edits).map(|bytes| String::from_utf8(bytes).unwrap());
    assert_eq!(applied(&[edit(13, 16, "DEU"), edit(8, 11, "AUT")]).as_deref(), Some("parties AUT, DEU"));
    assert_eq!(applied(&[edit(8, 11, "AUT"), edit(8, 11, "AUT")]).as_deref(), Some("parties AUT, FRA"));
    assert_eq!(applied(&[edit(8, 11, "AUT"), edit(9, 12, "X")]), None);
    assert_eq!(applied(&[edit(8, 99, "AUT")]), None);
    assert_eq!(applied(&[edit(16, 16, ", DEU")]).as_deref(), Some("parties AUS, FRA, DEU"));
    assert_eq!(applied(&[edit(5, 4, "")]), None);
}
