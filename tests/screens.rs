//! The screens of the real binary, in a pseudo-terminal.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may")]

mod pty;

use std::path::PathBuf;
use std::process::Command;

use pty::Terminal;

/// A folder of its own for a year.
struct Desk {
    keep: tempfile::TempDir,
}

impl Desk {
    fn new() -> Desk {
        Desk { keep: tempfile::tempdir().unwrap() }
    }

    fn data(&self) -> PathBuf {
        self.keep.path().join("data")
    }

    fn terminal(&self) -> Terminal {
        Terminal::start(&self.data(), &[])
    }

    /// Runs a command; returns what it prints.
    #[track_caller]
    fn command(&self, arguments: &[&str]) -> String {
        self.command_of("张三", arguments)
    }

    /// Runs a command of this person.
    #[track_caller]
    fn command_of(&self, by: &str, arguments: &[&str]) -> String {
        let output = Command::new(env!("CARGO_BIN_EXE_kaohe"))
            .args(arguments)
            .env("KAOHE_DATA", self.data())
            .env("KAOHE_BY", by)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The score of a unit, by the command line.
    fn score(&self, unit: &str) -> String {
        let rank = self.command(&["rank", "--format", "csv"]);
        let row = rank.lines().find(|it| it.split(',').nth(3) == Some(unit)).unwrap().to_owned();
        row.split(',').nth(8).unwrap().to_owned()
    }
}

#[test]
fn a_newcomer_starts_scores_and_ranks_without_reading_anything() {
    let desk = Desk::new();
    let mut terminal = desk.terminal();
    terminal.wait_for("开始2023年度");
    terminal.send("\r");
    terminal.wait_for("[区直]");
    terminal.send("1");
    terminal.wait_for("总分 99.9");
    terminal.send("\t");
    terminal.wait_for("[乡镇]");
    terminal.send("1");
    terminal.wait_for("河坝镇 主动公开信息：扣 逾期未完成 1次");
    terminal.send("r");
    terminal.wait_for("共有指标的失分率");
    terminal.send("q");
    terminal.wait_for("[乡镇]");
    terminal.send("q");
    assert_eq!(terminal.wait_for_end(), 0);
    terminal.wait_until_restored();
}

#[test]
fn the_views_of_scores_open_and_lead_back_to_the_matrix() {
    let desk = Desk::new();
    desk.command(&["init", "2022"]);
    desk.command(&["init", "2023"]);
    let mut terminal = desk.terminal();
    terminal.wait_for("[区直]");
    terminal.send("i");
    terminal.wait_for("区直  1.主动公开信息（10分）");
    terminal.send("11");
    terminal.wait_for("总分 99.8");
    terminal.send("s");
    terminal.wait_for("自评");
    terminal.send("\r");
    terminal.wait_for("已记 发改局 主动公开信息：自评");
    terminal.send("\u{1b}");
    terminal.wait_for("[区直]");
    terminal.send("d");
    terminal.wait_for("全部类别 1 格：不同 1");
    terminal.send("\r");
    terminal.wait_for("[区直]");
    terminal.send("p");
    terminal.wait_for("全部类别：31 个单位共失 0.2 分");
    terminal.send("\r");
    terminal.wait_for("区直 1 主动公开信息：逾期未完成，1 个单位共失 0.2 分");
    terminal.send("\r");
    terminal.wait_for("[区直]");
    terminal.send("c");
    terminal.wait_for("2023 比 2022：区直 26 个单位");
    // The earlier year is only looked at: a journal would have been begun by whoever wrote to it.
    terminal.send("p\u{1b}");
    terminal.wait_for("[区直]");
    terminal.send("q");
    assert_eq!(terminal.wait_for_end(), 0);
    let journals = std::fs::read_dir(desk.data().join("2022/journal")).unwrap();
    assert_eq!(journals.count(), 1, "nothing but the page that says what the folder is for");
}

#[test]
fn what_a_colleague_records_shows_by_itself_and_leaves_the_form_alone() {
    let desk = Desk::new();
    desk.command(&["init", "2023"]);
    let mut terminal = desk.terminal();
    terminal.wait_for("[区直]");
    // A form is half filled in; nobody presses a key while a colleague marks what this person had marked.
    terminal.send(" ");
    terminal.wait_for("标为已复核");
    terminal.send("2");
    terminal.wait_for("必填：写明理由");
    terminal.send("0.5");
    terminal.wait_for("0.5");
    desk.command_of("李四", &["review", "--unit", "Q01", "--indicator", "1", "--undo"]);
    let screen = terminal.wait_for("李四 改了您记的：区发展和改革局 主动公开信息：改回未复核");
    assert!(screen.contains("0.5") && screen.contains("酌情"), "{screen}");
    terminal.send("\t漏报\r");
    terminal.wait_for("总分 99.5");
}

#[test]
fn undo_after_a_restart() {
    let desk = Desk::new();
    desk.command(&["init", "2023"]);
    let mut terminal = desk.terminal();
    terminal.wait_for("[区直]");
    terminal.send("1");
    terminal.wait_for("总分 99.9");
    terminal.kill();
    let mut terminal = desk.terminal();
    terminal.wait_for("99.9");
    terminal.send("u");
    terminal.wait_for("已撤销 发改局 主动公开信息：扣 逾期未完成 1次，总分 100");
    terminal.send("q");
    assert_eq!(terminal.wait_for_end(), 0);
    assert_eq!(desk.score("Q01"), "100");
}

#[test]
fn chinese_text_goes_in_and_comes_back() {
    let desk = Desk::new();
    desk.command(&["init", "2023"]);
    let mut terminal = desk.terminal();
    terminal.wait_for("[区直]");
    terminal.send("2");
    terminal.wait_for("必填：写明理由");
    terminal.send("0.5\t材料不全，图片模糊\r");
    terminal.wait_for("，总分 99.5  按 u 撤销");
    terminal.send("q");
    assert_eq!(terminal.wait_for_end(), 0);
    assert!(desk.command(&["log"]).contains("质量欠缺"));
}

#[test]
fn resizing_redraws() {
    let desk = Desk::new();
    desk.command(&["init", "2023"]);
    let mut terminal = desk.terminal();
    terminal.wait_for("[区直]");
    terminal.resize(50, 10);
    terminal.wait_for("窗口太小");
    terminal.resize(120, 40);
    terminal.wait_for("大发集团");
}

#[test]
fn the_demo_leaves_nothing_behind() {
    let desk = Desk::new();
    let temporary = desk.keep.path().join("tmp");
    std::fs::create_dir(&temporary).unwrap();
    let script = format!("TMPDIR='{}' exec \"$KAOHE\" demo", temporary.display());
    let mut terminal = Terminal::shell(&desk.data(), &script);
    terminal.wait_for("示例  示例名录，请核对");
    terminal.send("r");
    terminal.wait_for("97.29");
    terminal.send("\u{1b}");
    terminal.wait_for("[区直]");
    let mut second = Terminal::shell(&desk.data(), &script);
    second.wait_for("[区直]");
    second.kill();
    assert_eq!(std::fs::read_dir(&temporary).unwrap().count(), 4, "two folders, each with its lock");
    terminal.send("q");
    assert_eq!(terminal.wait_for_end(), 0);
    // What the killed one left goes with the next one.
    let mut third = Terminal::shell(&desk.data(), &script);
    third.wait_for("[区直]");
    third.send("q");
    assert_eq!(third.wait_for_end(), 0);
    assert_eq!(std::fs::read_dir(&temporary).unwrap().count(), 0);
    assert!(!desk.data().exists());
}

#[test]
fn what_cannot_be_recorded_is_said_and_not_shown_and_works_once_it_can() {
    let desk = Desk::new();
    desk.command(&["init", "2023"]);
    let mut terminal = desk.terminal();
    terminal.wait_for("[区直]");
    terminal.send("1");
    terminal.wait_for("总分 99.9");
    // The share is gone: whoever runs the test may write to a read-only folder.
    let (journal, away) = (desk.data().join("2023/journal"), desk.keep.path().join("away"));
    std::fs::rename(&journal, &away).unwrap();
    terminal.send("1");
    let screen = terminal.wait_for("! ");
    assert!(screen.contains("journal") && !screen.contains("总分 99.8"), "{screen}");
    std::fs::rename(&away, &journal).unwrap();
    terminal.send("1");
    terminal.wait_for("总分 99.8");
    terminal.send("q");
    assert_eq!(terminal.wait_for_end(), 0);
    terminal.wait_until_restored();
    assert_eq!(desk.score("Q01"), "99.8");
    assert_eq!(desk.command(&["check"]), "");
}

#[test]
fn a_damaged_year_is_named_and_the_terminal_left_alone() {
    let desk = Desk::new();
    desk.command(&["init", "2023"]);
    let units = desk.data().join("2023").join("units.ron");
    let text = std::fs::read_to_string(&units).unwrap().replace("乡镇", "乡阵");
    std::fs::write(&units, text).unwrap();
    let mut terminal = desk.terminal();
    terminal.wait_for("乡阵");
    assert_eq!(terminal.wait_for_end(), 4);
}

#[test]
fn what_a_killed_program_left_on_the_screen_is_cleared() {
    let desk = Desk::new();
    desk.command(&["init", "2023"]);
    let script = "printf '\\033[?1049h\\033[5;1Hleftover\\033[6;70Hleftover'; exec \"$KAOHE\"";
    let terminal = Terminal::shell(&desk.data(), script);
    let screen = terminal.wait_for("[区直]");
    assert!(!screen.contains("leftover"), "{screen}");
}

#[test]
fn what_a_colleague_records_shows_at_the_next_key() {
    let desk = Desk::new();
    desk.command(&["init", "2023"]);
    let mut terminal = desk.terminal();
    terminal.wait_for("[区直]");
    desk.command(&["--by", "李四", "review", "--unit", "Q02"]);
    terminal.send("\u{1b}[B");
    terminal.wait_for("已复核（李四）");
}

#[test]
fn leaving_backs_up_what_was_recorded_and_looking_leaves_nothing() {
    let desk = Desk::new();
    desk.command(&["init", "2023"]);
    let backups = desk.data().join("backups");
    let mut terminal = desk.terminal();
    terminal.wait_for("[区直]");
    terminal.send("q");
    assert_eq!(terminal.wait_for_end(), 0);
    assert!(!backups.exists());
    let mut terminal = desk.terminal();
    terminal.wait_for("[区直]");
    terminal.send("1");
    terminal.wait_for("总分 99.9");
    terminal.send("q");
    assert_eq!(terminal.wait_for_end(), 0);
    terminal.wait_until_restored();
    assert_eq!(std::fs::read_dir(&backups).unwrap().count(), 1);
}

#[test]
fn a_backup_that_fails_is_said_once_the_terminal_is_given_back() {
    let desk = Desk::new();
    desk.command(&["init", "2023"]);
    // A file stands where the folder of the backups would.
    std::fs::write(desk.data().join("backups"), "").unwrap();
    let mut terminal = desk.terminal();
    terminal.wait_for("[区直]");
    terminal.send("1");
    terminal.wait_for("总分 99.9");
    terminal.send("q");
    terminal.wait_for("这次没有备份成");
    assert_eq!(terminal.wait_for_end(), 0);
}

#[test]
fn a_year_is_exported_looked_back_at_and_followed_by_another_one() {
    let desk = Desk::new();
    let mut terminal = desk.terminal();
    terminal.wait_for("开始2023年度");
    terminal.send("\r");
    terminal.wait_for("[区直]");
    terminal.send("1");
    terminal.wait_for("总分 99.9");
    terminal.send("1");
    terminal.wait_for("总分 99.8");
    // Export: into a place that is typed, by function key, digits and Enter alone.
    let out = desk.keep.path().join("out");
    terminal.send("\u{1b}[24~");
    terminal.wait_for("导出");
    terminal.send("\t\u{15}");
    terminal.send(out.to_str().unwrap());
    terminal.send("\r");
    terminal.wait_for("已写出 6 个表格");
    let by_command = desk.keep.path().join("by-command");
    desk.command(&["export", "--format", "csv", "-o", by_command.to_str().unwrap()]);
    for name in ["排名", "得分", "扣分明细", "自评差异", "名录", "留痕"] {
        let name = format!("{name}.csv");
        assert_eq!(
            std::fs::read(out.join(&name)).unwrap(),
            std::fs::read(by_command.join(&name)).unwrap(),
            "{name}"
        );
    }
    terminal.send("\r");
    terminal.wait_for("1-9 扣分");
    // The year as it was after the first deduction.
    terminal.send("t");
    terminal.wait_for("1 全部");
    terminal.send("\u{1b}[B ");
    terminal.wait_for("第 2 条之后");
    terminal.send("1");
    terminal.wait_for("回到现在再改");
    terminal.send("\u{1b}");
    terminal.wait_for("1 全部");
    terminal.send("\u{1b}");
    terminal.wait_for("1-9 扣分");
    // A unit is retired, and the next year begins without its records.
    terminal.send("m");
    terminal.wait_for("26 个单位");
    terminal.send("\u{1b}[3~");
    terminal.wait_for("停用 Q01");
    terminal.send("撤销\r");
    terminal.wait_for("另有 1 个停用");
    terminal.send("\u{1b}");
    terminal.wait_for("1-9 扣分");
    terminal.send("y");
    terminal.wait_for("现在打开的");
    terminal.send("n");
    terminal.wait_for("2023 年的细则");
    terminal.send("\r");
    terminal.wait_for("2024年政务公开考核");
    terminal.send("\u{3}");
    assert_eq!(terminal.wait_for_end(), 0);
    assert_eq!(desk.command(&["check", "--year", "2023"]), "");
    assert_eq!(desk.command(&["check", "--year", "2024"]), "");
    // The year that was left for another one was backed up, as on leaving.
    assert!(desk.command(&["backups", "list", "--format", "csv"]).contains("2023-"));
}
