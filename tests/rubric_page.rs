//! What docs/rubric-format.md says that the program prints, held against the program.

#![expect(clippy::unwrap_used, reason = "a test may")]

#[path = "../crates/store/tests/example_rubrics/fragment.rs"]
mod fragment;
mod support;

use fragment::{Block, fenced, wrapped};
use support::Desk;

/// The roster for the page's rubric that uses most of the language.
const UNITS: &str = "编号,单位,类别,标签\nA,甲镇,乡镇,试点\nC,丙镇,乡镇,\n";

/// Returns the blocks of one kind, each with the next block, which says what the program prints.
fn with_next(kind: &str) -> Vec<(Block, Block)> {
    let next = fenced().into_iter().skip(1);
    fenced().into_iter().zip(next).filter(|it| it.0.kind == kind).collect()
}

/// Returns the page's rubric that uses most of the language.
fn whole() -> String {
    fenced().into_iter().find(|it| it.text.contains("id: \"whole\"")).unwrap().text
}

/// A year with that rubric.
fn desk() -> Desk {
    let desk = Desk::empty();
    desk.file("whole.ron", whole());
    desk.file("units.csv", UNITS);
    desk.ok("init 2024 --rubric whole.ron --units units.csv");
    desk
}

#[test]
fn the_checker_says_of_wrong_rubrics_what_the_page_shows() {
    let wrong = with_next("ron wrong");
    assert!(wrong.len() > 30, "{}", wrong.len());
    for (block, said) in wrong {
        // Of whole files the page shows everything, of parts not the place, which depends on what is around them.
        let name = said.text.split_once(".ron:").map(|it| it.0);
        let file = format!("{}.ron", name.unwrap_or("part"));
        let desk = Desk::empty();
        desk.file(&file, wrapped(&block.text));
        let outcome = desk.run(&format!("rubric check {file}"));
        let printed = outcome.text() + &outcome.err;
        let printed: Vec<&str> = if name.is_some() {
            printed.lines().collect()
        } else {
            printed
                .lines()
                .filter_map(|it| it.strip_prefix("part.ron:")?.split_once('：'))
                .map(|it| it.1)
                .collect()
        };
        assert_eq!(printed, said.text.lines().collect::<Vec<_>>(), "rubric-format.md:{}", block.line);
    }
}

#[test]
fn an_import_is_refused_as_the_page_shows() {
    let wrong = with_next("csv wrong");
    assert_eq!(wrong.len(), 1);
    for (block, said) in wrong {
        let desk = desk();
        desk.file("entries.csv", &block.text);
        assert_eq!(desk.fails(3, "import entries entries.csv"), said.text, "rubric-format.md:{}", block.line);
    }
}

/// Says that every line printed is on the page, where the data folder is `./数据` and the writer `w-a318e5`, which
/// depends on the machine.
#[track_caller]
fn check_on_page(desk: &Desk, printed: &str) {
    let files = desk.files();
    let lock = files.keys().find(|it| it.extension().is_some_and(|it| it == "lock")).unwrap();
    let writer = lock.file_stem().unwrap().to_str().unwrap();
    let page: String = fenced().into_iter().map(|it| it.text).collect();
    for line in printed.lines() {
        let line = line.replace(writer, "w-a318e5").replace("data/", "./数据/");
        assert!(page.lines().any(|it| it == line), "not on the page: {line}");
    }
}

#[test]
fn a_rubric_is_replaced_as_the_page_shows() {
    let village = fenced().into_iter().find(|it| it.kind == "ron" && it.text.contains("id: \"village\""));
    let village = village.unwrap().text;
    let dearer = village.replace("每次扣0.5分", "每次扣1分").replace("each: 0.5", "each: 1");
    let desk = Desk::empty();
    desk.file("village.ron", village);
    desk.file("new.ron", &dearer);
    desk.file("units.csv", "编号,单位,类别\nA,东村,村居\nB,西村,村居\n");
    desk.file("e.csv", "单位,指标,规则,次数,日期\n东村,公开栏,未按月更新,3,2024-03-01\n");
    desk.ok("init 2024 --rubric village.ron --units units.csv");
    desk.ok("import entries e.csv");
    desk.ok("review --all");
    for command in ["rubric check new.ron", "rubric diff new.ron", "rubric adopt new.ron", "undo"] {
        check_on_page(&desk, &desk.ok(command));
    }
    desk.ok("redo");
    desk.file("data/2024/rubrics/village.ron", format!("// 改过\n{dearer}"));
    check_on_page(&desk, &desk.run("undo").err);
}

#[test]
fn what_does_not_fit_any_more_is_named_as_the_page_shows() {
    let desk = desk();
    desk.file("e.csv", "单位,指标,规则,次数,倍数,日期\n甲镇,办件,办件超期,3,加倍,2024-03-01\n");
    desk.ok("import entries e.csv");
    let renamed = whole().replace("name: \"加倍\"", "name: \"双倍\"");
    desk.file("renamed.ron", &renamed);
    check_on_page(&desk, &desk.run("rubric adopt renamed.ron").err);
    desk.file("data/2024/rubrics/whole.ron", &renamed);
    check_on_page(&desk, desk.run("check").err.lines().next().unwrap());
    let year = String::from_utf8(desk.read("data/2024/year.ron")).unwrap();
    desk.file("data/2024/year.ron", year.replace("ties: Skip", "ties: Dence"));
    check_on_page(&desk, desk.run("check").err.lines().next().unwrap());
}
