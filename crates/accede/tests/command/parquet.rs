//! Tables as Parquet: what a build with the feature does, and how one without it refuses.

use std::fs;
use std::path::Path;

use crate::common::accede;
use crate::data::{Folder, told};

/// Six years of the small charters, as these words say.
fn sweep<'a>(format: &'a str, out: &'a str) -> Vec<&'a str> {
    vec!["sweep", "--years", "1999-2004", "--corpus", "small", "--format", format, "--out", out]
}

#[cfg(not(feature = "parquet"))]
mod without {
    use super::{Folder, Path, accede, fs, sweep, told};

    #[test]
    fn without_parquet_a_file_is_told_and_the_others_are_read() {
        let folder = Folder::new("parquet-unread");
        fs::create_dir_all(folder.path("tables")).unwrap();
        fs::write(folder.path("tables/capabilities.parquet"), b"PAR1 and so on").unwrap();
        let (tables, out) = (folder.path("tables"), folder.path("made"));
        told(&["import", &tables, "--out", &out], &folder, "parquet-unread");
        assert!(!Path::new(&out).exists(), "there was nothing to import");
        fs::copy(crate::common::input().join("tables/member.csv"), folder.path("tables/member.csv")).unwrap();
        let output = accede(&["import", &tables, "--out", &out]).output();
        assert_eq!(output.status.code(), Some(1), "something was left out");
        assert!(Path::new(&out).join("atop-9001.charter").exists(), "and the rest was imported");
    }

    #[test]
    fn without_parquet_a_sweep_is_not_begun() {
        let folder = Folder::new("parquet-unwritten");
        let out = folder.path("rows.parquet");
        told(&sweep("parquet", &out), &folder, "parquet-unwritten");
        assert_eq!(fs::read_dir(folder.path("")).unwrap().count(), 0);
    }
}

#[cfg(feature = "parquet")]
mod with {
    use super::{Folder, Path, accede, fs, sweep, told};
    use parquet_tables::{Column, Kind, from_csv, to_csv};

    fn unpacked(path: &str) -> String {
        String::from_utf8(to_csv(fs::read(path).unwrap(), usize::MAX).unwrap()).unwrap()
    }

    /// A CSV file as a Parquet file, with all its cells as text.
    fn pack(csv: &Path, out: &str) {
        let text = fs::read_to_string(csv).unwrap();
        let names: Vec<&str> = text.lines().next().unwrap().split(',').map(|name| name.trim_matches('"')).collect();
        let columns: Vec<_> = names.into_iter().map(|name| Column { name, kind: Kind::Text }).collect();
        from_csv(text.as_bytes(), &columns, fs::File::create(out).unwrap()).unwrap();
    }

    #[test]
    fn a_sweep_reads_back_as_its_csv() {
        let folder = Folder::new("parquet-sweep");
        let (csv, packed) = (folder.path("rows.csv"), folder.path("rows.parquet"));
        for more in [&[][..], &["--day", "06-01"], &["--victims", "RUR"]] {
            let _ = (fs::remove_file(&csv), fs::remove_file(&packed));
            assert!(accede(&[&sweep("csv", &csv)[..], more].concat()).output().status.success());
            let output = accede(&[&sweep("parquet", &packed)[..], more].concat()).output();
            assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
            let rows = fs::read_to_string(&csv).unwrap();
            assert!(rows.lines().count() > 1, "there is something to read");
            assert_eq!(unpacked(&packed), rows);
            let said = format!("{} rows in {packed}\n", rows.lines().count() - 1);
            assert_eq!(String::from_utf8(output.stderr).unwrap(), said);
            assert_eq!(fs::read_dir(folder.path("")).unwrap().count(), 2, "nothing lies about");
        }
    }

