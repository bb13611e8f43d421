//! The design page of the language, where it lies beside this checkout: every block of it is read
//! alone and together with the others, and every scenario in it holds.

use charter::{Library, load};
use law::Corpus;

use crate::blocks;
use crate::library::{errors, project, root, text, told};

/// The page's blocks; none, and a reason, where the page is not there.
fn design() -> Option<Vec<String>> {
    let found = ["../shared", "../../shared"]
        .iter()
        .find_map(|shared| std::fs::read_to_string(root().join(shared).join("design/LANGUAGE.md")).ok());
    let Some(page) = found else {
        println!("skipped: the design page is not beside this checkout");
        return None;
    };
    let blocks = blocks::of(&page).into_iter().filter(blocks::Block::is_charter);
    Some(blocks.map(|block| block.text).collect())
}

/// What of the library's own scenarios does not hold, and how many expectations were tried.
pub(crate) fn failures(library: &Library) -> (Vec<String>, usize) {
    let corpus = Corpus::new(library.prelude.clone(), library.charters.clone());
    let given = library.charters.get(..library.given).unwrap_or_default();
    let scenarios = given.iter().flat_map(|charter| &charter.scenarios).chain(&library.scenarios);
    let mut failures = Vec::new();
    let mut count = 0;
    for case in scenarios.flat_map(reason::cases) {
        let report = reason::run(&corpus, &case);
        count += report.tried.len();
        let variant = case.variant.as_ref().map(|variant| format!(" / {variant}")).unwrap_or_default();
        for tried in report.tried.iter().filter(|tried| tried.instead.is_some()) {
            failures.push(format!("{}{variant}: {tried:?}", case.scenario));
        }
    }
    (failures, count)
}

#[test]
fn each_block_alone_compiles_before_the_projects_charters() {
    let Some(blocks) = design() else { return };
    let base = project();
    assert!(blocks.len() >= 4, "the blocks of the page were found");
    for block in blocks {
        let files = [text("block.charter", block)];
        let library = load(&files, Some(&base));
        assert_eq!(errors(&library), Vec::<&str>::new(), "{}", told(&files, &library));
        let (failures, _) = failures(&library);
        assert_eq!(failures, Vec::<String>::new());
    }
}

#[test]
fn all_blocks_together_compile_and_their_scenarios_hold() {
    let Some(blocks) = design() else { return };
    let named = blocks.into_iter().enumerate();
    let files: Vec<_> = named.map(|(at, block)| text(&format!("block-{}.charter", at + 1), block)).collect();
    let library = load(&files, None);
    assert_eq!(errors(&library), Vec::<&str>::new(), "{}", told(&files, &library));
    let (failures, count) = failures(&library);
    assert_eq!(failures, Vec::<String>::new());
    assert!(count >= 8, "the page's expectations were found, not {count}");
}
