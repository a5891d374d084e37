//! Drives the screens the way people do: keys in, a picture in text out.

#![allow(dead_code, clippy::unwrap_used, reason = "each test file uses its part, and a test may unwrap")]

use std::path::PathBuf;
use std::{fs, io};

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, date};
use jiff::tz::Offset;
use kaohe_core::{Change, Deduction, Mark, Roster, Unit};
use kaohe_store::{DataFolder, NewYear, OpenYear, Person, StoreError, create_demo};
use kaohe_tui::replay::parse_script;
use kaohe_tui::settings::{Hints, Kept, Settings, TerminalKind};
use kaohe_tui::terminal::{Mouse, MouseKind};
use kaohe_tui::{App, Effect, Msg, World, act, refresh, view};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Size};
use tempfile::TempDir;
use unicode_width::UnicodeWidthStr;

/// The program with a terminal and a data folder of its own.
pub struct Tester {
    keep: TempDir,
    app: App,
    size: Size,
    is_disk_full: bool,
    /// Whether what goes on by itself goes on by one step a key.
    is_slow: bool,
    /// Set once the person has left.
    pub has_quit: bool,
}

fn now() -> Timestamp {
    "2023-11-06T01:12:33Z".parse().unwrap()
}

fn an_hour_later() -> Timestamp {
    "2023-11-06T02:12:33Z".parse().unwrap()
}

/// The clock on the wall of the office.
fn local(at: Timestamp) -> DateTime {
    Offset::constant(8).to_datetime(at)
}

fn today() -> Date {
    date(2023, 11, 6)
}

fn person() -> Person {
    Person { by: "张三".to_owned(), machine: "PC-1".to_owned() }
}

impl Tester {
    /// The built-in year, nothing recorded.
    pub fn year_2023() -> Tester {
        let keep = tempfile::tempdir().unwrap();
        NewYear::builtin(2023).create(&DataFolder::at(keep.path())).unwrap();
        Tester::at(keep)
    }

    /// The sample year.
    pub fn demo() -> Tester {
        let keep = tempfile::tempdir().unwrap();
        create_demo(&DataFolder::at(keep.path()), person(), now()).unwrap();
        Tester::at(keep)
    }

    /// The sample year after an earlier one: there 发改局 was not yet scored, 区粮食局 was, 政务新媒体 of 区直 went by
    /// another id and was worth five points more, and 年报 was called otherwise.
    pub fn demo_after_2022() -> Tester {
        let keep = tempfile::tempdir().unwrap();
        let data = DataFolder::at(keep.path());
        earlier_year(&data);
        create_demo(&data, person(), now()).unwrap();
        Tester::at(keep)
    }

    /// A year of the example rubric with one unit, where rules measure.
    pub fn service_hall() -> Tester {
        let rubric = include_bytes!("../../../../rubrics/examples/service-hall.ron");
        Tester::example(rubric, "窗口", &[("一号窗口", "")])
    }

    /// An office of four, of which two have a 标签; scored by weights, completion, opinions and places.
    pub fn college() -> Tester {
        let rubric = include_bytes!("../../../../rubrics/examples/college.ron");
        let units = [("教务处", "教学"), ("科研处", "涉密"), ("后勤处", "新设"), ("财务处", "")];
        Tester::example(rubric, "机关部处", &units)
    }

    /// Two villages, whose totals have grades.
    pub fn villages() -> Tester {
        let rubric = include_bytes!("../../../../rubrics/examples/village-year.ron");
        Tester::example(rubric, "村", &[("河东村", ""), ("河西村", "")])
    }

    /// Two streets, whose notices of two indicators are capped together.
    pub fn streets() -> Tester {
        let rubric = include_bytes!("../../../../rubrics/examples/safety.ron");
        Tester::example(rubric, "街道", &[("甲街道", ""), ("乙街道", "")])
    }

    /// Three offices that answer a hotline, whose values are held against each other's.
    pub fn hotline() -> Tester {
        let rubric = include_bytes!("../../../../rubrics/examples/hotline.ron");
        Tester::example(rubric, "承办单位", &[("公安局", ""), ("住建局", ""), ("水务局", "")])
    }

    /// Two websites.
    pub fn websites() -> Tester {
        let rubric = include_bytes!("../../../../rubrics/examples/website.ron");
        Tester::example(rubric, "网站", &[("甲局网站", ""), ("乙局网站", "")])
    }

