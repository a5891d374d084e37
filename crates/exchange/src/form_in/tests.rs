//! Forms, spoiled in every way that was thought of: what is taken, what is remarked, what is refused and where.

use std::collections::BTreeMap;

use rust_xlsxwriter as out;
use rust_xlsxwriter::{Format, Formula, Worksheet};

use super::*;
use crate::sample::{done, ledger, self_score};

/// A sheet in the making: cells by name, and what is merged, such as `B6:B7`.
#[derive(Clone)]
struct Draft {
    name: String,
    cells: BTreeMap<String, String>,
    merged: Vec<String>,
    hidden_rows: Vec<u32>,
    is_hidden: bool,
}

impl Draft {
    /// The form of 区教育局, filled in.
    fn form() -> Draft {
        let mut draft = Draft::empty("自评表");
        for (cell, text) in [
            ("A1", "区教育局2023年政务公开考核自评表"),
            ("A2", "单位：区教育局"),
            ("H3", "kaohe-form/1 2023 a01"),
            ("B4", "1. 主动公开信息（10分）"),
            ("D4", "9.5"),
            ("B5", "3. 政务新媒体（10分）"),
            ("D5", "10"),
            ("F5", "两个账号\n都按时更新"),
            ("B6", "4. 基础信息公开（4分）"),
            ("C6", "1. 规章公开情况（2分）"),
            ("C7", "2. 许可公开情况（2分）"),
            ("D6", "4"),
            ("B8", "8. 依申请公开（10分）"),
            ("D8", "10"),
            ("A9", "合计"),
            ("D9", "=SUM(D4:D8) 33.5"),
        ] {
            draft.set(cell, text);
        }
        draft.row(3, &["一级指标", "二级指标", "评分办法", "自评", "复核", "说明"]);
        draft.merged = vec!["B6:B7".to_owned(), "D6:D7".to_owned(), "A1:F1".to_owned()];
        draft
    }

    fn empty(name: &str) -> Draft {
        let (cells, merged) = (BTreeMap::new(), Vec::new());
        Draft { name: name.to_owned(), cells, merged, hidden_rows: Vec::new(), is_hidden: false }
    }

    fn set(&mut self, cell: &str, text: &str) -> &mut Draft {
        self.cells.insert(cell.to_owned(), text.to_owned());
        self
    }

    fn row(&mut self, row: u32, texts: &[&str]) {
        for (column, text) in (1..).zip(texts) {
            self.set(&crate::workbook_in::Spot { row, column }.name(), text);
        }
    }

    /// Puts every cell elsewhere.
    fn moved(&mut self, to: impl Fn(u32, u32) -> (u32, u32)) {
        let spot = |cell: &str| {
            let (row, column) = place(cell);
            let (row, column) = to(row, column);
            crate::workbook_in::Spot { row, column }.name()
        };
        self.cells = self.cells.iter().map(|(cell, text)| (spot(cell), text.clone())).collect();
        let area = |it: &String| {
            let (first, last) = it.split_once(':').unwrap();
            format!("{}:{}", spot(first), spot(last))
        };
        self.merged = self.merged.iter().map(area).collect();
    }

    fn write(&self, sheet: &mut Worksheet) {
        sheet.set_name(&self.name).unwrap();
        for area in &self.merged {
            let (first, last) = area.split_once(':').unwrap();
            let ((a, b), (c, d)) = (at(first), at(last));
            sheet.merge_range(a, b, c, d, "", &Format::new()).unwrap();
        }
        for (cell, text) in &self.cells {
            let (row, column) = at(cell);
            // '9.5 is a text, =A1+1 9.5 a formula with its result, % a percentage, @ a date.
            if let Some(text) = text.strip_prefix('\'') {
                sheet.write(row, column, text).unwrap();
            } else if let Some(formula) = text.strip_prefix('=') {
                let (formula, result) = formula.rsplit_once(' ').unwrap_or((formula, ""));
                sheet.write_formula(row, column, Formula::new(formula).set_result(result)).unwrap();
            } else if let Some(day) = text.strip_prefix('@') {
                let format = Format::new().set_num_format("m\"月\"d\"日\"");
                sheet.write_with_format(row, column, day.parse::<f64>().unwrap(), &format).unwrap();
            } else if let Some(part) = text.strip_prefix('%') {
                let format = Format::new().set_num_format("0%");
                sheet.write_with_format(row, column, part.parse::<f64>().unwrap(), &format).unwrap();
            } else if let Ok(number) = text.parse::<f64>() {
                sheet.write(row, column, number).unwrap();
            } else {
                sheet.write(row, column, text).unwrap();
            }
        }
        for row in &self.hidden_rows {
            sheet.set_row_hidden(row - 1).unwrap();
        }
        sheet.set_hidden(self.is_hidden);
    }
}

