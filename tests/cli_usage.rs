//! What the program says to a command line that it cannot follow: in Chinese, with what was probably meant.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod support;

use std::process::{Command, Stdio};

use support::{Desk, check_in_order};

#[test]
fn wrong_usage_is_told_in_chinese() {
    let desk = Desk::with_year();
    for (command, expected) in [
        ("rnk", "没有命令“rnk”，是否应为 rank。"),
        ("units lst", "没有命令“lst”，是否应为 list。"),
        ("rank --trakc 区直", "没有选项“--trakc”，是否应为 --track。"),
        ("rank --format xml", "不能是“xml”：是否应为 xlsx？可以是 table、csv、json、ron、xlsx"),
        ("rank --format", "--format <格式> 后面缺少值"),
        ("rank --year 23", "不能是“23”：请写四位数字，如 2023"),
        ("rank extra", "多出了“extra”"),
        ("explain", "还缺少 <单位>"),
        ("import", "后面还缺少一个命令：entries、self、year"),
        ("na --unit Q01 --indicator 7", "还缺少 --reason <原因>"),
        ("na --unit Q01 --indicator 7 --undo --reason 无", "不能与"),
        ("review", "没有说明复核哪些"),
        ("review --all --unit Q01", "不能与"),
        ("review --unit 河坝镇 --track 区直", "河坝镇 的类别是 乡镇"),
        ("rank --track 区 --track 乡镇", "只能写一次"),
        ("rank --encoding gb18030", "--encoding 只用于 CSV"),
        ("rank -o 排名.xls", "不能写 .xls 文件：能写 xlsx、csv、json、ron 和文本表格"),
        ("score --format csv -o 得分.XLS", "不能写 .XLS 文件"),
        ("units list -o 名录.ods", "不能写 .ods 文件"),
        ("rank -o 排名.pdf", "不能写 .pdf 文件"),
        ("score -o 得分.docx", "不能写 .docx 文件"),
        ("export --format csv", "请用 -o 指定放它们的文件夹"),
        ("init 2024 --year 2023", "请去掉 --year"),
        ("init 24", "请写四位数字"),
        ("withdraw 1@nobody --reason 错", "没有扣分记录“1@nobody”"),
    ] {
        let err = desk.fails(2, command);
        assert!(err.contains(expected), "{command}: {err}");
        let usage_words: Vec<&str> = err.lines().filter(|it| !it.starts_with("用法：")).collect();
        for english in ["Usage", "error", "tip:", "required", "argument", "[OPTIONS]"] {
            assert!(!usage_words.iter().any(|it| it.contains(english)), "{command}: {err}");
        }
    }
}

#[test]
fn which_commands_there_are_is_told_also_where_the_environment_says_nothing() {
    for (command, expected) in [
        ("units", "后面还缺少一个命令：list、import。"),
        ("rubric", "后面还缺少一个命令：show、check"),
        ("import", "后面还缺少一个命令：entries、self、year。"),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_kaohe"))
            .arg(command)
            .env_remove("KAOHE_DATA")
            .env_remove("KAOHE_BY")
            .output()
            .unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert!(err.contains(expected) && output.status.code() == Some(2), "{command}: {err}");
    }
}

#[test]
fn unknown_names_are_told_with_the_nearest() {
    let desk = Desk::with_year();
    for (command, expected) in [
        ("score 区教育", "没有单位“区教育”：请填编号或全名，最接近的是“区教育局”。"),
        ("explain 区教育局 政务新媒", "最接近的是“政务新媒体”"),
        ("rank --track 乡", "没有类别“乡”：请填区直、乡镇，最接近的是“乡镇”。"),
        ("review --unit 河坝", "最接近的是“河坝镇”"),
        ("review --unit 河坝镇 --indicator 9", "没有指标（乡镇细则）“9”"),
        ("review --all --indicator 10", "没有指标"),
        ("log --unit 区交育局", "最接近的是“区教育局”"),
        ("log --unit 教育局", "最接近的是“区教育局”"),
        ("score 教育局", "最接近的是“区教育局”"),
        ("rubric show --track 区值", "最接近的是“区直”"),
        ("score 区\u{1b}[31m教育局", "没有单位“区[31m教育局”"),
    ] {
        let err = desk.fails(2, command);
        assert!(err.contains(expected), "{command}: {err}");
    }
}

