//! A page as one HTML file that needs nothing else: no script, no network, no font. Read [`html`].

use std::collections::BTreeSet;

use super::{Block, Piece, Sheet, Table, Tone};
use crate::page::printable;

/// The deepest heading there is.
const HEADING_MAX: usize = 6;
/// How many letters a cell may have that stays on one line: a date and a little more.
const SHORT_MAX: usize = 14;
/// A table of more columns may be wider than a line of text.
const COLUMNS_NARROW_MAX: usize = 5;
/// The fewest parts for which a page begins with a list of them.
const CONTENTS_MIN: usize = 4;

/// Dark and light as the reader has it, readable on a telephone and on paper. Distances are in
/// letters, so that whoever reads large type gets a large page.
const STYLE: &str = "\
:root{color-scheme:light dark;--paper:#fdfcf9;--ink:#1d1b18;--faint:#605b52;--line:#d9d4c8;--tint:#f3f0e8;--doubt:#8a4b00;--owed:#1f6132;--link:#1d4f91}
@media (prefers-color-scheme:dark){:root{--paper:#171614;--ink:#e9e5dc;--faint:#a8a194;--line:#3b3831;--tint:#211f1b;--doubt:#f0b060;--owed:#86cf98;--link:#9cc2f5}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.55 Charter,\"Iowan Old Style\",Georgia,\"Times New Roman\",serif}
main,footer{max-width:50rem;margin:0 auto;padding:1.5rem 1.25rem}
h1,h2,h3,h4{line-height:1.2;text-wrap:balance;break-after:avoid}
h1{font-size:2rem;margin:.5rem 0 .25rem}
h2{font-size:1.35rem;margin:2.5rem 0 .75rem;padding-bottom:.3rem;border-bottom:1px solid var(--line)}
h3{font-size:1.1rem;margin:1.75rem 0 .5rem}
h4{font-size:1rem;margin:1.5rem 0 .5rem}
p{margin:.5rem 0}
ul{margin:.5rem 0;padding-left:1.25rem}
li{margin:.2rem 0}
a{color:var(--link)}
.aside,footer,caption{color:var(--faint);font-size:.9375rem}
.doubt{color:var(--doubt);font-weight:600}
.owed{color:var(--owed);font-weight:600}
h3 .doubt,h4 .doubt{font-size:.875rem;font-weight:600}
.sentences{margin:.5rem 0;padding:.6rem .9rem;background:var(--tint);border-left:3px solid var(--line);break-inside:avoid-page}
.sentences p{margin:.15rem 0;padding-left:1.5rem;text-indent:-1.5rem;overflow-wrap:anywhere}
.sentences .in1{margin-left:1.5rem}
.sentences .in2{margin-left:3rem}
.sentences .in3{margin-left:4.5rem}
nav ul{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.25rem 1.1rem}
.scroll{overflow-x:auto;margin:.75rem 0}
.wide{width:min(72rem,100vw - 2.5rem);margin-inline:calc(50% - min(36rem,50vw - 1.25rem))}
.scroll:focus-visible{outline:2px solid var(--link);outline-offset:2px}
table{border-collapse:collapse;width:100%;font-size:.9375rem;font-variant-numeric:tabular-nums}
caption{text-align:left;padding-bottom:.4rem}
th,td{text-align:left;vertical-align:top;padding:.35rem .75rem .35rem 0;border-bottom:1px solid var(--line)}
thead th{border-bottom-width:2px;white-space:nowrap}
tbody th{font-weight:600}
.short{white-space:nowrap}
footer{border-top:1px solid var(--line);margin-top:2rem}
@media print{:root{--paper:#fff;--ink:#000;--faint:#333;--line:#999;--tint:#fff;--doubt:#000;--owed:#000;--link:#000}body{font-size:10.5pt}main,footer{max-width:none;padding:0}nav{display:none}.scroll{overflow:visible}.wide{width:auto;margin-inline:0}tr{break-inside:avoid}}";

/// The page as HTML; what stands in its texts is never taken for markup.
pub(crate) fn html(sheet: &Sheet) -> String {
    let names = anchors(sheet);
    let mut out = String::from("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    // Nothing is to be fetched, whatever a text may say.
    out.push_str(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
    );
    out.push_str(&format!("<title>{}</title>\n<style>\n{STYLE}\n</style>\n", escaped(&sheet.title)));
    out.push_str("</head>\n<body>\n<main>\n");
    let mut names = names.iter();
    for (number, block) in sheet.blocks.iter().enumerate() {
        if let Block::Heading(level, pieces) = block {
            let level = (*level).clamp(1, HEADING_MAX);
            let name = names.next().map(String::as_str).unwrap_or_default();
            out.push_str(&format!("<h{level} id=\"{name}\">{}</h{level}>\n", inline(pieces)));
            if number == 0 {
                out.push_str(&contents(sheet));
            }
        } else {
            out.push_str(&self::block(block, number));
        }
    }
    out.push_str("</main>\n");
    if !sheet.foot.is_empty() {
        out.push_str(&format!("<footer><p>{}</p></footer>\n", escaped(&sheet.foot)));
    }
    out.push_str("</body>\n</html>\n");
    out
}

/// The parts of a long page, to go to.
fn contents(sheet: &Sheet) -> String {
    let names = anchors(sheet);
    let headings = sheet.blocks.iter().filter_map(|block| match block {
        Block::Heading(level, pieces) => Some((*level, pieces)),
        Block::Text(_) | Block::List(_) | Block::Sentences(_) | Block::Table(_) => None,
    });
    let parts = headings.zip(&names).filter(|((level, _), _)| *level == 2);
    let parts: Vec<String> =
        parts.map(|((_, pieces), name)| format!("<li><a href=\"#{name}\">{}</a></li>", inline(pieces))).collect();
    if parts.len() < CONTENTS_MIN {
        return String::new();
    }
    format!("<nav aria-label=\"Contents\">\n<ul>\n{}\n</ul>\n</nav>\n", parts.join("\n"))
}

/// A name for each heading, each once.
fn anchors(sheet: &Sheet) -> Vec<String> {
    let mut known = BTreeSet::new();
    let mut names = Vec::new();
    for block in &sheet.blocks {
        let Block::Heading(_, pieces) = block else { continue };
        let text = pieces.first().map(|piece| piece.text.to_lowercase()).unwrap_or_default();
        let words = text.split(|character: char| !character.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        let word = words.collect::<Vec<_>>().join("-");
        let word = if word.is_empty() { "part".to_owned() } else { word };
        let numbered = (2..).map(|number| format!("{word}-{number}"));
        let name = std::iter::once(word.clone()).chain(numbered).find(|name| known.insert(name.clone()));
        names.push(name.unwrap_or(word));
    }
    names
}

fn block(block: &Block, number: usize) -> String {
    match block {
        // Headings need their names, and are written with them.
        Block::Heading(..) => String::new(),
        Block::Text(pieces) => format!("<p>{}</p>\n", inline(pieces)),
        Block::List(items) => {
            let items: Vec<String> = items.iter().map(|item| format!("<li>{}</li>\n", inline(item))).collect();
            format!("<ul>\n{}</ul>\n", items.concat())
        }
        Block::Sentences(sentences) => {
            let sentence =
                |(level, text): &(usize, String)| format!("<p class=\"in{}\">{}</p>\n", (*level).min(3), escaped(text));
            format!("<div class=\"sentences\">\n{}</div>\n", sentences.iter().map(sentence).collect::<String>())
        }
        Block::Table(table) => self::table(table, number),
    }
}

fn inline(pieces: &[Piece]) -> String {
    let pieces: Vec<String> = pieces.iter().filter(|piece| !piece.text.trim().is_empty()).map(piece).collect();
    pieces.join(" ")
}

fn piece(piece: &Piece) -> String {
    let text = escaped(piece.text.trim());
    match piece.tone {
        Tone::Plain => text,
        Tone::Strong => format!("<strong>{text}</strong>"),
        Tone::Aside => format!("<span class=\"aside\">{text}</span>"),
        Tone::Doubt => format!("<span class=\"doubt\">{text}</span>"),
        Tone::Owed => format!("<span class=\"owed\">{text}</span>"),
    }
}

/// A table that can be scrolled, by key too, where the window is narrower than it.
fn table(table: &Table, number: usize) -> String {
    let wide = if table.columns.len() > COLUMNS_NARROW_MAX { " wide" } else { "" };
    let mut out = format!(
        "<div class=\"scroll{wide}\" role=\"region\" aria-labelledby=\"table-{number}\" tabindex=\"0\">\n<table>\n\
         <caption id=\"table-{number}\">{}</caption>\n<thead>\n<tr>",
        escaped(&table.caption)
    );
    for column in &table.columns {
        out.push_str(&format!("<th scope=\"col\">{}</th>", escaped(column)));
    }
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in &table.rows {
        out.push_str("<tr>");
        for (column, cell) in row.iter().enumerate() {
            let cell = escaped(cell);
            out.push_str(&if column == table.head {
                format!("<th scope=\"row\">{cell}</th>")
            } else {
                let short = if row.get(column).is_some_and(|cell| is_short(cell)) { " class=\"short\"" } else { "" };
                format!("<td{short}>{cell}</td>")
            });
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
    out
}

/// A date or a word, which is not to be broken where it has a hyphen.
fn is_short(cell: &str) -> bool {
    (1..=SHORT_MAX).contains(&cell.chars().count())
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for character in printable(text).chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn nothing_in_a_text_is_taken_for_markup() {
        let page = html(&sample());
        let body = page.split_once("</head>").unwrap().1;
        assert!(!body.contains("<script") && !body.contains("<b>"), "{body}");
        assert!(page.contains("<title>&lt;Pact&gt; &amp; &quot;Co&quot;</title>"), "{page}");
        assert!(
            body.contains("1. &lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; <span class=\"doubt\">unchecked</span>")
        );
        assert!(body.contains("<tr><th scope=\"row\">FRA &lt;b&gt;</th><td class=\"short\">5 | 6</td></tr>"), "{body}");
    }

    #[test]
    fn every_element_that_is_opened_is_closed_in_its_turn() {
        let page = html(&sample());
        let mut open: Vec<String> = Vec::new();
        for tag in page.split('<').skip(1).filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag) {
            let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
            if tag.starts_with('/') {
                assert_eq!(open.pop(), Some(name), "{page}");
            } else if !tag.starts_with("meta") && !tag.starts_with('!') {
                open.push(name);
            }
        }
        assert!(open.is_empty(), "{open:?}");
    }

    #[test]
    fn headings_have_names_of_their_own() {
        let mut sheet = Sheet::default();
        for text in ["Article 1", "Article 1", "…"] {
            sheet.heading(2, text);
        }
        assert_eq!(anchors(&sheet), ["article-1", "article-1-2", "part"]);
    }
}