/// Row and column of `D7`, from 1.
fn place(cell: &str) -> (u32, u32) {
    let digits = cell.trim_start_matches(|it: char| it.is_ascii_alphabetic());
    let letters = cell.strip_suffix(digits).unwrap();
    let column = letters.bytes().fold(0, |sum, it| sum * 26 + u32::from(it - b'A') + 1);
    (digits.parse().unwrap(), column)
}

/// The same as rust_xlsxwriter counts.
fn at(cell: &str) -> (u32, u16) {
    let (row, column) = place(cell);
    (row - 1, u16::try_from(column - 1).unwrap())
}

fn workbook(drafts: &[Draft]) -> Vec<u8> {
    let mut workbook = out::Workbook::new();
    for draft in drafts {
        draft.write(workbook.add_worksheet());
    }
    workbook.save_to_buffer().unwrap()
}

/// Reads sheets as a file of this name: `taken 33.5` with its remarks, or `refused` with the reasons.
fn read_as(file: &str, drafts: &[Draft], options: FormOptions) -> Vec<String> {
    let bytes = workbook(drafts);
    match read_self_file(&bytes, file, &ledger(), 2023, options) {
        Ok(SelfFile::Form(form)) => {
            let first = format!("taken {} of {}: {}", form.total, form.unit, form.changes.len());
            std::iter::once(first).chain(form.remarks.iter().map(ToString::to_string)).collect()
        }
        Ok(SelfFile::Table(table)) => vec![format!("table of {}", table.changes.len())],
        Err(faults) => {
            let bare =
                |it: &String| it.strip_prefix(file).unwrap().trim().trim_start_matches('：').to_owned();
            std::iter::once("refused".to_owned()).chain(faults.iter().map(bare)).collect()
        }
    }
}

#[track_caller]
fn check_file(file: &str, spoil: impl FnOnce(&mut Draft), expected: &[&str]) {
    let mut draft = Draft::form();
    spoil(&mut draft);
    assert_eq!(read_as(file, &[draft], FormOptions::default()), expected);
}

/// Puts texts into cells.
fn put<'t>(cells: &'t [(&'t str, &'t str)]) -> impl FnOnce(&mut Draft) + 't {
    move |draft| {
        for (cell, text) in cells {
            draft.set(cell, text);
        }
    }
}

/// Spoils the form and reads it.
#[track_caller]
fn check(spoil: impl FnOnce(&mut Draft), expected: &[&str]) {
    check_file("自评表.xlsx", spoil, expected);
}

const TAKEN: &str = "taken 33.5 of a01: 4";

#[test]
fn a_form_comes_back_as_it_was_filled_in() {
    let form = match read_self_file(
        &workbook(&[Draft::form()]),
        "x.xlsx",
        &ledger(),
        2023,
        FormOptions::default(),
    ) {
        Ok(SelfFile::Form(form)) => form,
        other => panic!("{other:?}"),
    };
    let mut media = self_score("a01", "media", "10");
    if let Change::SelfScore { note, .. } = &mut media {
        *note = "两个账号 都按时更新".to_owned();
    }
    let scores = |id, points| self_score("a01", id, points);
    assert_eq!(
        form.changes,
        [scores("release", "9.5"), media, scores("basics", "4"), scores("request", "10")]
    );
    assert_eq!(form.remarks, []);
}

