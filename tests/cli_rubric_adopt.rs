//! `rubric adopt`: another rubric for a year at work, as one recorded step that can be taken back.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod support;

use support::{Desk, check_in_order};

const DISTRICT: &str = include_str!("../rubrics/2023/district.ron");
const ENTRIES: &str = "单位,指标,规则,次数,日期\n区教育局,3,更新超期,4,2023-07-01\n";
const CURRENT: &str = "data/2023/rubrics/district.ron";
/// What 更新超期 costs, with its text, so that no other rule is meant.
const STALE: &str = "\
text: \"政务新媒体账号每两周未及时更新1次的，每次扣0.1分\",
                            measure: Count(each: 0.1";

/// A year in which 区教育局 lost 0.4, and its rubric with this edit as `new.ron`.
fn desk(from: &str, to: &str) -> Desk {
    let desk = Desk::with_year();
    desk.file("entries.csv", ENTRIES);
    desk.ok("import entries entries.csv");
    assert!(DISTRICT.contains(from));
    desk.file("new.ron", DISTRICT.replacen(from, to, 1));
    desk
}

fn dearer() -> Desk {
    desk(STALE, &STALE.replace("each: 0.1", "each: 0.5"))
}

#[track_caller]
fn check_score(desk: &Desk, expected: &str) {
    let csv = desk.ok("rank --provisional --track 区直 --format csv");
    let row = csv.lines().find(|it| it.contains(",Q02,")).unwrap();
    assert_eq!(row.split(',').nth(8).unwrap(), expected);
}

#[test]
fn adopting_undoing_and_redoing_move_scores_and_file_together() {
    let desk = dearer();
    let (old, new) = (desk.read(CURRENT), desk.read("new.ron"));
    check_score(&desk, "99.6");
    let said = desk.ok("rubric adopt new.ron");
    check_in_order(&said, &["已换用细则 rubrics/district.ron", "有变化的单位 1 个", "kaohe undo"]);
    assert!(desk.read(CURRENT) == new);
    check_score(&desk, "98");
    assert!(desk.ok("undo").starts_with("已撤销 换用细则 rubrics/district.ron"));
    assert!(desk.read(CURRENT) == old);
    check_score(&desk, "99.6");
    desk.ok("redo");
    assert!(desk.read(CURRENT) == new);
    check_score(&desk, "98");
    let log = desk.ok("log --format csv");
    check_in_order(&log, &["导入扣分", "换用细则", "换用细则", "换用细则"]);
}

#[test]
fn a_snapshot_brings_the_versions_along() {
    let desk = dearer();
    desk.ok("rubric adopt new.ron");
    desk.ok("export --format ron -o all.ron");
    desk.ok("--data other import year all.ron");
    desk.ok("--data other export --format ron -o again.ron");
    assert!(desk.read("all.ron") == desk.read("again.ron"));
    desk.ok("--data other undo");
    assert!(desk.read("other/2023/rubrics/district.ron") == DISTRICT.as_bytes());
}

#[test]
fn what_entries_use_cannot_vanish_and_nothing_is_changed() {
    let desk = desk("id: \"stale\"", "id: \"idle\"");
    let err = desk.fails(4, "rubric adopt new.ron");
    check_in_order(&err, &["区教育局 政务新媒体：扣 更新超期 4次【对不上", "没有换用：共 1 条记录对不上"]);
}

#[test]
fn another_id_or_class_or_a_faulty_file_is_refused() {
    for (from, to, status, expected) in [
        (
            "id: \"district\"",
            "id: \"district-b\"",
            4,
            "没有编号是“district-b”的细则（有的是 district、township）",
        ),
        ("track: \"区直\"", "track: \"村居\"", 2, "没有类别“村居”"),
        ("points: 100", "points: 101", 3, "分值对不上"),
    ] {
        let err = desk(from, to).fails(status, "rubric adopt new.ron");
        assert!(err.contains(expected), "{err}");
    }
    let same = Desk::with_year();
    same.file("new.ron", DISTRICT);
    let outcome = same.run("rubric adopt new.ron");
    assert_eq!(outcome.status, 4, "{}", outcome.err);
    assert!(outcome.err.contains("已经如此"), "{}", outcome.err);
}

#[test]
fn the_id_of_one_class_and_the_name_of_another_are_refused() {
    let desk = desk("id: \"district\"", "id: \"township\"");
    desk.fails(3, "rubric adopt new.ron");
    desk.ok("rank --provisional");
}

#[test]
fn undoing_is_refused_where_a_colleague_uses_what_only_the_new_rubric_has() {
    let level = "Level(name: \"市级\"";
    let desk = desk(level, &format!("Level(name: \"区级\", points: 0.1), {level}"));
    desk.ok("rubric adopt new.ron");
    desk.file("more.csv", "单位,指标,规则,档次,日期\n区教育局,3,通报批评,区级,2023-07-01\n");
    desk.ok("--by 李四 import entries more.csv");
    let err = desk.fails(4, "undo");
    check_in_order(&err, &["换用以后有 1 条记录对不上细则", "“区级”不是该规则的档次"]);
    desk.ok("check");
}

#[test]
fn a_damaged_version_is_not_scored_by() {
    let desk = dearer();
    desk.ok("rubric adopt new.ron");
    let files = desk.files();
    let old = files.iter().find(|(path, text)| {
        path.to_string_lossy().contains("versions") && text.as_slice() == DISTRICT.as_bytes()
    });
    std::fs::write(old.unwrap().0, DISTRICT.replacen("each: 0.1", "each: 0.7", 1)).unwrap();
    let err = desk.fails(4, "undo");
    assert!(err.contains("那一份细则"), "{err}");
    check_score(&desk, "98");
}

#[test]
fn what_was_edited_since_is_not_lost_by_undoing() {
    let desk = dearer();
    desk.ok("rubric adopt new.ron");
    let edited = String::from_utf8(desk.read(CURRENT)).unwrap().replacen("each: 0.5", "each: 0.3", 1);
    desk.file(CURRENT, &edited);
    let outcome = desk.run("undo");
    assert_eq!(outcome.status, 4, "{}", outcome.err);
    assert!(outcome.err.contains("又在别处改过"), "{}", outcome.err);
    assert!(desk.read(CURRENT) == edited.as_bytes());
}

#[test]
fn a_version_that_is_not_what_its_name_says_is_named() {
    let desk = dearer();
    desk.ok("rubric adopt new.ron");
    let files = desk.files();
    let version = files.keys().find(|it| it.to_string_lossy().contains("versions")).unwrap();
    std::fs::write(version, "Rubric()").unwrap();
    let outcome = desk.run("check");
    assert_eq!(outcome.status, 1);
    let said = outcome.text() + &outcome.err;
    assert!(said.contains("留存的细则与它的文件名（摘要）对不上"), "{said}");
}
