//! `log` with its filters, and the year as it was: `--at`.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod support;

use support::{Desk, check_in_order};

const DISTRICT: &str = include_str!("../rubrics/2023/district.ron");

/// A year with a deduction by 张三, a self-score and a mark by 李四, and an undo.
fn desk() -> Desk {
    let desk = Desk::with_year();
    desk.file(
        "one.csv",
        "单位,指标,规则,次数,日期\n区教育局,3,更新超期,4,2023-07-01\n河坝镇,1,逾期未完成,2,2023-05-09\n",
    );
    desk.file("self.csv", "单位,指标,自评分\n区教育局,3,9.5\n");
    desk.ok("import entries one.csv");
    desk.ok("import self self.csv --by 李四");
    desk.ok("review --unit 区教育局 --indicator 3 --by 李四");
    desk.ok("undo --by 李四");
    desk
}

/// The numbers of the records that a log lists, a row each, without their writers.
#[track_caller]
fn check_log(desk: &Desk, filters: &str, expected: &[&str]) {
    let csv = desk.ok(&format!("log --format csv {filters}"));
    let number = |row: &str| row.split(',').nth(2).unwrap().split('@').next().unwrap().to_owned();
    let numbers: Vec<String> = csv.lines().skip(1).map(number).collect();
    assert_eq!(numbers, expected, "{filters}\n{csv}");
}

/// The number of the record whose row has these words, with its writer.
fn number(desk: &Desk, words: &str) -> String {
    let csv = desk.ok("log --format csv");
    let row = csv.lines().find(|it| it.contains(words)).unwrap();
    row.split(',').nth(2).unwrap().to_owned()
}

fn today(desk: &Desk) -> String {
    let csv = desk.ok("log --format csv");
    csv.lines().nth(1).unwrap().split(' ').next().unwrap().to_owned()
}

#[test]
fn filters_narrow_the_log() {
    let desk = desk();
    let today = today(&desk);
    check_log(&desk, "", &["1", "2", "2", "3", "4", "5"]);
    check_log(&desk, "--by 李四", &["3", "4", "5"]);
    check_log(&desk, "--unit 河坝镇", &["2"]);
    check_log(&desk, "--kind 扣分", &["2", "2"]);
    check_log(&desk, "--kind 自评、撤销", &["3", "5"]);
    check_log(&desk, "--kind 自评 --kind 复核", &["3", "4"]);
    check_log(&desk, "--kind 以文件为准", &["1"]);
    check_log(&desk, "--kind 扣分 --by 李四", &[]);
    check_log(&desk, "--unit Q02 --by 张三 --kind 扣分", &["2"]);
    check_log(&desk, &format!("--since {today} --until {today}"), &["1", "2", "2", "3", "4", "5"]);
    check_log(&desk, "--until 2023-01-01", &[]);
    check_log(&desk, "--since 2999年1月1日", &[]);
}

#[test]
fn what_cannot_be_asked_for_is_told_with_the_nearest() {
    let desk = desk();
    for (command, expected) in [
        (
            "log --kind 扣份",
            "没有操作“扣份”：请填扣分、修改、撤回、恢复、自评、复核、不涉及、撤销、重做、换用细则、以文件为准、定稿、重新打开、修复，最接近的是“扣分”。",
        ),
        ("log --by 李五", "没有“李五”的留痕：请填记录人的姓名，最接近的是“李四”。"),
        ("log --since 去年", "不能是“去年”：请写日历上有的日期"),
        ("log --since 2023-05-02 --until 2023-05-01", "--until 2023-05-01 早于 --since 2023-05-02"),
        ("rank --at 昨天", "不能是“昨天”：请写留痕的编号"),
        ("rank --at x@y", "请写留痕的编号"),
        ("score --at 99@nobody", "没有编号是“99@nobody”的留痕：请照抄 kaohe log 的“编号”一列"),
        ("compare --at 2023-01-01", "那时还没有留痕：最早的一条是 "),
    ] {
        let err = desk.fails(2, command);
        assert!(err.contains(expected), "{command}: {err}");
    }
    assert!(Desk::with_year().fails(2, "rank --at 2023-01-01").contains("这一年还没有留痕"));
}