#[test]
fn what_people_type_for_a_score() {
    for text in ["'9.5", "'９．５分", "'9.5 分", "=5+4.5 9.5", "9.5000000000000004"] {
        check(put(&[("D4", text)]), &[TAKEN]);
    }
    for (text, reason) in [
        ("满分", "自评表!D4：“满分”不是数：请填 0.5 这样的小数或整数。"),
        ("-1", "自评表!D4：“-1”不在范围内：须不小于 0，不超过 10。"),
        ("10.5", "自评表!D4：“10.5”不在范围内：须不小于 0，不超过 10。"),
        ("%0.95", "自评表!D4：“0.95”是百分数：请填分数。"),
        ("@45175", "自评表!D4：“2023-09-06”是日期，可能是输入时被表格软件改了：请把格式改为数字，重填。"),
        ("=A99 #REF!", "自评表!D4：“#REF!”是公式出的错：请改成数。"),
        ("/", "自评表!D4：“/”不是数：请填自评分；不涉及的指标也请填分，由考核单位标为不涉及。"),
        ("", "自评表!D4：没有填“主动公开信息”的自评分。"),
    ] {
        check(put(&[("D4", text)]), &["refused", reason]);
    }
    check(
        put(&[("D4", "9.55"), ("D9", "33.55")]),
        &["taken 33.55 of a01: 4", "自评表!D4：“9.55”小数多于 1 位，细则按 0.1 计分；照收"],
    );
}

#[test]
fn all_reasons_are_said_at_once() {
    check(
        put(&[("D4", "abc"), ("D5", "11"), ("D8", "")]),
        &[
            "refused",
            "自评表!D4：“abc”不是数：请填 0.5 这样的小数或整数。",
            "自评表!D5：“11”不在范围内：须不小于 0，不超过 10。",
            "自评表!D8：没有填“依申请公开”的自评分。",
        ],
    );
}

#[test]
fn columns_are_known_by_their_headings() {
    for heading in
        ["自评分", "自评得分", "单位自评", "自 评", "自评（分）", "自评分\n（由单位填）", "单位自查得分"]
    {
        check(put(&[("D3", heading)]), &[TAKEN]);
    }
    // 自评 and 复核 change places, and a column comes before all.
    check(
        |it| {
            it.moved(|row, column| match column {
                4 => (row, 6),
                5 => (row, 5),
                6 => (row, 8),
                8 => (row, 12),
                other => (row, other + 1),
            });
        },
        &[TAKEN],
    );
    check(put(&[("D3", "分数"), ("E3", "")]), &[TAKEN]);
    check(
        put(&[("D3", "甲"), ("E3", "乙")]),
        &[
            "refused",
            "不像自评表：没有找到写着“自评”的一列和细则里的二级指标。请用 kaohe forms 给出的表填，或写成有 单位、指标、自评分 三列的表格。",
        ],
    );
    check(
        put(&[("E3", "自评得分"), ("E4", "9")]),
        &["refused", "自评表!D3：“自评”有几列自评都填了数（D3、E3）：请只留一列。"],
    );
}

#[test]
fn rows_may_be_inserted_and_hidden() {
    check(|it| it.moved(|row, column| (if row > 4 { row + 2 } else { row }, column)), &[TAKEN]);
    check(|it| it.hidden_rows = vec![5], &[TAKEN, "自评表!D5：“10”第 5 行隐藏着，照收"]);
    check(|it| it.moved(|row, column| (if row > 7 { row + 40 } else { row + 7 }, column + 3)), &[TAKEN]);
}

#[test]
fn indicators_are_known_by_their_names() {
    for text in
        ["主动公开信息", "1、主动公开信息", "1. 主 动\n公开信息 (10 分)", "（1）主动公开信息（满分10分）"]
    {
        check(put(&[("B4", text)]), &[TAKEN]);
    }
    check(
        put(&[("B4", "1. 主动公布信息（10分）")]),
        &[
            TAKEN,
            "自评表!B4：“1. 主动公布信息（10分）”与细则的“主动公开信息”不完全相同：序号和分值相符，认作它",
        ],
    );
    check(
        put(&[("B4", "2. 主动公开信息（10分）")]),
        &[TAKEN, "自评表!B4：“2. 主动公开信息（10分）”序号与细则的 1 不同：按名称认"],
    );
    check(
        put(&[("B4", "1. 主动公开信息（20分）")]),
        &["refused", "自评表!B4：“1. 主动公开信息（20分）”写的满分是 20 分，细则是 10 分：请用本年度的表。"],
    );
    check(
        put(&[("B4", "7. 食堂伙食（10分）")]),
        &[
            "refused",
            "自评表!B4：“7. 食堂伙食（10分）”不是区直的指标：细则里有 1 主动公开信息、3 政务新媒体、4 基础信息公开、8 依申请公开。",
            "表里没有指标“1 主动公开信息”。",
        ],
    );
    check(
        put(&[("B4", "")]),
        &[
            "refused",
            "自评表!D4：“9.5”填了自评分，但看不出是哪个指标：请核对这一行。",
            "表里没有指标“1 主动公开信息”。",
        ],
    );
}