    /// A year with this rubric and units `C1`, `C2` … with these names and 标签.
    fn example(rubric: &[u8], track: &str, units: &[(&str, &str)]) -> Tester {
        let keep = tempfile::tempdir().unwrap();
        let unit = |(number, (name, tag)): (usize, &(&str, &str))| Unit {
            id: format!("C{}", number + 1).into(),
            name: (*name).to_owned(),
            track: track.into(),
            short: String::new(),
            pinyin: String::new(),
            tags: tag.split_whitespace().map(str::to_owned).collect(),
            note: String::new(),
            retired: String::new(),
        };
        let units = units.iter().enumerate().map(unit).collect();
        let new =
            NewYear::builtin(2023).with_rubrics(&[("example.ron".to_owned(), rubric.to_vec())]).unwrap();
        let new = new.with_roster(Roster { note: String::new(), units });
        new.create(&DataFolder::at(keep.path())).unwrap();
        Tester::at(keep)
    }

    /// No year yet.
    pub fn empty() -> Tester {
        Tester::at(tempfile::tempdir().unwrap())
    }

    fn at(keep: TempDir) -> Tester {
        let size = Size { width: 80, height: 24 };
        let app = App::new(world(&keep), size);
        Tester { keep, app, size, is_disk_full: false, is_slow: false, has_quit: false }
    }

    /// The same folder, opened anew.
    pub fn restarted(mut self) -> Tester {
        // The journal is free only once the old one is gone.
        self.app.world.year = None;
        self.app = App::new(world(&self.keep), self.size);
        self
    }

