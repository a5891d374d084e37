//! The seeds of the fuzz targets, whole, cut off and with flipped bytes, through the functions that the targets call.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test may")]

#[path = "../fuzz/readers/mod.rs"]
mod readers;

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Instant;

use readers::{READERS, Reader};

/// In how many places each seed is cut off, and a byte of it flipped.
const N_PLACES: usize = 200;
/// The same where each text is read as a whole year on the disk, and repaired; tests of the store flip every byte.
const N_PLACES_OF_A_YEAR: usize = 30;
/// The most bytes of a target's seeds, mutations included, that are read: a large seed is damaged in fewer places.
const MAX_BYTES: usize = 16 << 20;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The names of the files in a folder, without their endings.
fn names(folder: &str, ending: &str) -> BTreeSet<String> {
    let items = fs::read_dir(root().join(folder)).unwrap();
    let names = items.map(|it| it.unwrap().file_name().into_string().unwrap());
    names.filter_map(|it| it.strip_suffix(ending).map(str::to_owned)).collect()
}

/// A target's seeds, each with its name, in order.
fn seeds(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = root().join("fuzz/seeds").join(target);
    let items = fs::read_dir(&folder).unwrap_or_else(|it| panic!("{}: {it}", folder.display()));
    let read = |path: PathBuf| (path.display().to_string(), fs::read(path).unwrap());
    let mut seeds: Vec<_> = items.map(|it| read(it.unwrap().path())).collect();
    seeds.sort();
    seeds
}

/// Numbers that look random, the same each time.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % n as u64).unwrap()
    }
}

/// Gives bytes to the reader; where a law is broken, says with which bytes.
fn read(reader: Reader, what: &str, bytes: &[u8]) {
    if catch_unwind(AssertUnwindSafe(|| reader(bytes))).is_err() {
        let path = std::env::temp_dir().join("kaohe-fuzz-seed");
        fs::write(&path, bytes).unwrap();
        panic!("{what}; these bytes are in {}", path.display());
    }
}

/// Replays a target's seeds, then each cut off and with one byte flipped.
#[track_caller]
fn check(target: &str) {
    let started = Instant::now();
    let (_, reader) = READERS.into_iter().find(|it| it.0 == target).unwrap();
    let seeds = seeds(target);
    assert!(!seeds.is_empty(), "{target} has no seeds");
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut n_read = 0;
    for (name, bytes) in &seeds {
        read(reader, name, bytes);
        n_read += 1;
        if bytes.is_empty() {
            continue;
        }
        let n_most = if target.starts_with("journal") { N_PLACES_OF_A_YEAR } else { N_PLACES };
        let n_places = n_most.min(MAX_BYTES / seeds.len() / bytes.len()).min(bytes.len());
        for place in 0..n_places {
            let len = place * bytes.len() / n_places;
            read(reader, &format!("{name} cut off after {len} bytes"), &bytes[..len]);
            let (idx, bit) = (random.below(bytes.len()), random.below(8));
            let mut flipped = bytes.clone();
            flipped[idx] ^= 1 << bit;
            read(reader, &format!("{name} with bit {bit} of byte {idx} flipped"), &flipped);
            n_read += 2;
        }
    }
    println!("{target}: {n_read} texts of {} seeds in {:?}", seeds.len(), started.elapsed());
}

macro_rules! replays {
    ($($target:ident)*) => {
        /// The targets that a test replays.
        const REPLAYED: &[&str] = &[$(stringify!($target)),*];

        $(#[test]
        fn $target() {
            check(stringify!($target));
        })*
    };
}

replays! { rubric roster year journal journal_sealed snapshot entries_csv self_csv units_csv workbook form backup texts }

#[test]
fn every_target_has_a_reader_seeds_and_a_replay() {
    let replayed: BTreeSet<String> = REPLAYED.iter().map(|it| (*it).to_owned()).collect();
    let readers: BTreeSet<String> = READERS.iter().map(|it| it.0.to_owned()).collect();
    assert_eq!(readers, replayed);
    assert_eq!(names("fuzz/fuzz_targets", ".rs"), replayed);
    assert_eq!(names("fuzz/seeds", ""), replayed);
    let manifest = fs::read_to_string(root().join("fuzz/Cargo.toml")).unwrap();
    for name in &replayed {
        assert!(manifest.contains(&format!("name = \"{name}\"\n")), "{name} is no binary");
        let target = fs::read_to_string(root().join(format!("fuzz/fuzz_targets/{name}.rs"))).unwrap();
        assert!(target.contains(&format!("kaohe_fuzz::{name}(bytes)")), "{name} calls another reader");
    }
}