#[test]
fn the_official_table_s_own_slips_are_understood() {
    // The rule texts stand below 自评, the scores one to the right; one row has slipped to the left.
    let mut draft = Draft::empty("Sheet1");
    let method = "未按时限完成的，每次扣0.1分，工作质量有欠缺的，视情况酌情扣分";
    draft.row(1, &["大通湖区2023年政务公开考核细则（区直）"]);
    draft.row(2, &["一级指标", "二级指标", "评分办法", "自评", "复核"]);
    draft.row(3, &["1. 政务公开（34分）", "1. 主动公开信息（10分）", "1. 要点", method, "9.5"]);
    draft.row(4, &["", "3. 政 务 新媒体(10 分)", "1. 要点", method, "'10分", "9"]);
    draft.row(5, &["", "4、基础信息公开 (4分)", "1. 要点 2. 要点", method, "4"]);
    draft.row(6, &["8. 依申请公开 (10分)", "1. 要点", "未按要求不计分", "10"]);
    let read = |it: &Draft, file| read_as(file, std::slice::from_ref(it), FormOptions::default());
    let whose = "表上没有写单位，按文件名或工作表名认作“区教育局”";
    let review = "Sheet1!F4：“复核”由考核单位填，这里填了 1 格，没有采用";
    assert_eq!(read(&draft, "区教育局.xlsx"), ["taken 33.5 of a01: 4", whose, review]);
    draft.set("D6", "").set("E6", "10");
    assert_eq!(read(&draft, "教育局自评.xlsx"), ["taken 33.5 of a01: 4", whose, review]);
    assert_eq!(
        read(&draft, "x.xlsx"),
        ["refused", "看不出是哪个单位的表：请在表头写“单位：全名”，或用 kaohe forms 给出的表。"]
    );
}

#[test]
fn scores_of_each_item_are_added_up() {
    let unmerged = |it: &mut Draft| it.merged.retain(|it| !it.starts_with('D'));
    check(
        |it| {
            unmerged(it);
            it.set("D6", "2").set("D7", "1.5").set("D9", "33");
        },
        &["taken 33 of a01: 4", "自评表!D6：“基础信息公开”按评分要点分填，合计 3.5"],
    );
    check(
        |it| {
            unmerged(it);
            it.set("D6", "4").set("D7", "4");
        },
        &[
            "refused",
            "自评表!D6：“4”不在范围内：评分要点 4.1 须不小于 0，不超过 2。",
            "自评表!D7：“4”不在范围内：评分要点 4.2 须不小于 0，不超过 2。",
        ],
    );
    check(
        |it| {
            unmerged(it);
            it.set("D6", "2");
        },
        &[
            "refused",
            "自评表!D6：“2”“基础信息公开”有 2 个评分要点，只填了这一格：分不清是一个要点的分还是整个指标的分。",
        ],
    );
    check(unmerged, &[TAKEN]);
}

#[test]
fn two_scores_of_one_indicator_are_refused() {
    check(
        |it| {
            it.moved(|row, column| (if row > 4 { row + 1 } else { row }, column));
            it.set("C5", "续").set("D5", "9");
        },
        &[
            "refused",
            "自评表!D5：“9”“主动公开信息”有 2 个自评分（D4、D5）：请每个指标填一个，或每个评分要点各填一个。",
        ],
    );
    check(
        put(&[("B9", "1. 主动公开信息（10分）"), ("A9", ""), ("D9", "9")]),
        &["refused", "自评表!D9：“9”指标“主动公开信息”有两个自评分，自评表!D4 是 9.5：请只留一个。"],
    );
}

#[test]
fn sums_and_reviews_are_remarked() {
    check(put(&[("D9", "99")]), &[TAKEN, "自评表!D9：合计写的是 99，各项之和是 33.5：以各项为准"]);
    check(
        put(&[("D9", "=SUM(#REF!) #REF!")]),
        &[TAKEN, "自评表!D9：“#REF!”合计是公式出的错：请改成数；以各项之和 33.5 为准"],
    );
    check(
        put(&[("E4", "9"), ("E8", "8")]),
        &[TAKEN, "自评表!E4：“复核”由考核单位填，这里填了 2 格，没有采用"],
    );
}