    #[test]
    fn a_sweep_to_parquet_that_was_cut_short_goes_on() {
        let folder = Folder::new("parquet-resume");
        let (csv, packed) = (folder.path("rows.csv"), folder.path("rows.parquet"));
        assert!(accede(&sweep("csv", &csv)).output().status.success());
        let whole = fs::read_to_string(&csv).unwrap();
        let resumed = [&sweep("parquet", &packed)[..], &["--resume"]].concat();
        // All rows are there, and a folder is in the way of the file.
        fs::create_dir_all(&packed).unwrap();
        assert!(!accede(&sweep("parquet", &packed)).output().status.success());
        fs::remove_dir(&packed).unwrap();
        let (part, notes) = (folder.path("rows.parquet.part"), folder.path("rows.parquet.years"));
        assert_eq!(fs::read_to_string(&part).unwrap(), whole, "the rows are kept as CSV");
        assert!(!Path::new(&folder.path("rows.parquet.packed")).exists(), "and what was half made is not kept");
        let kept: Vec<String> = fs::read_to_string(&notes).unwrap().lines().map(str::to_owned).collect();
        assert!(accede(&resumed).output().status.success());
        assert_eq!(unpacked(&packed), whole);
        assert!(!Path::new(&part).exists() && !Path::new(&notes).exists());
        // As a sweep leaves it that was killed in its fourth year, in the middle of a row.
        fs::remove_file(&packed).unwrap();
        fs::write(&notes, format!("{}\n200", kept[..4].join("\n"))).unwrap();
        let length: usize = kept[3].split(' ').nth(1).unwrap().parse().unwrap();
        fs::write(&part, format!("{}2002,DE", whole.get(..length).unwrap())).unwrap();
        assert!(accede(&resumed).output().status.success());
        assert_eq!(unpacked(&packed), whole);
    }

    #[test]
    fn a_sweep_says_what_it_does_not_write_as_parquet() {
        let folder = Folder::new("parquet-refused");
        let out = folder.path("rows.parquet");
        told(&[&sweep("parquet", &out)[..], &["--count"]].concat(), &folder, "parquet-count");
        let words = ["sweep", "--years", "2000", "--corpus", "small", "--format", "parquet"];
        told(&words, &folder, "parquet-no-file");
        assert_eq!(fs::read_dir(folder.path("")).unwrap().count(), 0);
    }

    #[test]
    fn tables_are_read_alike_from_either() {
        let folder = Folder::new("parquet-import");
        let input = crate::common::input();
        fs::create_dir_all(folder.path("packed")).unwrap();
        for name in ["member", "states"] {
            pack(&input.join(format!("tables/{name}.csv")), &folder.path(&format!("packed/{name}.parquet")));
        }
        let (packed, one, other) = (folder.path("packed"), folder.path("one"), folder.path("other"));
        let tables = ["import", "tables/member.csv", "tables/states.csv", "--out", &one];
        let first = accede(&tables).output();
        let second = accede(&["import", &packed, "--out", &other]).output();
        assert_eq!(first.status.code(), second.status.code());
        let mut names: Vec<_> = fs::read_dir(&one).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        assert!(names.len() > 3, "{names:?}");
        for name in &names {
            let read = |made: &str| fs::read_to_string(Path::new(made).join(name)).unwrap();
            assert_eq!(read(&one), read(&other), "{}", name.display());
        }
        assert_eq!(fs::read_dir(&other).unwrap().count(), names.len());
        // So does every command that reads tables.
        let spells = folder.path("spells.parquet");
        pack(&input.join("measures/spells.csv"), &spells);
        let measured = |dyads: &str| {
            let table = ["--dyads", dyads, "--states", "tables/states.csv", "--format", "csv"];
            accede(&[&["measure", "ties", "--years", "1881"], &table[..]].concat()).output()
        };
        assert_eq!(measured("measures/spells.csv").stdout, measured(&spells).stdout);
        assert!(measured(&spells).status.success());
    }

    #[test]
    fn a_broken_file_is_no_fault_of_ours() {
        let folder = Folder::new("parquet-broken");
        let whole = folder.path("whole.parquet");
        pack(&crate::common::input().join("tables/states.csv"), &whole);
        let bytes = fs::read(&whole).unwrap();
        fs::remove_file(&whole).unwrap();
        let broken = folder.path("broken.parquet");
        fs::write(&broken, bytes.get(..bytes.len() / 2).unwrap()).unwrap();
        told(&["import", &broken, "--out", &folder.path("made")], &folder, "parquet-broken");
        // Over some changes the library panics.
        let mut contradictions = 0;
        for at in (bytes.len() / 2..bytes.len()).step_by(7) {
            let mut changed = bytes.clone();
            changed[at] ^= 0x01;
            fs::write(&broken, changed).unwrap();
            let output = accede(&["import", &broken, "--out", &folder.path("made"), "--force"]).output();
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(matches!(output.status.code(), Some(0..=2)), "byte {at}: {said}");
            contradictions += usize::from(said.contains("the file contradicts itself"));
        }
        assert!(contradictions > 0, "one of them is such");
    }
}