    /// The same folder, opened anew after somebody has replaced all `from` in a file of the year.
    #[track_caller]
    pub fn with_file_edited(mut self, file: &str, from: &str, to: &str) -> Tester {
        self.app.world.year = None;
        let path = self.keep.path().join("2023").join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "no {from} in {file}");
        fs::write(&path, text.replace(from, to)).unwrap();
        self.restarted()
    }

    /// The same folder, opened anew after a text in the one journal of the year was damaged.
    #[track_caller]
    pub fn with_journal_damaged(mut self, from: &str, to: &str) -> Tester {
        self.app.world.year = None;
        let folder = self.keep.path().join("2023/journal");
        let mut files = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
        let path = files.find(|it| it.extension().is_some_and(|it| it == "ron")).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "no {from}");
        fs::write(path, text.replacen(from, to, 1)).unwrap();
        self.restarted()
    }

    /// Lets somebody repair the year meanwhile.
    pub fn repaired(self) -> Tester {
        let person = Person { by: "李四".to_owned(), machine: "PC-2".to_owned() };
        let repairs = DataFolder::at(self.keep.path()).repair(2023, &person, now()).unwrap().journals;
        assert_eq!(repairs.len(), 1);
        self
    }

    /// From here on nothing can be written, or everything again.
    pub fn with_full_disk(mut self, is_full: bool) -> Tester {
        self.is_disk_full = is_full;
        self
    }

    /// Lets somebody else work on the same year meanwhile.
    pub fn colleague(self, work: fn(&mut OpenYear, Timestamp)) -> Tester {
        let person = Person { by: "李四".to_owned(), machine: "PC-2".to_owned() };
        let mut year = OpenYear::open(&DataFolder::at(self.keep.path()), 2023, person).unwrap();
        work(&mut year, now());
        self
    }

    /// Lets the program do something to its year.
    pub fn with_year(mut self, work: impl FnOnce(&mut OpenYear)) -> Tester {
        work(self.app.world.year.as_mut().unwrap());
        self
    }

    /// Lets an hour pass.
    pub fn later(mut self) -> Tester {
        self.app.world.now = an_hour_later;
        self
    }

    /// Resizes the terminal.
    pub fn sized(mut self, width: u16, height: u16) -> Tester {
        self.size = Size { width, height };
        self.send(Msg::Resize(self.size));
        self
    }

    /// Presses keys: `2jj<enter>`; what stands in `<…>` is one key, such as `<esc>`, `<c-r>`, `<f4>`.
    pub fn keys(mut self, script: &str) -> Tester {
        for key in parse_script(script).unwrap() {
            // There was a picture before every key.
            self.app.shown();
            if refresh(&mut self.app) {
                self.send(Msg::Key(key));
            }
            while let Some(effect) = self.app.work() {
                if let Some(msg) = act(&mut self.app.world, effect) {
                    self.send(msg);
                }
                if self.is_slow {
                    break;
                }
            }
        }
        self
    }

    /// From here on what goes on by itself goes on by one step a key.
    pub fn slow(mut self) -> Tester {
        self.is_slow = true;
        self
    }

    /// There is another year as well, of the built-in rubrics.
    pub fn and_year(self, year: u16) -> Tester {
        NewYear::builtin(year).create(&DataFolder::at(self.keep.path())).unwrap();
        self
    }

    /// Exports go there unless a name is typed.
    pub fn exporting_to(mut self, path: &str) -> Tester {
        self.app.world.export_to = path.into();
        self
    }

    /// Where the data folder is, with all that the person has there.
    pub fn path(&self, name: &str) -> PathBuf {
        self.keep.path().join(name)
    }

    /// Changes the text of a file of the year, as a colleague may at any moment.
    pub fn edited(self, file: &str, from: &str, to: &str) -> Tester {
        let path = self.keep.path().join("2023").join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "no {from} in {file}");
        std::fs::write(path, text.replacen(from, to, 1)).unwrap();
        self
    }

    /// What the person has set.
    pub fn settings(&mut self) -> &mut Settings {
        &mut self.app.world.kept.settings
    }

    /// The settings file as it lies on the disk.
    pub fn settings_file(&self) -> String {
        fs::read_to_string(self.keep.path().join("settings.ron")).unwrap()
    }

    /// Lets somebody write the settings file.
    pub fn write_settings_file(&self, text: &str) {
        fs::write(self.keep.path().join("settings.ron"), text).unwrap();
    }

    /// What was kept of a settings file that somebody wrote.
    pub fn settings_backup(&self) -> String {
        fs::read_to_string(self.keep.path().join("settings.ron.bak")).unwrap()
    }

    /// Presses the left button where this text stands on the screen, so many cells behind its beginning.
    #[track_caller]
    pub fn click(self, text: &str, behind: u16) -> Tester {
        let (x, y) = self.place_of(text);
        self.mouse(MouseKind::Press, x + behind, y).mouse(MouseKind::Release, x + behind, y)
    }

    /// Moves the mouse, its button or its wheel.
    pub fn mouse(mut self, kind: MouseKind, x: u16, y: u16) -> Tester {
        self.send(Msg::Mouse(Mouse { kind, x, y }));
        self
    }

    /// Where a text begins on the screen, in cells.
    #[track_caller]
    pub fn place_of(&self, text: &str) -> (u16, u16) {
        let screen = self.screen();
        let at = screen.lines().enumerate().find_map(|(y, row)| Some((y, row.split_once(text)?.0.width())));
        let (y, x) = at.unwrap_or_else(|| panic!("no {text} on\n{screen}"));
        (u16::try_from(x).unwrap(), u16::try_from(y).unwrap())
    }

    /// Changes the text of a file of another year.
    pub fn edited_in(self, year: &str, file: &str, from: &str, to: &str) -> Tester {
        let path = self.keep.path().join(year).join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "no {from} in {file}");
        std::fs::write(&path, text.replacen(from, to, 1)).unwrap();
        self
    }

    /// Pastes a text.
    pub fn paste(mut self, text: &str) -> Tester {
        self.send(Msg::Paste(text.to_owned()));
        self
    }

    fn send(&mut self, msg: Msg) {
        let mut next = self.app.update(msg);
        while let Some(effect) = next.take() {
            match effect {
                Effect::Quit | Effect::Demo => self.has_quit = true,
                Effect::Suspend => next = self.app.update(Msg::NoShell),
                Effect::Record(_) | Effect::RecordOver { .. } if self.is_disk_full => {
                    let source = io::Error::from(io::ErrorKind::StorageFull);
                    let error = StoreError::Write { path: "journal".into(), source };
                    next = self.app.update(Msg::Recorded(Err(error.into())));
                }
                effect => next = act(&mut self.app.world, effect).and_then(|msg| self.app.update(msg)),
            }
        }
    }

    /// The picture, and where the caret is.
    pub fn drawn(&self) -> (Buffer, Option<Position>) {
        let mut terminal = Terminal::new(TestBackend::new(self.size.width, self.size.height)).unwrap();
        let mut caret = None;
        terminal
            .draw(|frame| {
                view(&self.app, frame);
            })
            .unwrap();
        let backend = terminal.backend();
        if backend.cursor_visible() {
            caret = Some(backend.cursor_position());
        }
        (backend.buffer().clone(), caret)
    }

    /// The picture as text. The data folder's name, which is another one each time, is a fixed one there.
    pub fn screen(&self) -> String {
        let folder = self.keep.path().file_name().unwrap().to_string_lossy().into_owned();
        rows(&self.drawn().0).join("\n").replace(&folder, ".tmpFOLDER")
    }

    /// The row that holds this text.
    #[track_caller]
    pub fn row_with(&self, text: &str) -> String {
        let screen = self.screen();
        let row = screen.lines().find(|it| it.contains(text));
        row.unwrap_or_else(|| panic!("no {text} on\n{screen}")).trim().to_owned()
    }

    /// The score of a unit.
    pub fn score(&self, unit: &str) -> String {
        let ledger = self.app.world.year.as_ref().unwrap().ledger();
        ledger.score(ledger.find_unit(unit).unwrap()).score.to_string()
    }
}

