//! From a key press to the new frame, beside the floor program of `examples/floor.rs`.
//!
//! The frame goes into a buffer of 120 × 40 cells; what a terminal adds is measured from outside. Only where a key
//! records something is the disk in the time, and then on both sides.

#[path = "../examples/floor/table.rs"]
mod floor_table;
#[path = "../../../benches/ratio.rs"]
mod ratio;
#[path = "../../../benches/sample_year.rs"]
mod sample_year;

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::sync::LazyLock;
use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use divan::Bencher;
use jiff::civil::{Date, date};
use kaohe_store::{BUILTIN_YEAR, DataFolder, OpenYear};
use kaohe_tui::settings::{Kept, TerminalKind};
use kaohe_tui::{App, Msg, World, act, view};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;
use tempfile::TempDir;

use floor_table::FloorTable;
use ratio::{Comparison, compare, timed};

const SIZE: Size = Size { width: 120, height: 40 };
/// What a key press and its frame may take.
const LIMIT: Option<Duration> = Some(Duration::from_millis(2));
const N_UNITS: usize = 60;
/// As many units as a whole province might have.
const N_MANY: usize = 10_000;
/// What a key press and its frame may take among so many, and sorting them.
const LIMIT_MANY: Option<Duration> = Some(Duration::from_millis(5));
const LIMIT_SORT: Option<Duration> = Some(Duration::from_millis(100));
const N_ENTRIES: usize = 20;

/// All files lie in here; a static is never dropped, so `main` removes it.
static KEEP: LazyLock<TempDir> =
    LazyLock::new(|| tempfile::tempdir().expect("the temporary folder can be written"));
static DATA: LazyLock<DataFolder> = LazyLock::new(|| {
    let data = DataFolder::at(KEEP.path().join("data"));
    sample_year::create(&data, N_UNITS, N_ENTRIES);
    data
});

static MANY: LazyLock<DataFolder> = LazyLock::new(|| {
    let data = DataFolder::at(KEEP.path().join("many"));
    sample_year::create_in_batches(&data, N_MANY, 5);
    data
});

fn main() {
    if ratio::is_wanted() {
        ratios();
    }
    divan::main();
    fs::remove_dir_all(KEEP.path()).expect("the files are our own");
}

fn ratios() {
    let mut screen = Screen::new();
    let mut floor = Floor::new();
    let comparison = |what| Comparison { what, n_bytes: 0, limit: LIMIT, at_most: Some(1.2) };

    let (mut keys, mut floor_keys) = (there_and_back(), there_and_back());
    compare(
        &comparison("an arrow key on the matrix, 60 units; floor: an arrow key on its table"),
        240,
        || timed(|| screen.press(keys.next())),
        || timed(|| floor.press(floor_keys.next())),
    );
    compare(
        &comparison("open the ranking; floor: sort its table"),
        101,
        || {
            let time = timed(|| screen.press(Some(KeyCode::Char('r'))));
            screen.press(Some(KeyCode::Esc));
            time
        },
        || {
            floor = Floor::new();
            timed(|| floor.press(Some(KeyCode::Char('s'))))
        },
    );
    compare(
        &Comparison {
            what: "the first frame of a year that is open already; floor: its first frame",
            n_bytes: 0,
            limit: None,
            at_most: Some(1.5),
        },
        51,
        || {
            let world = world();
            timed(move || Screen::of(world))
        },
        || timed(Floor::new),
    );
    many();
    deduct();
}

/// The matrix of a year of 10,000 units.
fn many() {
    let mut screen = Screen::of(world_in(&MANY));
    let mut floor = Floor::new();
    let comparison = |what, limit| Comparison { what, n_bytes: 0, limit, at_most: None };
    let (mut keys, mut floor_keys) = (there_and_back(), there_and_back());
    compare(
        &comparison("an arrow key on the matrix, 10,000 units; floor: an arrow key on its table", LIMIT_MANY),
        240,
        || timed(|| screen.press(keys.next())),
        || timed(|| floor.press(floor_keys.next())),
    );
    let mut orders = ['4', '7', '2', '1'].into_iter().cycle();
    compare(
        &comparison("sort 10,000 units; floor: sort its table", LIMIT_SORT),
        41,
        || {
            screen.press(Some(KeyCode::Char('o')));
            timed(|| screen.press(orders.next().map(KeyCode::Char)))
        },
        || {
            floor = Floor::new();
            timed(|| floor.press(Some(KeyCode::Char('s'))))
        },
    );
}

