//! Every view of the real binary, in a pseudo-terminal: a key opens it, Esc leads back; and the mouse.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may")]

mod pty;

use std::path::Path;
use std::process::Command;

use pty::Terminal;

/// What shows on the matrix and nowhere else, with no box over it.
const HOME: &[&str] = &["[区直]", "1-9 扣分", "q 退出"];
const ESC: &str = "\u{1b}";
const DOWN: &str = "\u{1b}[B";
const F2: &str = "\u{1b}OQ";
const TAB: &str = "\t";

/// Runs a command on the data folder beside `desk`.
fn command(desk: &Path, arguments: &[&str]) {
    let output = Command::new(env!("CARGO_BIN_EXE_kaohe"))
        .args(arguments)
        .env("KAOHE_DATA", desk.join("data"))
        .env("KAOHE_BY", "张三")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// This year and an earlier one, with a self-score and a few deductions.
fn desk() -> tempfile::TempDir {
    let desk = tempfile::tempdir().unwrap();
    let entries = desk.path().join("entries.csv");
    let lines = "区发展和改革局,1,逾期未完成,2023-05-09\n区教育局,1,逾期未完成,2023-05-10\n";
    std::fs::write(&entries, format!("单位,指标,规则,日期\n{lines}")).unwrap();
    let self_scores = desk.path().join("self.csv");
    std::fs::write(&self_scores, "单位,指标,自评分\n区发展和改革局,1,10\n").unwrap();
    command(desk.path(), &["init", "2022"]);
    command(desk.path(), &["init", "2023"]);
    command(desk.path(), &["import", "entries", entries.to_str().unwrap()]);
    command(desk.path(), &["import", "self", self_scores.to_str().unwrap()]);
    desk
}

/// Keys that open a view from the matrix, one after the other; what shows then; and how often Esc leads back.
const VIEWS: &[(&[&str], &[&str], usize)] = &[
    (&["\r"], &["共 1 条", "回车 修改"], 1),
    (&["\r", "\r"], &["> 次数", "逾期未完成"], 2),
    (&["0"], &["质量欠缺", "1-9 选择"], 1),
    (&["2"], &["> 分值", "必填：写明理由"], 1),
    (&["s"], &["> 自评", "单位的说明"], 1),
    (&["b"], &["必填：为什么不涉及"], 1),
    (&["="], &["怎样算来", "满分"], 1),
    (&["e"], &["考核表", "评分办法", "左右键换单位"], 1),
    (&["i"], &["按指标", "最近的扣分", "已复核 0/26"], 1),
    (&["r"], &["排名与比较", "共有指标的失分率"], 1),
    (&["r", "p"], &["含暂计", "1并"], 1),
    (&["p"], &["失分分析", "全部类别：31 个单位共失 0.2 分"], 1),
    (&["p", "\r"], &["失分单位", "2 个单位共失 0.2 分"], 2),
    (&["d"], &["自评复核差异", "不同 1"], 1),
    (&["d", "t"], &["自评复核差异", "1 个单位"], 1),
    (&["c"], &["与上年比", "2023 比 2022"], 1),
    (&["t"], &["留痕", "[1 全部]", "空格 当时"], 1),
    (&["t", "\r"], &["条留痕", "机器"], 2),
    // The state at a record: Esc leads back to the journal, and from there.
    (&["t", DOWN, " "], &["条之后", "只读"], 2),
    (&["m"], &["名录", "26 个单位"], 1),
    (&["m", "\r"], &["> 单位", "区发展和改革局"], 2),
    (&["m", "\u{1b}[18~"], &["添加单位", "必填：全名"], 2),
    (&["y"], &["年度", "新建年度", "（现在打开的）"], 1),
    (&["y", "n"], &["2023 年的细则"], 2),
    (&["w"], &["导出", "> 内容", "编码"], 1),
    (&[","], &["个人设置", "> 颜色"], 1),
    (&[",", "\u{1b}[F", "\r"], &["回车 换键"], 2),
    (&[F2], &["找命令", "按这条规则扣一次"], 1),
    (&["/"], &["找单位", "Q01"], 1),
    (&["?"], &["总表的按键"], 1),
    (&["o"], &["排序", "1-9 选择"], 1),
    (&["f"], &["筛选", "1-9 选择"], 1),
];

#[test]
fn every_view_opens_by_its_key_and_esc_leads_back() {
    let desk = desk();
    let mut terminal = Terminal::start(&desk.path().join("data"), &[]);
    terminal.wait_for_all(HOME);
    // The pane of the cell, and the hints of the first days, until Esc.
    terminal.wait_for("1 逾期未完成（0.1分/次，已扣 0.1）");
    terminal.wait_for("入门 1/6");
    for (keys, expected, n_back) in VIEWS {
        for (key, is_last) in keys.iter().zip((1..=keys.len()).map(|it| it == keys.len())) {
            let before = terminal.screen();
            terminal.send(key);
            if !is_last {
                terminal.wait_for_other_than(&before);
            }
        }
        terminal.wait_for_all(expected);
        for _ in 0..*n_back {
            let before = terminal.screen();
            terminal.send(ESC);
            terminal.wait_for_other_than(&before);
        }
        terminal.wait_for_all(HOME);
    }
    // Several units at once: marks, what would come of it, and out again.
    for key in ["v", "v"] {
        terminal.send(key);
    }
    terminal.wait_for("+已标 2 个单位");
    terminal.send("1");
    terminal.wait_for("先看一看");
    terminal.send(ESC);
    terminal.wait_for("+已标 2 个单位");
    terminal.send(ESC);
    terminal.wait_for("入门");
    terminal.send(ESC);
    terminal.wait_for("满=满分  ?=未复核  :=扣10%以上  !=扣30%以上");
    terminal.send(TAB);
    terminal.wait_for("[乡镇]");
    terminal.send("q");
    assert_eq!(terminal.wait_for_end(), 0);
    terminal.wait_until_restored();
}

#[test]
fn the_mouse_goes_to_cells_rows_and_footer_and_is_given_back() {
    let desk = desk();
    let mut terminal = Terminal::start(&desk.path().join("data"), &[]);
    terminal.wait_for_all(HOME);
    assert!(terminal.has_mouse());
    terminal.click(" 教育局", 1);
    terminal.wait_for(">教育局");
    // On the cell of the first indicator: its entries, the second time.
    terminal.click(">教育局", 14);
    terminal.wait_for("共 1 条");
    terminal.send(ESC);
    terminal.wait_for_all(HOME);
    terminal.wheel_down();
    terminal.wait_for(">民政局");
    terminal.click("空格 复核", 1);
    terminal.wait_for("已记 民政局 主动公开信息：标为已复核");
    terminal.click("r 排名", 0);
    terminal.wait_for("共有指标的失分率");
    terminal.click("河坝镇", 0);
    terminal.wait_for("> 乡镇（5个单位）");
    terminal.click("河坝镇", 0);
    terminal.wait_for(">河坝镇");
    terminal.send("q");
    assert_eq!(terminal.wait_for_end(), 0);
    // The mouse is the shell's again.
    terminal.wait_until_restored();
}
