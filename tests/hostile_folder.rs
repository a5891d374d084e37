//! A data folder that somebody has tampered with: huge files, names that lead out, characters that drive a terminal.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod support;

use std::fs::{self, File};
use std::path::Path;

use jiff::civil::date;
use kaohe_core::{Change, Deduction};
use kaohe_store::{DataFolder, OpenYear, Person};
use support::Desk;

/// What people run; all of it reads the year.
const READING: [&str; 7] = [
    "check",
    "score",
    "log",
    "rank",
    "explain 区教育局 1",
    "export --format ron",
    "review --unit 区教育局 --indicator 1",
];

/// A file that says it holds a gigabyte, and takes no room.
fn huge(path: &Path) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    File::create(path).unwrap().set_len(1 << 30).unwrap();
}

/// Says that a huge file of this name is told of by all commands, none of which changes anything.
#[track_caller]
fn check_refused(file: &str) {
    let desk = Desk::with_year();
    huge(&desk.path(&format!("data/2023/{file}")));
    let before = listing(&desk.path("data"));
    for command in READING {
        let outcome = desk.run(command);
        assert_eq!(outcome.status, if command == "check" { 1 } else { 4 }, "{command}: {}", outcome.err);
        assert_eq!(outcome.out, b"", "{command}");
        let is_told = outcome
            .err
            .lines()
            .any(|it| it.contains(file) && it.contains("文件太大（1024 MB") && it.contains("[E-large]"));
        assert!(is_told, "{command}: {}", outcome.err);
    }
    assert_eq!(listing(&desk.path("data")), before);
}

/// All files below a folder, with their lengths: the huge one is not read here either.
fn listing(folder: &Path) -> Vec<(String, u64)> {
    let mut files = Vec::new();
    for item in fs::read_dir(folder).unwrap() {
        let item = item.unwrap();
        let metadata = item.metadata().unwrap();
        if metadata.is_dir() {
            files.extend(listing(&item.path()));
        } else {
            files.push((item.path().display().to_string(), metadata.len()));
        }
    }
    files.sort();
    files
}

#[test]
fn a_huge_file_that_would_be_read_is_named_and_not_read() {
    for file in [
        "year.ron",
        "units.ron",
        "rubrics/district.ron",
        "rubrics/other.ron",
        "versions/ab.ron",
        "journal/zhang.ron",
    ] {
        check_refused(file);
    }
}

#[test]
fn several_huge_files_are_all_named_at_once() {
    let desk = Desk::with_year();
    let files = ["journal/a.ron", "journal/b.ron", "rubrics/c.ron"];
    for file in files {
        huge(&desk.path(&format!("data/2023/{file}")));
    }
    let err = desk.run("check").err;
    assert!(files.iter().all(|it| err.contains(it)) && err.ends_with("共 3 处问题。\n"), "{err}");
}

#[test]
fn a_huge_file_that_nothing_reads_is_in_nobodys_way() {
    let desk = Desk::with_year();
    let strays = ["core.dump", "rubrics/a.bak", "rubrics/..ron", "journal/a.csv", "journal/-.ron"];
    for file in strays {
        huge(&desk.path(&format!("data/2023/{file}")));
    }
    let outcome = desk.run("check");
    assert_eq!((outcome.status, outcome.err.lines().count()), (0, strays.len()), "{}", outcome.err);
    for (file, line) in strays.iter().map(|it| (it, outcome.err.lines().find(|line| line.contains(it)))) {
        assert!(line.is_some_and(|it| it.contains("[W-stray]")), "{file}: {}", outcome.err);
    }
    desk.ok("review --unit 区教育局 --indicator 1");
    desk.ok("score");
}

#[test]
fn a_huge_file_that_a_backup_would_take_in_is_named_and_the_change_is_recorded() {
    let desk = Desk::with_year();
    huge(&desk.path("data/2023/journal/notes.txt"));
    let outcome = desk.run("review --unit 区教育局 --indicator 1");
    assert_eq!(outcome.status, 0, "{}", outcome.err);
    assert!(
        outcome.err.contains("journal/notes.txt 太大") && outcome.err.lines().count() == 1,
        "{}",
        outcome.err
    );
    assert!(desk.ok("log").contains("标为已复核"));
    assert!(!desk.path("data/backups").exists());
}

#[test]
fn a_huge_journal_of_a_colleagues_copy_is_named_and_not_read() {
    let desk = Desk::with_year();
    desk.ok("init 2023 --data li");
    huge(&desk.path("li/2023/journal/li.ron"));
    let before = listing(&desk.path("data"));
    let outcome = desk.run("merge li");
    assert_ne!(outcome.status, 0);
    assert!(outcome.err.contains("li/2023/journal/li.ron：文件太大（1024 MB"), "{}", outcome.err);
    fs::remove_file(desk.path("li/2023/journal/li.ron")).unwrap();
    huge(&desk.path("li/2023/year.ron"));
    let outcome = desk.run("merge li/2023");
    assert_ne!(outcome.status, 0);
    assert!(outcome.err.contains("li/2023/year.ron：文件太大（1024 MB"), "{}", outcome.err);
    assert_eq!(listing(&desk.path("data")), before);
}

