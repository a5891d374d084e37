//! Opening a year, making a change durable and writing a snapshot, beside the least that these can cost.
//!
//! The files lie in the system's temporary folder; `TMPDIR` names another file system.

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

#[path = "../../../benches/ratio.rs"]
mod ratio;
#[path = "../../../benches/sample_year.rs"]
mod sample_year;

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Duration;

use divan::Bencher;
use divan::counter::BytesCount;
use jiff::Timestamp;
use kaohe_core::Change;
use kaohe_store::{BUILTIN_YEAR, DataFolder, OpenYear, write_file};
use ron::Options;
use ron::extensions::Extensions;
use ron::ser::PrettyConfig;
use serde::{Deserialize, Serialize};
use tempfile::TempDir;

use ratio::{Comparison, compare, timed};

/// All files lie in here; a static is never dropped, so `main` removes it.
static KEEP: LazyLock<TempDir> =
    LazyLock::new(|| tempfile::tempdir().expect("the temporary folder can be written"));
/// 60 units with 20 entries each.
static SMALL: LazyLock<Sample> = LazyLock::new(|| Sample::new("small", 60, 20));
/// 60 units, 9 indicators, 20 entries in each cell.
static LARGE: LazyLock<Sample> = LazyLock::new(|| Sample::new("large", 60, 9 * 20));
/// 10,000 units with 20 entries each.
static HUGE: LazyLock<Sample> = LazyLock::new(|| Sample::new("huge", 10_000, 20));
/// 60 units and nothing recorded: what rubrics and roster cost.
static EMPTY: LazyLock<Sample> = LazyLock::new(|| Sample::new("empty", 60, 0));

fn main() {
    if ratio::is_wanted() {
        ratios();
    }
    divan::main();
    fs::remove_dir_all(KEEP.path()).expect("the files are our own");
}

fn ratios() {
    for (sample, what, limit, n_rounds) in [
        (
            &SMALL,
            "open 60 units x 20 entries; floor: the ron crate reads the same journal",
            Some(Duration::from_millis(20)),
            41,
        ),
        (&LARGE, "open 60 x 9 x 20 entries; floor: the ron crate reads the same journal", None, 15),
        (&HUGE, "open 10,000 units x 20 entries; floor: the ron crate reads the same journal", None, 3),
    ] {
        let journal = sample.journal();
        compare(
            &Comparison { what, n_bytes: journal.len(), limit, at_most: Some(1.0) },
            n_rounds,
            || timed(|| sample.open()),
            || timed(|| read_lines(&journal)),
        );
    }
    append();
    snapshot();
}

fn append() {
    // A year of its own, for it grows.
    let sample = Sample::new("growing", 60, 20);
    let mut year = sample.open();
    let mut changes = sample.changes(&year).into_iter();
    let before = sample.journal().len();
    // Files that were written within the last seconds are read anew at every look; those of a year at work are older.
    std::thread::sleep(Duration::from_secs(4));
    let first = changes.next().expect("there are many");
    year.record(first, sample_year::now()).expect("the rubric allows it");
    let bytes = vec![b'.'; sample.journal().len() - before];

    let path = KEEP.path().join("floor");
    let mut file = OpenOptions::new().append(true).create(true).open(path).expect("a folder of our own");
    println!("(a change is a line of {} bytes)", bytes.len());
    compare(
        &Comparison {
            what: "record a change; floor: a bare append of as many bytes and fdatasync",
            n_bytes: 0,
            limit: None,
            at_most: Some(1.3),
        },
        201,
        || {
            let change = changes.next().expect("there are many");
            timed(|| year.record(change, sample_year::now()).expect("the rubric allows it").stamp.n)
        },
        || {
            timed(|| {
                file.write_all(&bytes).expect("there is room");
                file.sync_data().expect("there is room");
            })
        },
    );
}

fn snapshot() {
    let text = LARGE.snapshot();
    let journal = LARGE.text();
    compare(
        &Comparison {
            what: "snapshot of 60 x 9 x 20 entries, which checks the year first; floor: ron writes the text",
            n_bytes: text.len(),
            limit: None,
            at_most: None,
        },
        9,
        || timed(|| LARGE.snapshot()),
        || timed(|| write_text(&journal)),
    );

    let path = KEEP.path().join("year.ron");
    let (temporary, floor_path) = (KEEP.path().join("floor.tmp"), KEEP.path().join("floor.ron"));
    compare(
        &Comparison {
            what: "write it to a file, whole or not at all; floor: temporary file, sync and rename",
            n_bytes: text.len(),
            limit: None,
            at_most: Some(1.3),
        },
        21,
        || timed(|| write_file(&path, text.as_bytes())),
        || timed(|| write_and_rename(&temporary, &floor_path, text.as_bytes())),
    );
}

