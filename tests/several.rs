//! Several people at once: four of the real program on one folder, and four copies of it merged in every order.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod support;

use std::fs;
use std::path::Path;

use kaohe_store::{DataFolder, YearCopy};
use support::Desk;

/// How many commands each of the four runs, one after the other.
const N_COMMANDS: usize = 5;
/// How many rows each import brings.
const N_ROWS: usize = 12;
/// Two windows of one person among them: those write two journals.
const AT_ONE_FOLDER: [&str; 4] = ["张三", "张三", "李四", "wang"];
/// A journal goes on in one copy only, so that everybody has a name of their own.
const AT_COPIES: [&str; 4] = ["张三", "李四", "wang", "Zhao Liu"];

/// What is noted of one row: like no other, and the beginning of no other.
fn note(who: usize, command: usize, row: usize) -> String {
    format!("note-{who}-{command}-{row}.")
}

/// Writes the file of one import.
fn file(desk: &Desk, who: usize, command: usize) -> String {
    let mut text = "单位,指标,规则,次数,日期,说明\n".to_owned();
    for row in 0..N_ROWS {
        let unit = ["区教育局", "区财政局", "河坝镇", "区民政局"][(who + row) % 4];
        text.push_str(&format!("{unit},1,逾期未完成,1,2023-05-09,{}\n", note(who, command, row)));
    }
    let name = format!("{who}-{command}.csv");
    desk.file(&name, text);
    name
}

/// What one person does, one command after the other; every one of them succeeds.
fn work(desk: &Desk, who: usize, by: &str, data: &str) {
    let options = format!("--data {data}");
    let run = |command: &str| {
        let words: Vec<&str> = command.split(' ').chain(options.split(' ')).collect();
        desk.ok_by(by, &words);
    };
    for command in 0..N_COMMANDS {
        run(&format!("import entries {}", file(desk, who, command)));
    }
    // Of two windows with one name, either may take back what the other did.
    if who >= 2 {
        run("undo");
        run("redo");
        run("undo");
        run(&format!("import entries {}", file(desk, who, N_COMMANDS)));
    }
}

/// Says that everything that was done is in the data folder exactly once, and nothing else.
#[track_caller]
fn check_everything_is_there(desk: &Desk, data: &str) {
    assert_eq!(desk.ok(&format!("check --data {data}")), "");
    let tables = format!("tables-{}", data.replace('/', "-"));
    desk.ok(&format!("export --format csv -o {tables} --data {data}"));
    let entries = String::from_utf8(desk.read(&format!("{tables}/扣分明细.csv"))).unwrap();
    let mut n_expected = 0;
    for who in 0..4 {
        let n_commands = if who < 2 { N_COMMANDS } else { N_COMMANDS + 1 };
        for command in 0..n_commands {
            // What was undone last is withdrawn, and not gone.
            let is_undone = who >= 2 && command == N_COMMANDS - 1;
            for row in 0..N_ROWS {
                let note = note(who, command, row);
                let lines: Vec<&str> = entries.lines().filter(|it| it.contains(&note)).collect();
                let state = if is_undone { "已撤回" } else { "有效" };
                assert!(lines.len() == 1 && lines[0].contains(state), "{note}: {lines:?}");
                n_expected += 1;
            }
        }
    }
    assert_eq!(entries.lines().skip(1).count(), n_expected);
}

/// Four people at it at once, each on the data folder of this name.
fn at_once(desk: &Desk, names: [&str; 4], data: impl Fn(usize) -> String + Sync) {
    std::thread::scope(|scope| {
        for (who, by) in names.into_iter().enumerate() {
            let data = &data;
            scope.spawn(move || work(desk, who, by, &data(who)));
        }
    });
}

#[test]
fn four_at_once_on_one_folder_lose_nothing() {
    let desk = Desk::with_year();
    at_once(&desk, AT_ONE_FOLDER, |_| "data".to_owned());
    check_everything_is_there(&desk, "data");
    let journals = desk.files().into_keys().filter(|it| {
        it.parent().unwrap().ends_with("journal") && it.extension().is_some_and(|it| it == "ron")
    });
    // Whether the two of one name ever met is up to chance; the others have one each.
    assert!((3..=4).contains(&journals.count()));
}

#[test]
fn four_copies_are_one_year_in_whatever_order_they_are_merged() {
    let desk = Desk::with_year();
    for who in 0..4 {
        copy(&desk.path("data"), &desk.path(&format!("copy{who}")));
    }
    at_once(&desk, AT_COPIES, |who| format!("copy{who}"));
    let mut states = Vec::new();
    for order in orders() {
        let [first, rest @ ..] = order;
        let name = format!("merged-{order:?}").replace([',', ' '], "");
        copy(&desk.path(&format!("copy{first}")), &desk.path(&name));
        let data = DataFolder::at(desk.path(&name));
        for other in rest {
            let from = YearCopy::find(&desk.path(&format!("copy{other}")), Some(2023), 2023).unwrap();
            data.merge(&from).unwrap();
        }
        states.push((name, data.snapshot(2023).unwrap()));
    }
    assert_eq!(states.len(), 24);
    for (name, state) in &states {
        assert!(*state == states[0].1, "{name} is another year than {}", states[0].0);
    }
    let (name, state) = &states[23];
    assert_eq!(desk.ok(&format!("export --format ron --data {name}")), *state);
    check_everything_is_there(&desk, name);
    // The program does the same as the library.
    for other in 1..4 {
        desk.ok_by("张三", &["merge", &format!("copy{other}"), "--data", "copy0"]);
    }
    assert_eq!(desk.ok("export --format ron --data copy0"), *state);
}

/// All orders of four.
fn orders() -> Vec<[usize; 4]> {
    let mut orders = Vec::new();
    for a in 0..4 {
        for b in (0..4).filter(|it| *it != a) {
            for c in (0..4).filter(|it| ![a, b].contains(it)) {
                orders.push([a, b, c, 6 - a - b - c]);
            }
        }
    }
    orders
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for item in fs::read_dir(from).unwrap() {
        let item = item.unwrap();
        // Each copy makes backups of its own.
        if item.file_name() == "backups" {
            continue;
        }
        let target = to.join(item.file_name());
        if item.path().is_dir() {
            copy(&item.path(), &target);
        } else {
            fs::copy(item.path(), target).unwrap();
        }
    }
}