#[cfg(unix)]
#[test]
fn a_pipe_or_a_device_in_the_folder_keeps_nobody_waiting() {
    let desk = Desk::with_year();
    let pipe = desk.path("data/2023/journal/pipe.ron");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    std::os::unix::fs::symlink("/dev/zero", desk.path("data/2023/rubrics/zero.ron")).unwrap();
    for command in READING {
        let outcome = desk.run(command);
        assert_ne!(outcome.status, 0, "{command}");
        for file in ["journal/pipe.ron", "rubrics/zero.ron"] {
            let is_told = outcome.err.lines().any(|it| it.contains(file) && it.contains("[E-link]"));
            assert!(is_told, "{command}: {}", outcome.err);
        }
    }
}

#[test]
fn no_id_leads_out_of_the_folder() {
    // What lies outside is such that it would be taken if it were read, and would be seen to be written.
    let outside = |desk: &Desk| {
        for name in ["evil.ron", "data/evil.ron"] {
            fs::copy(desk.path("data/2023/rubrics/district.ron"), desk.path(name)).unwrap();
        }
    };
    for (file, from, to) in [
        ("year.ron", "\"district\"", "\"../../../evil\""),
        ("year.ron", "\"district\"", "\"../../evil\""),
        ("year.ron", "\"district\"", "\"/etc/passwd\""),
        ("rubrics/district.ron", "id: \"district\"", "id: \"../../evil\""),
        ("units.ron", "\"Q01\"", "\"../../Q01\""),
    ] {
        let desk = Desk::with_year();
        outside(&desk);
        let path = desk.path(&format!("data/2023/{file}"));
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "no {from} in {file}");
        fs::write(&path, text.replacen(from, to, 1)).unwrap();
        for command in READING {
            let status = if command == "check" { 1 } else { 4 };
            let err = desk.fails(status, command);
            assert!(err.contains("data/2023/") || err.contains("已存的文件有"), "{to}: {command}: {err}");
        }
    }
}

#[test]
fn names_in_a_snapshot_lead_nowhere() {
    let desk = Desk::with_year();
    let snapshot = desk.ok("export --format ron");
    for name in ["../evil.ron", "rubrics/../../evil.ron", "/tmp/evil.ron", "rubrics/a/b.ron", "journal/.ron"]
    {
        let text = snapshot.replacen("\"rubrics/district.ron\"", &format!("\"{name}\""), 1);
        assert!(text != snapshot);
        desk.file("bad.ron", text);
        let err = desk.fails(3, "import year bad.ron --data other");
        assert!(err.contains(name) && err.contains("[E-strange]"), "{err}");
        assert!(!desk.path("other").exists());
    }
}

/// What drives a terminal, or turns a line round: colours, the title, the cursor, a bell, other line ends.
const ODD: &str = "红\u{1b}[31m题\u{1b}]0;x\u{7}\u{9b}2J标\r覆\u{8}\u{202e}倒\u{200b}\u{2028}行\n新";

/// A year in which every text that a person can write holds such characters.
fn odd_year() -> Desk {
    let desk = Desk::with_year();
    let data = DataFolder::at(desk.path("data"));
    let person = Person { by: format!("张{ODD}"), machine: format!("PC{ODD}") };
    let mut year = OpenYear::open(&data, 2023, person).unwrap();
    let now = "2023-11-06T01:12:33Z".parse().unwrap();
    let mut deduction = Deduction::once("Q01".into(), "proactive".into(), "late".into(), date(2023, 11, 6));
    deduction.note = ODD.to_owned();
    deduction.source = ODD.to_owned();
    deduction.event = Some(ODD.to_owned());
    let deduct = Change::Deduct(deduction);
    year.record(deduct.clone(), now).unwrap();
    year.record(Change::Batch { title: ODD.to_owned(), changes: vec![deduct] }, now).unwrap();
    drop(year);
    // People's files say it with an escape.
    for (file, from) in [("units.ron", "name: \""), ("rubrics/district.ron", "label: \"")] {
        let path = desk.path(&format!("data/2023/{file}"));
        let text = fs::read_to_string(&path).unwrap();
        let odd = format!("{from}\\u{{1b}}[31m\\u{{202e}}");
        assert!(text.contains(from));
        fs::write(&path, text.replacen(from, &odd, 1)).unwrap();
    }
    desk
}

/// Says that a text does nothing to a terminal but show itself.
#[track_caller]
fn check_plain(command: &str, text: &str) {
    let is_odd =
        |it: char| it != '\n' && (it.is_control() || kaohe_core::is_invisible(it) || it == '\u{2028}');
    // A table for spreadsheets begins with the mark that they want.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let odd: Vec<&str> = text.lines().filter(|it| it.contains(is_odd)).collect();
    assert!(odd.is_empty(), "{command}: {odd:?}");
}

#[test]
fn characters_that_drive_a_terminal_are_never_printed() {
    let desk = odd_year();
    for command in [
        "check",
        "score",
        "score Q01",
        "log",
        "rank",
        "compare",
        "explain Q01 1",
        "units list",
        "rubric show",
        "undo",
        "finalise",
        "review --unit Q01 --indicator 99",
    ] {
        let outcome = desk.run(command);
        check_plain(command, &outcome.err);
        check_plain(command, &outcome.text());
    }
}

#[test]
fn a_file_with_a_driving_name_is_named_without_driving() {
    let desk = Desk::with_year();
    desk.file("data/2023/a\u{1b}[31m\u{202e}b.ron", "");
    let outcome = desk.run("check");
    assert_eq!((outcome.status, outcome.err.lines().count()), (0, 1), "{}", outcome.err);
    check_plain("check", &outcome.err);
}