#[divan::bench(sample_count = 50, sample_size = 1)]
fn open_nothing_recorded(bencher: Bencher) {
    bencher.bench(|| EMPTY.open());
}

#[divan::bench(sample_count = 50, sample_size = 1)]
fn open_60_x_20(bencher: Bencher) {
    bencher.counter(BytesCount::new(SMALL.journal().len())).bench(|| SMALL.open());
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn open_60_x_9_x_20(bencher: Bencher) {
    bencher.counter(BytesCount::new(LARGE.journal().len())).bench(|| LARGE.open());
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn snapshot_60_x_20(bencher: Bencher) {
    bencher.counter(BytesCount::new(SMALL.snapshot().len())).bench(|| SMALL.snapshot());
}

/// A year on disk.
struct Sample {
    data: DataFolder,
}

impl Sample {
    fn new(name: &str, n_units: usize, n_entries: usize) -> Sample {
        let data = DataFolder::at(KEEP.path().join(name));
        sample_year::create(&data, n_units, n_entries);
        Sample { data }
    }

    fn open(&self) -> OpenYear {
        OpenYear::open(&self.data, BUILTIN_YEAR, sample_year::person()).expect("a sound year")
    }

    fn snapshot(&self) -> String {
        self.data.snapshot(BUILTIN_YEAR).expect("a sound year")
    }

    /// Returns the bytes of the only journal.
    fn journal(&self) -> Vec<u8> {
        let folder = self.data.year_path(BUILTIN_YEAR).join("journal");
        let paths =
            fs::read_dir(folder).expect("the year was created").filter_map(|it| Some(it.ok()?.path()));
        let journals: Vec<PathBuf> =
            paths.filter(|it| it.extension().is_some_and(|it| it == "ron")).collect();
        let [journal] = journals.as_slice() else { panic!("one person has written in this year") };
        fs::read(journal).expect("it was found just now")
    }

    fn text(&self) -> String {
        String::from_utf8(self.journal()).expect("a journal is UTF-8")
    }

    /// Returns changes that the year would take, many of them.
    fn changes(&self, year: &OpenYear) -> Vec<Change> {
        let ledger = year.ledger();
        let unit = |nth: usize| (nth, nth % ledger.roster().units.len());
        let change = |(nth, unit_idx): (usize, usize)| {
            let indicator = ledger.rubric_of(unit_idx).indicator(nth % 3);
            Change::Deduct(sample_year::deduction(ledger.unit(unit_idx).id.clone(), indicator, nth))
        };
        (0..1000).map(unit).map(change).collect()
    }
}

/// What a line of a journal says.
#[derive(Deserialize)]
struct Line {
    n: u64,
    #[serde(rename = "at")]
    _at: Timestamp,
    #[serde(rename = "change")]
    _change: Change,
    #[serde(rename = "prev")]
    _prev: String,
    #[serde(rename = "hash")]
    _hash: String,
}

/// Reads every line after the header.
fn read_lines(journal: &[u8]) -> Vec<Line> {
    let options = Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    let text = std::str::from_utf8(journal).expect("a journal is UTF-8");
    let lines: Vec<Line> =
        text.lines().skip(1).map(|it| options.from_str(it).expect("a sound line")).collect();
    assert!(lines.is_sorted_by_key(|it| it.n), "numbers rise");
    lines
}

#[derive(Serialize)]
struct Text<'t> {
    path: &'t str,
    text: &'t str,
}

fn write_text(text: &str) -> String {
    let config = PrettyConfig::new().struct_names(true).escape_strings(false).new_line("\n");
    let file = Text { path: "journal/w.ron", text };
    ron::ser::to_string_pretty(&file, config).expect("texts can be written")
}

fn write_and_rename(temporary: &Path, path: &Path, bytes: &[u8]) {
    let mut file = File::create(temporary).expect("a folder of our own");
    file.write_all(bytes).expect("there is room");
    file.sync_all().expect("there is room");
    fs::rename(temporary, path).expect("both lie in one folder");
}
