//! `merge`: two people with a copy each, and what they are told.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod support;

use std::fs;
use std::path::PathBuf;

use support::{Desk, check_in_order};

/// A year with one deduction by 张三, and a copy of it in `li`, which 李四 works on.
fn desk() -> Desk {
    let desk = Desk::with_year();
    desk.file("one.csv", "单位,指标,规则,次数,日期\n区教育局,3,更新超期,4,2023-07-01\n");
    desk.ok("import entries one.csv");
    copy(&desk, "data", "li");
    desk
}

fn copy(desk: &Desk, from: &str, to: &str) {
    for (path, bytes) in desk.files() {
        if let Ok(below) = path.strip_prefix(desk.path(from)) {
            let target = desk.path(to).join(below);
            fs::create_dir_all(target.parent().unwrap()).unwrap();
            fs::write(target, bytes).unwrap();
        }
    }
}

/// The journal of this person in the copy.
fn journal(desk: &Desk, by: &str) -> PathBuf {
    let is_of = |it: &(PathBuf, Vec<u8>)| {
        it.0.starts_with(desk.path("li/2023/journal"))
            && String::from_utf8_lossy(&it.1).contains(&format!("by:\"{by}\""))
    };
    desk.files().into_iter().find(is_of).unwrap().0
}

fn self_score(desk: &Desk, points: &str, options: &str) {
    desk.file("self.csv", format!("单位,指标,自评分\n区教育局,3,{points}\n"));
    desk.ok(&format!("import self self.csv {options}"));
}

#[test]
fn what_came_in_and_what_clashes_is_said_and_merging_again_brings_nothing() {
    let desk = desk();
    self_score(&desk, "9.5", "");
    desk.ok("review --unit 区财政局 --indicator 1 --data li --by 李四");
    self_score(&desk, "9", "--data li --by 李四");
    let said = desk.ok("merge li");
    check_in_order(
        &said,
        &[
            "合并进 2023 年的留痕 2 条：\n  李四（",
            "）2 条\n两边都改过的 1 处，都在留痕里：\n  ",
            "区教育局 政务新媒体：张三 自评 9.5分；李四 自评 9分。留痕编号李四的在后，算李四的\n",
        ],
    );
    check_in_order(&desk.ok("log --format csv"), &["自评 9.5分", "自评 9分"]);
    assert!(desk.ok("score 区教育局 --format csv").contains(",政务新媒体,10,9,0.4,9.6,"));
    desk.ok("check");
    let before = desk.files();
    assert_eq!(desk.ok("merge li/2023"), "2023 年没有新的内容：那一份里的，这里都有\n");
    assert!(desk.files() == before);
    // The other way round both are the same year.
    desk.ok("merge data --data li");
    assert_eq!(desk.ok("export --format ron"), desk.ok("export --format ron --data li"));
}

#[test]
fn one_event_that_both_recorded_is_named() {
    let desk = desk();
    desk.file("two.csv", "单位,指标,规则,日期\n河坝镇,1,逾期未完成,2023-05-09\n");
    desk.ok("import entries two.csv");
    desk.ok("import entries two.csv --data li --by 李四");
    check_in_order(
        &desk.ok("merge li"),
        &["两边都记了的 1 处", "河坝镇 主动公开信息：张三 扣 逾期未完成 1次（", "请撤回一条"],
    );
}

#[test]
fn contradictions_are_listed_with_their_places_and_nothing_is_changed() {
    let desk = desk();
    self_score(&desk, "9.5", "");
    self_score(&desk, "9", "--data li");
    let units = String::from_utf8(desk.read("li/2023/units.ron")).unwrap();
    desk.file("li/2023/units.ron", units.replacen("区教育局", "区教体局", 1));
    desk.file("li/2023/rubrics/extra.ron", "");
    let err = desk.fails(4, "merge li");
    check_in_order(
        &err,
        &[
            "两份有 3 处合不到一起，没有合并，也没有改动任何内容",
            "\nunits.ron:",
            "两份从这一行起不同",
            "[E-differ]",
            "\nrubrics/extra.ron：只有要合并的那一份有，这里没有",
            "[E-alone]",
            "\njournal/w-",
            ".ron:4:1：从这一行起两份各记各的",
            "[E-parted]",
        ],
    );
    assert_eq!(err.lines().count(), 4, "{err}");
}

#[test]
fn a_faulty_or_foreign_copy_is_refused() {
    let desk = desk();
    desk.ok("init 2024 --data other");
    for (command, expected) in [
        ("merge nowhere", "nowhere 里没有 2023 年：请给出同事的年度文件夹（里面有 year.ron）"),
        ("merge other", "other 里没有 2023 年"),
        ("merge other/2024 --year 2023", "other/2024 里没有 2023 年"),
    ] {
        let err = desk.fails(3, command);
        assert!(err.contains(expected), "{command}: {err}");
    }
    assert!(desk.fails(4, "merge other/2024").contains("没有 2024 年（已有的年度：2023）"));
    let journal = journal(&desk, "张三");
    let text = fs::read_to_string(&journal).unwrap();
    fs::write(&journal, text.replace("count:4", "count:3")).unwrap();
    let err = desk.fails(3, "merge li");
    check_in_order(&err, &["li/2023/journal/w-", ".ron:3:1：这一行与它的校验不符", "[E-journal]"]);
}

#[test]
fn a_torn_line_of_the_copy_is_left_out_and_said() {
    let desk = desk();
    self_score(&desk, "9", "--data li --by 李四");
    let journal = journal(&desk, "李四");
    let text = fs::read_to_string(&journal).unwrap();
    fs::write(&journal, format!("{text}(n:9,at:")).unwrap();
    let outcome = desk.run("merge li");
    assert_eq!(outcome.status, 0, "{}", outcome.err);
    assert!(outcome.err.starts_with("提示：li/2023/journal/"), "{}", outcome.err);
    assert!(outcome.err.ends_with("最后一行没有写完，没有合并那一行。\n"), "{}", outcome.err);
    assert!(outcome.text().contains("1 条"));
}

#[test]
fn a_fixed_year_takes_nothing_in_until_it_is_opened_again() {
    let desk = desk();
    self_score(&desk, "9", "--data li --by 李四");
    desk.ok("finalise --provisional");
    let before = desk.files();
    check_in_order(&desk.fails(4, "merge li"), &["本年度已定稿", "kaohe reopen --reason"]);
    assert!(desk.files() == before);
    desk.ok("reopen --reason 李四的还没有合并");
    check_in_order(&desk.ok("merge li"), &["合并进 2023 年的留痕 1 条"]);
}

#[test]
fn a_copy_that_is_fixed_fixes_the_year_here_and_says_so() {
    let desk = desk();
    desk.ok_by("李四", &["--data", "li", "finalise", "--provisional"]);
    let said = desk.ok("merge li");
    check_in_order(&said, &["合并进 2023 年的留痕", "那一份已由 李四 定稿", "kaohe reopen"]);
    assert!(desk.fails(4, "merge li").contains("本年度已定稿（李四"));
}