fn world(keep: &TempDir) -> World {
    let data = DataFolder::at(keep.path());
    let year = data.pick_year(None).ok().map(|it| OpenYear::open_to_look(&data, it, person()).unwrap());
    let settings = Settings { hints: Hints::Off, ..Settings::default() };
    let kept = Kept { path: Some(keep.path().join("settings.ron")), settings, ..Kept::default() };
    let terminal = TerminalKind::default();
    let export_to = keep.path().join("文档");
    fs::create_dir_all(&export_to).unwrap();
    World { data, year, past: None, person: person(), now, today, local, export_to, kept, terminal }
}

fn earlier_year(data: &DataFolder) {
    let district = include_str!("../../../../rubrics/2023/district.ron");
    let district = district.replace("id: \"new-media\"", "id: \"media\"");
    let district = district.replace("id: \"annual-report\"", "id: \"report\"");
    let district = district.replace("name: \"信息公开工作年报\"", "name: \"公开年报\"");
    let township = include_str!("../../../../rubrics/2023/township.ron");
    let rubrics = [("district.ron", district.as_str()), ("township.ron", township)];
    let rubrics = rubrics.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    let new = NewYear::builtin(2022).with_rubrics(&rubrics).unwrap();
    let mut roster = new.roster().clone();
    let gone = Unit {
        id: "Q99".into(),
        name: "区粮食局".to_owned(),
        short: "粮食局".to_owned(),
        ..roster.units[1].clone()
    };
    roster.units[0] = gone;
    new.with_roster(roster).create(data).unwrap();
    let mut year = OpenYear::open(data, 2022, person()).unwrap();
    let ledger = year.ledger().clone();
    let mut changes = Vec::new();
    for (unit_idx, unit) in ledger.roster().units.iter().enumerate() {
        for (indicator_idx, indicator) in ledger.rubric_of(unit_idx).indicators().enumerate() {
            let (unit, indicator) = (unit.id.clone(), indicator.id.clone());
            // Some lose the more, the further down they stand.
            if indicator_idx == unit_idx % 3 {
                let rule = ledger.rubric_of(unit_idx).indicator(indicator_idx).rules[0].id.clone();
                let day = date(2022, 5, 1);
                let mut deduction = Deduction::once(unit.clone(), indicator.clone(), rule, day);
                deduction.count = u32::try_from(unit_idx % 7).unwrap() + 1;
                changes.push(Change::Deduct(deduction));
            }
            changes.push(Change::Review { unit, indicator, to: Mark::Reviewed });
        }
    }
    year.record(Change::Batch { title: "上年".to_owned(), changes }, now()).unwrap();
}

/// The rows of a buffer as text: the cell that a wide character hides is not another blank.
pub fn rows(buffer: &Buffer) -> Vec<String> {
    let width = usize::from(buffer.area().width).max(1);
    let cells: Vec<&str> = buffer.content().iter().map(|it| it.symbol()).collect();
    let row = |cells: &[&str]| {
        let mut text = String::new();
        let mut n_hidden = 0;
        for symbol in cells {
            if n_hidden > 0 {
                n_hidden -= 1;
                continue;
            }
            text.push_str(symbol);
            n_hidden = symbol.width().saturating_sub(1);
        }
        text.trim_end().to_owned()
    };
    cells.chunks(width).map(row).collect()
}
