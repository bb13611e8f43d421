//! Letters that deceive: names that mix look-alike scripts, and signs that reorder what is shown.
//! Read [`mixes_scripts`] first.

/// The three scripts whose letters are taken for each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LookAlike {
    Latin,
    Greek,
    Cyrillic,
}

fn look_alike(character: char) -> Option<LookAlike> {
    match u32::from(character) {
        0x41..=0x5A | 0x61..=0x7A | 0xC0..=0xD6 | 0xD8..=0xF6 | 0xF8..=0x24F | 0x1E00..=0x1EFF | 0xFF21..=0xFF5A => {
            Some(LookAlike::Latin)
        }
        0x370..=0x3FF | 0x1F00..=0x1FFF => Some(LookAlike::Greek),
        0x400..=0x52F | 0x1C80..=0x1C8F | 0x2DE0..=0x2DFF | 0xA640..=0xA69F => Some(LookAlike::Cyrillic),
        _ => None,
    }
}

/// The first word of `text` that takes letters from more than one look-alike script.
pub(crate) fn mixes_scripts(text: &str) -> Option<&str> {
    if text.is_ascii() {
        return None;
    }
    text.split(|character: char| !character.is_alphanumeric()).find(|word| {
        let mut scripts = word.chars().filter_map(look_alike);
        scripts.next().is_some_and(|first| scripts.any(|other| other != first))
    })
}

/// Where the first sign stands that changes the direction in which text is shown, and how many
/// bytes it takes.
pub(crate) fn first_bidirectional_control(text: &str) -> Option<(usize, usize)> {
    if text.is_ascii() {
        return None;
    }
    let is_control = |character: char| matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.char_indices().find(|(_, character)| is_control(*character)).map(|(at, character)| (at, character.len_utf8()))
}