/// The key that deducts, its line on the disk, and the frame that says so.
fn deduct() {
    let data = DataFolder::at(KEEP.path().join("growing"));
    sample_year::create(&data, N_UNITS, N_ENTRIES);
    let mut screen = Screen::of(world_in(&data));
    let n_records = |screen: &Screen| screen.app.world.year.as_ref().map_or(0, |it| it.records().len());
    let n_before = n_records(&screen);
    let mut floor = Floor::new();
    let mut floor_keys = there_and_back();
    let path = KEEP.path().join("floor");
    let mut file = OpenOptions::new().append(true).create(true).open(path).expect("a folder of our own");
    compare(
        &Comparison {
            what: "deduct; floor: append 200 bytes, fdatasync and draw its table",
            n_bytes: 0,
            limit: None,
            at_most: Some(1.3),
        },
        101,
        || timed(|| screen.press(Some(KeyCode::Char('1')))),
        || {
            timed(|| {
                append(&mut file);
                floor.press(floor_keys.next());
            })
        },
    );
    assert!(n_records(&screen) >= n_before + 101, "every key has recorded a deduction");
}

fn append(file: &mut File) {
    file.write_all(&[b'.'; 200]).expect("there is room");
    file.sync_data().expect("there is room");
}

#[divan::bench(sample_count = 100, sample_size = 1)]
fn arrow_key(bencher: Bencher) {
    let mut screen = Screen::new();
    let mut keys = there_and_back();
    bencher.bench_local(|| screen.press(keys.next()));
}

#[divan::bench(sample_count = 100, sample_size = 1)]
fn arrow_key_without_frame(bencher: Bencher) {
    let mut screen = Screen::new();
    let mut keys = there_and_back();
    bencher.bench_local(|| screen.send(keys.next()));
}

/// What a held key costs where its repeats are taken before drawing.
#[divan::bench(sample_count = 50, sample_size = 1)]
fn two_hundred_arrow_keys_and_one_frame(bencher: Bencher) {
    let mut screen = Screen::new();
    let mut keys = there_and_back();
    bencher.bench_local(|| {
        for _ in 0..200 {
            screen.send(keys.next());
        }
        screen.draw();
    });
}

#[divan::bench(sample_count = 50, sample_size = 1)]
fn open_ranking_and_go_back(bencher: Bencher) {
    let mut screen = Screen::new();
    bencher.bench_local(|| {
        screen.press(Some(KeyCode::Char('r')));
        screen.press(Some(KeyCode::Esc));
    });
}

#[divan::bench(sample_count = 30, sample_size = 1)]
fn model_and_first_frame(bencher: Bencher) {
    bencher.with_inputs(world).bench_values(Screen::of);
}

#[divan::bench(sample_count = 30, sample_size = 1)]
fn open_model_and_first_frame(bencher: Bencher) {
    bencher.bench(Screen::new);
}

#[divan::bench(sample_count = 100, sample_size = 1)]
fn arrow_key_among_10_000_units(bencher: Bencher) {
    let mut screen = Screen::of(world_in(&MANY));
    let mut keys = there_and_back();
    bencher.bench_local(|| screen.press(keys.next()));
}

/// The ranking, who lost points by one rule, the differences by unit, and one indicator's units; `>` is Enter.
#[divan::bench(args = ["r", "p>", "dt", "i"], sample_count = 100, sample_size = 1)]
fn arrow_key_in_a_list_of_10_000_units(bencher: Bencher, open: &str) {
    let mut screen = Screen::of(world_in(&MANY));
    for key in open.chars() {
        screen.press(Some(if key == '>' { KeyCode::Enter } else { KeyCode::Char(key) }));
    }
    let mut keys = there_and_back();
    bencher.bench_local(|| screen.press(keys.next()));
}

#[divan::bench(sample_count = 40, sample_size = 1)]
fn sort_10_000_units(bencher: Bencher) {
    let mut screen = Screen::of(world_in(&MANY));
    let mut orders = ['4', '7', '2', '3', '5', '9', '1'].into_iter().cycle();
    bencher.bench_local(|| {
        screen.press(Some(KeyCode::Char('o')));
        screen.press(orders.next().map(KeyCode::Char));
    });
}

