//! Workbooks and forms, read back.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use jiff::civil::date;
use kaohe_core::{Change, Indicator, Ledger, NotApplicable, Points, Roster, Rubric, Section, Settings, Ties};

use super::*;
use crate::form_mark::FormMark;
use crate::sample::{done, import, ledger, ledger_under, review, roster, rubrics, self_score, to_local};
use crate::table::{Column, Value};

type Read = Xlsx<Cursor<Vec<u8>>>;

fn about() -> About {
    About {
        year: 2023,
        by: "张三".to_owned(),
        at: date(2023, 12, 1).at(9, 15, 0, 0),
        as_of: String::new(),
        digest: "ab12".to_owned(),
    }
}

fn open(bytes: Vec<u8>) -> Read {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

fn workbook(ledger: &Ledger) -> Read {
    open(to_workbook(ledger, about(), &to_local).unwrap())
}

/// The cells of a row, joined by `|`; blanks at its end left out.
fn line(row: &[Data]) -> String {
    let cells: Vec<String> = row.iter().map(ToString::to_string).collect();
    cells.join("|").trim_end_matches('|').to_owned()
}

fn lines(read: &mut Read, sheet: &str) -> Vec<String> {
    let range = read.worksheet_range(sheet).unwrap();
    range.rows().map(line).collect()
}

/// The formulas of a sheet, by where they are.
fn formula(read: &mut Read, sheet: &str, (row, col): (u32, u32)) -> String {
    let range = read.worksheet_formula(sheet).unwrap();
    range.get_value((row, col)).cloned().unwrap_or_default()
}

fn sample() -> Ledger {
    let mut ledger = ledger();
    import(
        &mut ledger,
        1,
        "a01,1,,late,,3,,=说明\na02,3,,incident,,4,,\nb01,1,,late,,1,,\nb02,2,,stale,,1,,",
    );
    review(&mut ledger, 2, &[1, 2, 3]);
    ledger.apply(&done(3, self_score("a02", "media", "10")));
    ledger
}

#[test]
fn a_year_has_a_sheet_for_everything() {
    assert_eq!(
        workbook(&sample()).sheet_names(),
        [
            "排名-区直",
            "排名-乡镇",
            "得分-区直",
            "得分-乡镇",
            "失分分析",
            "扣分明细",
            "自评差异",
            "说明",
            "区教育局",
            "区财政局（国资办）",
            "河坝镇",
            "北洲子镇",
        ]
    );
}

#[test]
fn ranks_and_totals_are_formulas_with_their_results() {
    let mut read = workbook(&sample());
    assert_eq!(
        lines(&mut read, "排名-区直")[2..],
        [
            "名次|并列|编号|单位|满分|自评|扣分|得分|得分率（%）|状态|已复核",
            "1||a02|区财政局（国资办）|34||3|31|91.2|已复核|4/4",
            "||a01|区教育局|34||0.3|33.7|99.1|未复核|0/4",
        ]
    );
    assert_eq!(
        lines(&mut read, "排名-乡镇")[3..],
        ["1|是|b01|河坝镇|60||0.1|59.9|99.8|已复核|3/3", "1|是|b02|北洲子镇|60||0.1|59.9|99.8|已复核|3/3"]
    );
    let at = |row, col| formula(&mut read, "排名-乡镇", (row, col));
    assert_eq!(
        [(3, 0), (4, 7)].map({
            let mut at = at;
            move |(row, col)| at(row, col)
        }),
        ["RANK(H4,$H$4:$H$5)", "'得分-乡镇'!$F$7"]
    );
    // Who has no place has no formula that could give it one.
    assert_eq!(formula(&mut read, "排名-区直", (4, 0)), "");
    assert_eq!(formula(&mut read, "得分-区直", (5, 6)), "ROUND(SUM(C6:F6),6)");
    assert_eq!(
        lines(&mut read, "得分-区直")[2..],
        [
            "编号|单位|1. 政务公开（34分）||||合计|扣分|状态|已复核",
            "||1. 主动公开信息|3. 政务新媒体|4. 基础信息公开|8. 依申请公开",
            "|满分|10|10|4|10|34",
            "a01|区教育局|9.7|10|4|10|33.7|0.3|未复核|0/4",
            "a02|区财政局（国资办）|10|7|4|10|31|3|已复核|4/4",
        ]
    );
}

#[test]
fn other_places_after_ties_are_no_formulas() {
    let mut ledger = ledger_under(Settings { ties: Ties::Dense, ..Settings::default() });
    review(&mut ledger, 1, &[0, 1, 2, 3]);
    let mut read = workbook(&ledger);
    assert_eq!(formula(&mut read, "排名-区直", (3, 0)), "");
    assert!(lines(&mut read, "排名-区直")[4].starts_with("1|是|a02|"));
}

#[test]
fn a_sheet_of_a_unit_is_the_official_table() {
    let mut read = workbook(&sample());
    let lines = lines(&mut read, "区财政局（国资办）");
    assert_eq!(lines[2], "一级指标|二级指标||评分办法|自评|复核");
    assert_eq!(
        lines[3],
        "1. 政务公开（34分）|1. 主动公开信息（10分）|1. 主动公开信息要点1（10分）|每逾期1次扣0.1分；视情况酌情扣分||10"
    );
    assert_eq!(
        lines[5],
        "|4. 基础信息公开（4分）|1. 基础信息公开要点1（2分）|每逾期1次扣0.1分；视情况酌情扣分||4"
    );
    assert_eq!(lines[6], "||2. 基础信息公开要点2（2分）");
    assert_eq!(lines[8], "合计（满分 34 分）|||||31");
    assert_eq!(formula(&mut read, "区财政局（国资办）", (8, 5)), "ROUND(SUM(F4:F8),6)");
    let merged = read.merge_cells_by_sheet_name("区财政局（国资办）").unwrap();
    let has = |from, to| merged.iter().any(|it| (it.start, it.end) == (from, to));
    assert!(has((3, 0), (7, 0)) && has((5, 5), (6, 5)) && has((2, 1), (2, 2)), "{merged:?}");
}

#[test]
fn what_is_not_reviewed_is_said_to_be_provisional() {
    let mut read = workbook(&sample());
    let lines = lines(&mut read, "区教育局");
    assert_eq!(lines[8], "合计（满分 34 分）　复核 0/4，暂计|||||33.7");
    assert_eq!(lines[9], "注：全部指标未复核，灰色斜体的得分为暂计。");
}

#[test]
fn text_that_looks_like_a_formula_is_text() {
    let mut read = workbook(&sample());
    assert!(lines(&mut read, "扣分明细")[1].contains("|=说明|"));
    let formulas = read.worksheet_formula("扣分明细").unwrap();
    assert!(formulas.is_empty(), "{formulas:?}");
}

#[test]
fn where_points_went_adds_up() {
    let mut read = workbook(&sample());
    let lines = lines(&mut read, "失分分析");
    assert!(lines.iter().any(|it| it == "合计|||||3.5"), "{lines:?}");
    assert!(lines.iter().any(|it| it == "区直|3|政务新媒体|3"), "{lines:?}");
}

#[test]
fn differences_are_formulas() {
    let mut read = workbook(&sample());
    assert_eq!(
        lines(&mut read, "自评差异")[1],
        "区直|a02|区财政局（国资办）|3|政务新媒体|10|10|7|3|已复核|严重问题 1×4次"
    );
    assert_eq!(formula(&mut read, "自评差异", (1, 8)), "ROUND(G2-H2,6)");
}

#[test]
fn what_the_workbook_rests_on_is_said() {
    let mut read = workbook(&sample());
    let all = lines(&mut read, "说明").join("\n");
    for part in
        ["大政公办发〔2023〕4号", "张三　2023-12-01 09:15", "SHA-256 ab12", "同分名次相同，下一名次跳过"]
    {
        assert!(all.contains(part), "{part} in {all}");
    }
}

/// A class with a section outside of the whole, whose total is not the sum of what is shown.
fn bonus() -> Ledger {
    let points = |text: &str| -> Points { text.parse().unwrap() };
    let plain = rubrics().remove(0);
    let extra = Indicator::plain("extra", "9", "创新加分", points("5"), Vec::new());
    let section = Section { is_outside: true, ..Section::plain("2", "加分", points("3"), vec![extra]) };
    let rubric = Rubric { sections: [plain.sections, vec![section]].concat(), ..plain };
    let units = roster().units.into_iter().filter(|it| it.track.as_str() == "区直").collect();
    let settings = Settings { not_applicable: NotApplicable::Scaled, ..Settings::default() };
    let mut ledger = Ledger::new(vec![rubric], Roster { note: String::new(), units }, settings).unwrap();
    let reason = Some("无此职能".to_owned());
    ledger.apply(&done(1, Change::NotApplicable { unit: "a01".into(), indicator: "request".into(), reason }));
    import(&mut ledger, 2, "a01,1,,late,,3,,");
    ledger
}

#[test]
fn a_total_that_is_no_plain_sum_is_a_value_with_its_arithmetic() {
    let ledger = bonus();
    let score = ledger.score(0);
    let sum: Points = score.indicators.iter().map(|it| it.score).sum();
    assert_ne!(sum, score.score);
    let mut read = workbook(&ledger);
    let row = lines(&mut read, "得分-区直")[5].clone();
    assert!(row.contains(&format!("|{}|", score.score)) && row.contains("折算"), "{row}");
    assert_eq!(formula(&mut read, "得分-区直", (5, 7)), "");
    let all = lines(&mut read, "区教育局").join("\n");
    assert!(all.contains("不涉及（无此职能）") && all.contains("注：合计为"), "{all}");
}

#[test]
fn the_same_year_makes_the_same_bytes() {
    let bytes = || to_workbook(&sample(), about(), &to_local).unwrap();
    assert_eq!(bytes(), bytes());
}

/// A year of so many units.
fn many(n_units: usize) -> Ledger {
    let first = roster().units.remove(0);
    let unit = |n: usize| kaohe_core::Unit {
        id: format!("u{n}").as_str().into(),
        name: format!("单位{n}"),
        ..first.clone()
    };
    let roster = Roster { note: String::new(), units: (0..n_units).map(unit).collect() };
    let mut ledger = Ledger::new(rubrics(), roster, Settings::default()).unwrap();
    import(&mut ledger, 1, &format!("u0,1,,late,,3,,\nu{},3,,incident,,4,,", n_units - 1));
    ledger
}

#[test]
fn too_many_units_for_a_sheet_each_stand_one_under_the_other() {
    let mut read = workbook(&many(251));
    assert_eq!(read.sheet_names().last().map(String::as_str), Some("考核表-区直"));
    let lines = lines(&mut read, "考核表-区直");
    let totals: Vec<&String> = lines.iter().filter(|it| it.starts_with("合计")).collect();
    assert_eq!(totals.len(), 251);
    assert!(totals[0].ends_with("|33.7") && totals[1].ends_with("|34") && totals[250].ends_with("|31"));
    // Rows that go to a temporary file come in their order only, so that one out of it would be lost.
    assert_eq!(lines.iter().filter(|it| it.contains("基础信息公开要点2")).count(), 251);
    assert_eq!(lines.iter().filter(|it| it.contains("8. 依申请公开（10分）")).count(), 251);
}

#[test]
fn a_huge_sheet_has_what_a_small_one_has() {
    let ledger = many(30);
    let sheets = [false, true].map(|is_huge| {
        let mut book = Book::new();
        let mut sheet = worksheet(&mut book, if is_huge { HUGE + 1 } else { 0 }).unwrap();
        matrix::put_matrix(&mut sheet, &Styles::new(), &ledger, 0, "关于").unwrap();
        book.push_worksheet(sheet);
        let mut read = open(book.save_to_buffer().unwrap());
        lines(&mut read, "Sheet1")
    });
    assert_eq!(sheets[0], sheets[1]);
    assert_eq!(sheets[0].len(), 35);
}

#[test]
fn a_plain_table_has_its_headers_first() {
    let mut table = Table::new(vec![Column::text("单位"), Column::number("得分"), Column::text("日期")]);
    table.rows.push(vec![
        Value::text("=甲"),
        Value::Number("9.9".parse().unwrap()),
        Value::text("2023-11-06"),
    ]);
    let mut read = open(to_xlsx(&table, "排名/区直", "张三", about().at).unwrap());
    assert_eq!(read.sheet_names(), ["排名 区直"]);
    assert_eq!(lines(&mut read, "排名 区直"), ["单位|得分|日期", "=甲|9.9|45236"]);
}

#[test]
fn a_form_is_known_again_and_adds_up() {
    let about =
        FormAbout { year: 2023, by: "张三".to_owned(), at: about().at, due: Some(date(2023, 12, 10)) };
    let mut read = open(to_form(&ledger(), 0, &about).unwrap());
    let lines = lines(&mut read, "自评表");
    let mark = lines[0].rsplit('|').next().unwrap();
    assert_eq!(FormMark::parse(mark), Some(FormMark { year: 2023, unit: "a01".into() }));
    assert!(lines[0].starts_with("区教育局　2023 年度自评表|"));
    assert!(lines[2].contains("2023年12月10日"), "{}", lines[2]);
    assert_eq!(lines[3], "一级指标|二级指标||评分办法|自评|复核|说明");
    assert!(lines[5].starts_with("|3. 政务新媒体（10分）|"), "{}", lines[5]);
    assert_eq!(lines[9], "合计");
    assert_eq!(formula(&mut read, "自评表", (9, 4)), "IF(COUNT(E5:E9)=0,\"\",ROUND(SUM(E5:E9),6))");
    let merged = read.merge_cells_by_sheet_name("自评表").unwrap();
    for col in [4, 5, 6] {
        assert!(merged.iter().any(|it| (it.start, it.end) == ((6, col), (7, col))), "{merged:?}");
    }
}
