//! Files that are cut short, changed or made up: a fault, and never a panic.

use parquet::basic::Compression;
use parquet::file::properties::WriterVersion;
use parquet_tables::to_csv;

use crate::foreign::of_each_kind;
use crate::round::packed;

/// Small files, as ours are and as others are.
fn samples() -> [Vec<u8>; 3] {
    [
        packed("on,actor,basis\n1914,DEU,entente article 2\n1914,FRA,entente article 3\n1915,,\n"),
        of_each_kind(Compression::SNAPPY, WriterVersion::PARQUET_1_0),
        of_each_kind(Compression::UNCOMPRESSED, WriterVersion::PARQUET_2_0),
    ]
}

#[test]
fn what_is_no_parquet_is_told() {
    for bytes in
        [&b""[..], b"PAR1", b"PAR1PAR1", b"on,actor\n1914,DEU\n", b"PAR1\0\0\0\0PAR1", b"PAR1\xff\xff\xff\xffPAR1"]
    {
        let fault = to_csv(bytes.to_vec(), usize::MAX).expect_err("it is no table");
        assert!(fault.to_string().starts_with("cannot be read as Parquet: "), "{fault}");
    }
}

#[test]
fn a_file_cut_short_is_told() {
    for sample in samples() {
        for length in 0..sample.len() {
            assert!(to_csv(sample.get(..length).unwrap().to_vec(), usize::MAX).is_err(), "cut at {length}");
        }
    }
}

/// Whatever comes of it, it is an answer.
#[test]
fn no_changed_byte_is_a_panic() {
    for sample in samples() {
        let (mut read, mut refused) = (0, 0);
        for at in 0..sample.len() {
            for mask in [0x01, 0x80, 0xff] {
                let mut changed = sample.clone();
                changed[at] ^= mask;
                match to_csv(changed, 1_000) {
                    Ok(_) => read += 1,
                    Err(_) => refused += 1,
                }
            }
        }
        println!("of {} bytes: {read} changes are read, {refused} are refused", sample.len());
        assert!(read > 0 && refused > 0, "some bytes matter");
    }
}