#[test]
fn the_store_refuses_with_its_own_status() {
    let desk = Desk::empty();
    for command in ["score", "check", "undo", "import entries x.csv", "units list", "export --format ron"] {
        let err = desk.fails(4, command);
        assert!(err.contains("还没有年度") && err.contains("kaohe init 2023"), "{command}: {err}");
    }
    let desk = Desk::with_year();
    assert!(desk.fails(4, "init 2023").contains("2023 年已经有了"));
    assert!(desk.fails(4, "rank --year 2022").contains("没有 2022 年（已有的年度：2023）"));
    assert!(desk.fails(4, "init 2024 --from 2022").contains("没有 2022 年"));
    assert!(desk.fails(4, "rank -o no/such/folder/r.csv").contains("文件或文件夹不存在"));
    desk.ok("export --format ron -o year.ron");
    assert!(desk.fails(4, "import year year.ron").contains("2023 年已经有了"));
}

#[test]
fn without_a_terminal_the_screens_do_not_open() {
    let desk = Desk::empty();
    for command in ["", "demo"] {
        assert!(desk.fails(2, command).contains("界面只能在终端里打开"));
    }
}

#[test]
fn help_and_version_are_asked_for_anywhere() {
    let desk = Desk::empty();
    assert!(desk.ok("--help").contains("用法：kaohe [选项] [命令]"));
    assert_eq!(desk.ok("import entries -h"), desk.ok("import entries --help"));
    assert!(desk.ok("--version").starts_with("kaohe "));
    assert_eq!(desk.ok("--data x init --help"), desk.ok("init --help --data x"));
}

#[test]
fn global_options_stand_before_and_after_the_command() {
    let desk = Desk::empty();
    desk.ok("--data here --by 王五 init 2023");
    desk.file("one.csv", "单位,指标,规则,日期\nQ01,1,late,2023-05-01\n");
    desk.ok("import entries one.csv --data here --by 王五");
    assert!(desk.ok("log --data here --year 2023").contains("王五"));
    assert!(!desk.path("data").exists());
}

#[test]
fn a_reader_that_leaves_early_is_no_failure() {
    let desk = Desk::with_year();
    let mut child = Command::new(env!("CARGO_BIN_EXE_kaohe"))
        .args(["score", "--format", "json", "--data"])
        .arg(desk.path("data"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), b"".as_slice()));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let desk = Desk::with_year();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_kaohe"))
        .args(["score", "--data"])
        .arg(desk.path("data"))
        .stdout(full)
        .output()
        .unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(4), "{err}");
    assert_eq!(err, "无法写入 标准输出：磁盘已满。请腾出空间，然后再试一次。\n");
}

#[test]
fn help_shows_the_handbook_by_title_part_initials_and_number() {
    let desk = Desk::empty();
    let contents = desk.ok("help");
    check_in_order(&contents, &["1  开始", "2  一天的工作", "改错", "常见问题", "kaohe rank --help"]);
    let chapter = desk.ok("help 改错");
    check_in_order(
        &chapter,
        &["改错\n", "刚刚按错：撤销。", " 已撤销 发改局 主动公开信息：扣 逾期未完成 1次"],
    );
    for topic in ["gc", "gaicuo", " 改"] {
        assert_eq!(desk.ok_by("张三", &["help", topic]), chapter, "{topic}");
    }
    assert!(desk.ok("help ２").starts_with("一天的工作\n"));
    assert!(desk.ok("help 搬家").starts_with("备份和搬家\n"));
    check_in_order(&desk.ok("help 一"), &["有 3 章", "一天的工作", "一年的流程"]);
    assert!(!desk.path("data").exists());
}

#[test]
fn help_answers_questions_and_describes_commands() {
    let desk = Desk::empty();
    check_in_order(&desk.ok("help 输入法"), &["输入法开着", "F8 撤销", "（手册“常见问题”）"]);
    check_in_order(&desk.ok("help u盘"), &["手册里提到“u盘”的章：备份和搬家"]);
    assert_eq!(desk.ok("help rank"), desk.ok("rank --help"));
    assert_eq!(desk.ok("help import entries"), desk.ok("import entries --help"));
    assert_eq!(desk.ok("help kaohe"), desk.ok("--help"));
    let said = desk.fails(2, "help 备分");
    check_in_order(&said, &["手册里没有“备分”，是否应为 备份和搬家", "各章是：开始、"]);
    assert!(desk.fails(2, "help fianlise").contains("是否应为 finalise"));
}
