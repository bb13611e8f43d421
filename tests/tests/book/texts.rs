//! `tests/texts`: good texts, of which nothing is said, and bad ones, each beside all that is said
//! of it.

use charter::{format, load};

use crate::language_blocks::failures;
use crate::library::{in_folder, project, root, same, told};

#[test]
fn of_good_texts_nothing_is_said() {
    let base = project();
    let texts = in_folder(&root().join("tests/texts/good"));
    assert!(!texts.is_empty(), "the good texts were found");
    for file in texts {
        let files = [file];
        let library = load(&files, Some(&base));
        assert!(library.diagnostics.is_empty(), "{}", told(&files, &library));
        let (failures, _) = failures(&library);
        assert_eq!(failures, Vec::<String>::new());
        let [file] = &files;
        let laid_out = format(file).expect("what has no errors can be laid out");
        let again = format(&charter::SourceFile { bytes: laid_out.clone().into_bytes(), ..file.clone() });
        assert_eq!(again.as_ref(), Ok(&laid_out), "{} is laid out twice", file.name);
    }
}

#[test]
fn each_bad_text_gets_the_messages_beside_it() {
    let base = project();
    let folder = root().join("tests/texts/bad");
    let texts = in_folder(&folder);
    assert!(!texts.is_empty(), "the bad texts were found");
    for file in texts {
        let path = folder.join(&file.name).with_extension("txt");
        let files = [file];
        let library = load(&files, Some(&base));
        assert!(!library.diagnostics.is_empty(), "{} is not bad", path.display());
        same(&path, &told(&files, &library));
    }
}
