//! What holds of every text: the tree keeps each byte, formatting settles at once and changes no
//! meaning, and nothing panics. The texts are the language page's blocks, those blocks with words
//! shuffled, dropped and doubled, and noise; all from fixed seeds, so that a failure can be run again.

use charter::syntax::{parse_markdown_tree, parse_tree};
use charter::{FileId, ParsedFile, SourceFile, format, parse};

/// A small generator (xorshift), so that a seed is all there is to know of a run.
struct Random(u64);

impl Random {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }
}

fn source(text: &str) -> SourceFile {
    SourceFile { name: "text.charter".into(), bytes: text.into() }
}

fn read(text: &str) -> ParsedFile {
    parse(FileId(0), &source(text))
}

fn words(text: &str) -> String {
    // Outside quotations and comments white space is all that a layout may change; inside, nothing.
    text.split_whitespace().collect()
}

/// The laws of the layout, for a text that can be read.
fn check_layout(text: &str, seed: u64) {
    let Ok(once) = format(&source(text)) else { return };
    let twice = format(&source(&once))
        .unwrap_or_else(|faults| panic!("seed {seed}: unreadable once formatted: {faults:?}\n{once}"));
    assert_eq!(once, twice, "seed {seed}: formatting does not settle");
    assert_eq!(words(text), words(&once), "seed {seed}: formatting changed a word");
    let (before, after) = (read(text), read(&once));
    assert_eq!(before.charters, after.charters, "seed {seed}: formatting changed the meaning");
    assert_eq!((before.prelude, before.scenarios), (after.prelude, after.scenarios), "seed {seed}");
}

fn check_tree(text: &str, seed: u64) {
    assert_eq!(parse_tree(text).text().to_string(), text, "seed {seed}: the tree lost a byte");
    assert_eq!(parse_markdown_tree(text).text().to_string(), text, "seed {seed}: the Markdown tree lost a byte");
}

#[test]
fn the_blocks_keep_the_laws() {
    for block in crate::common::texts() {
        check_tree(&block, 0);
        assert!(format(&source(&block)).is_ok(), "{block}");
        check_layout(&block, 0);
    }
}

#[test]
fn literate_pages_change_only_inside_their_fences() {
    let Some(page) = crate::common::language_page() else { return };
    let file = |text: &str| SourceFile { name: "page.md".into(), bytes: text.into() };
    let once = format(&file(&page)).expect("the page can be read");
    assert_eq!(format(&file(&once)).as_ref(), Ok(&once));
    assert_eq!(words(&page), words(&once));
    let outside = |text: &str| {
        let mut inside = false;
        let mut kept = Vec::new();
        for line in text.lines() {
            if line.starts_with("```") {
                inside = !inside;
            } else if !inside {
                kept.push(line.to_string());
            }
        }
        kept
    };
    assert_eq!(outside(&page), outside(&once));
    assert_eq!(parse(FileId(0), &file(&page)).charters, parse(FileId(0), &file(&once)).charters);
}

#[test]
fn blocks_in_disorder_keep_the_laws() {
    let blocks = crate::common::texts();
    let mut readable = 0;
    for seed in 1..=200 {
        let mut random = Random::new(seed);
        let Some(block) = blocks.get(random.below(blocks.len())) else { return };
        let text = disorder(block, &mut random);
        check_tree(&text, seed);
        readable += usize::from(format(&source(&text)).is_ok());
        check_layout(&text, seed);
    }
    // Disorder that nothing survives would try no layout.
    assert!(readable >= 60, "only {readable} of 200 disordered texts could be read");
}