#[divan::bench(sample_count = 40, sample_size = 1)]
fn filter_10_000_units(bencher: Bencher) {
    let mut screen = Screen::of(world_in(&MANY));
    let mut filters = ['2', '4', '5', '1'].into_iter().cycle();
    bencher.bench_local(|| {
        screen.press(Some(KeyCode::Char('f')));
        screen.press(filters.next().map(KeyCode::Char));
    });
}

/// The key that deducts, its line on the disk, and everything of the class computed anew.
#[divan::bench(sample_count = 40, sample_size = 1)]
fn deduct_among_10_000_units(bencher: Bencher) {
    let data = DataFolder::at(KEEP.path().join("growing-many"));
    sample_year::create_in_batches(&data, N_MANY, 5);
    let mut screen = Screen::of(world_in(&data));
    bencher.bench_local(|| screen.press(Some(KeyCode::Char('1'))));
}

/// All units marked, and what a deduction does to each of them.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn preview_for_10_000_units(bencher: Bencher) {
    let mut screen = Screen::of(world_in(&MANY));
    screen.press(Some(KeyCode::Char('V')));
    bencher.bench_local(|| {
        screen.press(Some(KeyCode::Char('1')));
        screen.press(Some(KeyCode::Esc));
    });
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn find_among_10_000_units(bencher: Bencher) {
    let mut screen = Screen::of(world_in(&MANY));
    bencher.bench_local(|| {
        screen.press(Some(KeyCode::Char('/')));
        screen.press(Some(KeyCode::Char('7')));
        screen.press(Some(KeyCode::Enter));
    });
}

#[divan::bench(sample_count = 100, sample_size = 1)]
fn floor_arrow_key(bencher: Bencher) {
    let mut floor = Floor::new();
    let mut keys = there_and_back();
    bencher.bench_local(|| floor.press(keys.next()));
}

/// Down to the last of the units and up again.
fn there_and_back() -> impl Iterator<Item = KeyCode> {
    let down = std::iter::repeat_n(KeyCode::Down, N_UNITS - 1);
    let up = std::iter::repeat_n(KeyCode::Up, N_UNITS - 1);
    down.chain(up).cycle()
}

fn world() -> World {
    world_in(&DATA)
}

fn world_in(data: &DataFolder) -> World {
    fn today() -> Date {
        date(2023, 11, 6)
    }
    let person = sample_year::person();
    let year = OpenYear::open(data, BUILTIN_YEAR, person.clone()).expect("a sound year");
    let local = |it: jiff::Timestamp| jiff::tz::TimeZone::UTC.to_datetime(it);
    let export_to = data.path().to_owned();
    World {
        data: data.clone(),
        year: Some(year),
        past: None,
        person,
        now: sample_year::now,
        today,
        local,
        export_to,
        kept: Kept::default(),
        terminal: TerminalKind::default(),
    }
}

/// The program with a terminal that is a buffer.
struct Screen {
    app: App,
    terminal: Terminal<TestBackend>,
}

impl Screen {
    fn new() -> Screen {
        Screen::of(world())
    }

    /// Draws the first frame too.
    fn of(world: World) -> Screen {
        let mut screen = Screen { app: App::new(world, SIZE), terminal: terminal() };
        screen.draw();
        screen
    }

    fn press(&mut self, key: Option<KeyCode>) {
        self.send(key);
        self.draw();
    }

    fn send(&mut self, key: Option<KeyCode>) {
        let key = KeyEvent::new(key.expect("the keys never end"), KeyModifiers::NONE);
        let mut next = self.app.update(Msg::Key(key));
        while let Some(effect) = next.take() {
            next = act(&mut self.app.world, effect).and_then(|msg| self.app.update(msg));
        }
    }

    fn draw(&mut self) {
        self.terminal.draw(|frame| view(&self.app, frame)).expect("a buffer takes every frame");
    }
}

/// The floor program with a terminal that is a buffer.
struct Floor {
    table: FloorTable,
    terminal: Terminal<TestBackend>,
}

impl Floor {
    fn new() -> Floor {
        let mut floor = Floor { table: FloorTable::new(), terminal: terminal() };
        floor.draw();
        floor
    }

    fn press(&mut self, key: Option<KeyCode>) {
        self.table.press(key.expect("the keys never end"));
        self.draw();
    }

    fn draw(&mut self) {
        self.terminal.draw(|frame| self.table.draw(frame)).expect("a buffer takes every frame");
    }
}

fn terminal() -> Terminal<TestBackend> {
    Terminal::new(TestBackend::new(SIZE.width, SIZE.height)).expect("a buffer is always there")
}