#[test]
fn every_command_shows_the_year_as_it_was() {
    let desk = desk();
    let (adopted, imported) = (number(&desk, "以这些文件为准"), number(&desk, "更新超期"));
    let marked = number(&desk, "标为已复核");
    let score = |at: &str| {
        let csv = desk.ok(&format!("score 区教育局 --format csv {at}"));
        csv.lines()
            .find(|it| it.contains(",政务新媒体,"))
            .unwrap()
            .split(',')
            .skip(5)
            .collect::<Vec<_>>()
            .join(",")
    };
    assert_eq!(score(""), "10,9.5,0.4,9.6,未复核");
    assert_eq!(score(&format!("--at {adopted}")), "10,,0,10,未复核");
    assert_eq!(score(&format!("--at {imported}")), "10,,0.4,9.6,未复核");
    assert_eq!(score(&format!("--at {marked}")), "10,9.5,0.4,9.6,已复核");
    assert_eq!(score(&format!("--at {}", today(&desk))), score(""));
    let entry = imported.replace('@', ".1@");
    assert_eq!(score(&format!("--at {entry}")), score(&format!("--at {imported}")));

    let rank = desk.ok(&format!("rank --provisional --track 乡镇 --format csv --at {adopted}"));
    assert!(rank.contains("乡镇,1,是,Z01,河坝镇,100,,0,100,"), "{rank}");
    assert!(!desk.ok(&format!("explain 区教育局 3 --at {adopted}")).contains("更新超期"));
    assert!(desk.ok(&format!("explain 区教育局 3 --at {imported}")).contains("更新超期"));
    let before = desk.ok(&format!("compare --provisional --at {adopted}"));
    assert!(before != desk.ok("compare --provisional"));
    desk.ok(&format!("export --format csv -o then --at {imported}"));
    let table = |name: &str| String::from_utf8(desk.read(&format!("then/{name}.csv"))).unwrap();
    assert_eq!(table("留痕").lines().count(), 4);
    assert!(table("自评差异").lines().all(|it| !it.contains("9.5")));
    assert_eq!(table("扣分明细").lines().count(), 3);
}

#[test]
fn a_snapshot_of_then_is_a_year_of_its_own() {
    let desk = desk();
    let marked = number(&desk, "标为已复核");
    desk.ok(&format!("export --format ron -o then.ron --at {marked}"));
    desk.ok("--data then import year then.ron");
    desk.ok("check --data then");
    assert_eq!(desk.ok("score --data then"), desk.ok(&format!("score --at {marked}")));
    assert_eq!(desk.ok("log --data then").lines().count(), desk.ok("log").lines().count() - 1);
}

#[test]
fn the_rubric_of_then_comes_back_and_what_was_not_kept_is_said() {
    let desk = desk();
    let marked = number(&desk, "标为已复核");
    let (then, score) = (format!("--at {marked}"), desk.ok(&format!("score --at {marked}")));
    let stale = "\
text: \"政务新媒体账号每两周未及时更新1次的，每次扣0.1分\",
                            measure: Count(each: 0.1";
    assert!(DISTRICT.contains(stale));
    desk.file(
        "new.ron",
        DISTRICT.replacen(stale, &stale.replace("0.1)", "0.5").replace("each: 0.1", "each: 0.5"), 1),
    );
    desk.ok("rubric adopt new.ron");
    check_in_order(&desk.ok("score 区教育局 --format csv"), &[",政务新媒体,10,9.5,2,8,"]);
    assert_eq!(desk.ok(&format!("score {then}")), score);
    // The roster of then is not kept.
    let units = String::from_utf8(desk.read("data/2023/units.ron")).unwrap();
    desk.file("data/2023/units.ron", format!("{units}// 改\n"));
    let outcome = desk.run(&format!("score {then}"));
    assert_eq!((outcome.status, outcome.text()), (0, score));
    assert_eq!(outcome.err, "提示：当时的 units.ron 与现在的不同，没有留存：按现在的计算。\n");
}