#[test]
fn whose_it_is_has_to_be_said_the_same_everywhere() {
    check_file(
        "财政局.xlsx",
        |_| {},
        &[
            "refused",
            "自评表!A2：分不清是哪个单位的表：隐藏的标记（自评表!H3）是“区教育局”，填报单位（自评表!A2）是“区教育局”，标题（自评表!A1）是“区教育局”，文件名是“区财政局（国资办）”。请核对后改成一致。",
        ],
    );
    check_file("区教育局报区财政局.xlsx", |_| {}, &[TAKEN]);
    check(
        put(&[("A2", "单位：区财政局（国资办）"), ("A1", "")]),
        &[
            "refused",
            "自评表!A2：分不清是哪个单位的表：隐藏的标记（自评表!H3）是“区教育局”，填报单位（自评表!A2）是“区财政局（国资办）”。请核对后改成一致。",
        ],
    );
    check(put(&[("A2", "填报单位（盖章）：教育局    填报日期：2024年1月5日")]), &[TAKEN]);
    check(put(&[("A2", "单位名称"), ("C2", "区教育局")]), &[TAKEN]);
    check(
        put(&[("A2", "单位：区教育局机关"), ("A1", "")]),
        &[TAKEN, "自评表!A2：“区教育局机关”与名录里的“区教育局”不同：按隐藏的标记认作它"],
    );
    check(
        put(&[("A2", "单位：市气象台"), ("A1", ""), ("H3", "")]),
        &["refused", "自评表!A2：“市气象台”不在名录中。"],
    );
    check(
        put(&[("A2", "单位：市气象台")]),
        &["refused", "自评表!A2：“市气象台”不在名录中，而别处写的是“区教育局”：请核对是哪个单位的表。"],
    );
    check(
        put(&[("H3", "kaohe-form/1 2023 zz9")]),
        &["refused", "自评表!H3：表上的标记说是编号 zz9 的单位，名录里没有这个编号。"],
    );
}

#[test]
fn a_stranger_s_name_in_the_title_is_no_decoration() {
    let reason = "不在名录中，而别处写的是“区教育局”：请核对是哪个单位的表。";
    for title in ["区气象局2023年度自评表", "大通湖区2023年政务公开自评表（区气象局）"]
    {
        let expected = format!("自评表!A1：“区气象局”{reason}");
        check(put(&[("A1", title)]), &["refused", &expected]);
    }
    check(
        put(&[("A1", "区教育体育局2023年度自评表")]),
        &[TAKEN, "自评表!A1：“区教育体育局”与名录里的“区教育局”不同：按隐藏的标记认作它"],
    );
    check(put(&[("A1", "大通湖区2023年政务公开考核自评表（区直）")]), &[TAKEN]);
}

#[test]
fn the_year_has_to_be_this_one() {
    check(
        put(&[("H3", "kaohe-form/1 2022 a01")]),
        &["refused", "自评表!H3：这是 2022 年的自评表，现在导入的是 2023 年：请核对年度，或用 --year 指定。"],
    );
    check(
        put(&[("A1", "区教育局2022年政务公开考核自评表")]),
        &[
            "refused",
            "自评表!A1：“区教育局2022年政务公开考核自评表”写的是 2022 年，现在导入的是 2023 年：请核对年度，或用 --year 指定。",
        ],
    );
}

#[test]
fn another_class_s_form_is_refused() {
    check(
        |it| {
            it.set("H3", "").set("A1", "").set("A2", "单位：河坝镇");
        },
        &["refused", "这是区直的表，而“河坝镇”按乡镇的细则考核：请换成乡镇的表再填。"],
    );
}