/// A block with white space, words and lines moved about.
fn disorder(block: &str, random: &mut Random) -> String {
    let mut lines: Vec<String> = block.lines().map(String::from).collect();
    for _ in 0..random.below(6) {
        let (one, other) = (random.below(lines.len()), random.below(lines.len()));
        match random.below(7) {
            0 => lines.swap(one, other),
            1 => lines.insert(one, String::new()),
            2 => lines.insert(one, "   # a comment".into()),
            3 => lines[one] = lines[one].replace(", ", ",\n\t"),
            4 => lines[one] = lines[one].replace(", ", " , # why\n\n").replace("\n\n", "\n"),
            5 => lines[one].push_str("   # at the end"),
            _ => lines[one] = lines[one].replace(' ', "  "),
        }
    }
    if random.below(3) == 0 {
        let at = random.below(lines.len());
        let mut words: Vec<&str> = lines[at].split(' ').collect();
        let (one, other) = (random.below(words.len()), random.below(words.len()));
        words.swap(one, other);
        lines[at] = words.join(" ");
    }
    let ending = if random.below(3) == 0 { "\r\n" } else { "\n" };
    lines.join(ending)
}

/// Words, signs and what is neither, some of it never right.
const SOUP: &str = "charter x article 1 4(1) when if unless anyone attacks a party each other must not assist the victim , : \
    PAK COW:AUS or # c ( ) 2025-09-17 2025-02-30 17.9.2025 scenario on expect open to under because track \
    reading held by as exception status text history body of all parties decides consensus é Ω => “x” it and \
    any region area territory in using means at once within 48 hours UTC+01:00 ``` ```charter known \
    officially from grade B2 never always can red line prelude";

/// What stands between them.
const GAPS: &[&str] =
    &[" ", " ", " ", " ", "", "\t", "\n", "\n", "\r\n", "\r", " # c\n", "\"", "\u{202e}", "\u{0}", "\u{feff}"];

#[test]
fn soup_keeps_the_laws() {
    let words: Vec<&str> = SOUP.split(' ').collect();
    for seed in 1..=400 {
        let mut random = Random::new(seed);
        let mut text = String::new();
        for _ in 0..random.below(120) {
            text.push_str(words[random.below(words.len())]);
            text.push_str(GAPS[random.below(GAPS.len())]);
        }
        check_tree(&text, seed);
        check_layout(&text, seed);
        let _ = charter::parse_fact(&text);
        let _ = charter::parse_assumption(&text);
        let _ = charter::parse_when(&text);
    }
}

#[test]
fn noise_is_reported_and_nothing_more() {
    for seed in 1..=60 {
        let mut random = Random::new(seed);
        let bytes: Vec<u8> = (0..random.below(4000)).map(|_| random.next() as u8).collect();
        for name in ["noise.charter", "noise.md"] {
            let parsed = parse(FileId(0), &SourceFile { name: name.into(), bytes: bytes.clone() });
            assert!(parsed.diagnostics.len() <= 202, "seed {seed}");
            for fault in &parsed.diagnostics {
                assert!(fault.primary.span.end as usize <= bytes.len() + 1, "seed {seed}: {fault:?}");
                assert!(fault.primary.span.start <= fault.primary.span.end, "seed {seed}: {fault:?}");
            }
        }
        check_tree(&String::from_utf8_lossy(&bytes), seed);
    }
}

/// A length that no line, and no block, may make slow; a second for each is ten times what an
/// unoptimised build takes.
#[test]
fn long_texts_take_linear_time() {
    let mut articles = String::from("charter x \"X\"\nparties PAK, SAU\n");
    for number in 0..5_000 {
        articles.push_str(&format!(
            "article {number}\n  when anyone attacks a party\n    each other party must assist the victim\n"
        ));
    }
    let mut conditions = String::from("charter x \"X\"\nparties PAK, SAU\narticle 1\n  when anyone attacks a party\n");
    for _ in 0..10_000 {
        conditions.push_str("  if FRA assists the victim\n");
    }
    conditions.push_str("    each other party must assist the victim\n");
    let one_line = format!("charter x \"X\"\nparties {}PAK\n", "PAK, ".repeat(100_000));
    let commas = ",".repeat(200_000);
    for text in [articles, conditions, one_line, commas] {
        let parsed = read(&text);
        assert!(parsed.diagnostics.len() <= 202);
        let _ = format(&source(&text));
    }
}