#[test]
fn further_sheets_do_no_harm() {
    let cover = |text: &str| {
        let mut cover = Draft::empty("封面");
        cover.set("B3", text).set("B9", "填报日期：2024年1月3日");
        cover
    };
    let read = |drafts: &[Draft]| read_as("x.xlsx", drafts, FormOptions::default());
    let form = Draft::form();
    assert_eq!(read(&[cover("区教育局2023年自评材料"), form.clone(), Draft::empty("Sheet3")]), [TAKEN]);
    let other = read(&[cover("区财政局（国资办）2023年自评材料"), form.clone()]);
    assert!(other[1].starts_with("封面!B3：分不清是哪个单位的表"), "{other:?}");
    // A blank copy of the form, and a filled one.
    let mut copy = Draft { name: "自评表 (2)".to_owned(), ..form.clone() };
    for cell in ["D4", "D5", "D6", "D8"] {
        copy.set(cell, "");
    }
    assert_eq!(read(&[copy.clone(), form.clone()]), [TAKEN]);
    copy.set("D4", "8");
    let both = read(&[form.clone(), copy]);
    assert_eq!(
        both[..2],
        ["refused", "自评表 (2)!D4：“8”指标“主动公开信息”有两个自评分，自评表!D4 是 9.5：请只留一个。"]
    );
    let mut other = Draft { name: "财政".to_owned(), ..form.clone() };
    other.set("H3", "kaohe-form/1 2023 a02").set("A1", "").set("A2", "");
    let two = read(&[form.clone(), other]);
    assert!(two[1].ends_with("。一个文件里只能有一个单位的表，请分成几个文件。"), "{two:?}");
    let hidden = Draft { is_hidden: true, ..form };
    assert_eq!(read(&[cover("区教育局"), hidden]), [TAKEN, "工作表“自评表”隐藏着，照收"]);
}

#[test]
fn empty_forms_are_refused_in_one_sentence() {
    let empty = |it: &mut Draft| {
        for cell in ["D4", "D5", "D6", "D8", "D9"] {
            it.set(cell, "");
        }
    };
    check(empty, &["refused", "自评表!D4：没有填任何自评分：请填好再送。"]);
    check(|it| it.cells.clear(), &["refused", "工作簿是空的：请填好自评表再送。"]);
}

#[test]
fn open_indicators_are_taken_where_that_is_allowed() {
    let mut draft = Draft::form();
    draft.set("D4", "").set("D9", "24");
    let read = read_as("x.xlsx", &[draft], FormOptions { allow_missing: true });
    assert_eq!(read, ["taken 24 of a01: 3", "自评表!D4：没有填“主动公开信息”的自评分"]);
}

#[test]
fn what_is_recorded_already_is_counted_and_what_changes_is_said() {
    let mut ledger = ledger();
    ledger.apply(&done(1, self_score("a01", "release", "9.5")));
    ledger.apply(&done(2, self_score("a01", "request", "9")));
    let read = read_self_file(&workbook(&[Draft::form()]), "x.xlsx", &ledger, 2023, FormOptions::default());
    let Ok(SelfFile::Form(form)) = read else { panic!("{read:?}") };
    assert_eq!((form.changes.len(), form.n_unchanged), (3, 1));
    assert_eq!(form.remarks[0].to_string(), "自评表!D8：已记的自评是 9，改为 10");
}

#[test]
fn a_table_of_many_units_is_no_form() {
    let mut draft = Draft::empty("Sheet1");
    draft.row(1, &["单位", "指标", "自评分"]);
    draft.row(2, &["区教育局", "1", "9.5"]);
    draft.row(3, &["河坝镇", "1", "20"]);
    assert_eq!(read_as("x.xlsx", &[draft], FormOptions::default()), ["table of 2"]);
}

#[test]
fn a_million_empty_rows_take_no_time() {
    use std::time::{Duration, Instant};

    use crate::workbook_in::{Area, CellValue, SheetCell, Spot, WorkSheet};

    let mut sheet = WorkSheet { name: "自评表".to_owned(), ..WorkSheet::default() };
    let mut put = |row: u32, column: u32, text: &str| {
        let value = match text.parse::<f64>() {
            Ok(_) => CellValue::Number(text.into()),
            Err(_) => CellValue::Text(text.into()),
        };
        sheet.cells.push(SheetCell { at: Spot { row, column }, value, is_formula: false });
    };
    put(1, 1, "单位：区教育局");
    put(3, 2, "二级指标");
    // A column of 自评 each.
    (4..9_000).for_each(|column| put(3, column, "自评"));
    put(4, 2, "1. 主动公开信息（10分）");
    put(1 << 20, 4, "9.5");
    sheet.merged.push(Area { first: Spot { row: 4, column: 2 }, last: Spot { row: 1 << 20, column: 2 } });
    let workbook = Workbook { sheets: vec![sheet], has_macros: false };
    let started = Instant::now();
    let read = read_form(&workbook, "表.xlsx", &ledger(), 2023, FormOptions { allow_missing: true });
    let scores = read.map(|it| it.total.to_string()).map_err(|it| it.len());
    assert_eq!(scores.as_deref(), Ok("9.5"));
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
}
