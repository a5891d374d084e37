//! The rows of headings: in which column what stands, however it is called.

use kaohe_core::Ledger;

use super::grid::{Grid, key, without_points};
use super::indicators::{is_indicator, without_number};
use crate::workbook_in::{CellValue, Spot, Workbook};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Heading {
    SelfScore,
    Review,
    Note,
    Indicator,
    /// Something else that a form has: 一级指标, 评分办法, 分值.
    Other,
}

/// The headings of the rows below one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// The row that they stand in; what it is about stands below.
    pub row: u32,
    /// The last row that they are about.
    pub last_row: u32,
    /// Columns of 自评; more than one only where a form has several.
    pub self_scores: Vec<u32>,
    pub reviews: Vec<u32>,
    pub notes: Vec<u32>,
    pub indicator: Option<u32>,
}

/// All headings of a sheet, one for each page of a table that was printed on several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heads(pub Vec<Head>);

impl Heads {
    /// Finds the headings of a sheet; nothing where it is no form: it has no indicators below a heading for 自评.
    pub fn find(grid: &Grid<'_>, ledger: &Ledger) -> Option<Heads> {
        let mut heads: Vec<Head> = Vec::new();
        let rows = grid.sheet.cells.chunk_by(|a, b| a.at.row == b.at.row);
        for row in rows.filter_map(|it| it.first()).map(|it| it.at.row) {
            if let Some(head) = head(grid, row) {
                if let Some(before) = heads.last_mut() {
                    before.last_row = row - 1;
                }
                heads.push(head);
            }
        }
        let has_indicators = |head: &Head| {
            let is_one = |it: &CellValue| ledger.rubrics().iter().any(|rubric| is_indicator(rubric, it));
            grid.cells(head.row + 1, head.last_row).any(|it| is_one(&it.value))
        };
        heads.retain(has_indicators);
        (!heads.is_empty()).then_some(Heads(heads))
    }

    /// Returns the row above which titles stand.
    pub fn first_row(&self) -> u32 {
        self.0.first().map_or(u32::MAX, |it| it.row)
    }
}

/// Returns the headings in a row; nothing where it is none of headings.
fn head(grid: &Grid<'_>, row: u32) -> Option<Head> {
    let mut found = Head {
        row,
        last_row: grid.last_row(),
        self_scores: Vec::new(),
        reviews: Vec::new(),
        notes: Vec::new(),
        indicator: None,
    };
    let (mut n_headings, mut n_texts, mut totals) = (0, 0, Vec::new());
    for cell in grid.cells(row, row) {
        n_texts += 1;
        let Some(heading) = heading(&key(&cell.value)) else {
            if ["得分", "分数"].contains(&key(&cell.value).as_str()) {
                totals.push(cell.at.column);
            }
            continue;
        };
        n_headings += 1;
        match heading {
            Heading::SelfScore => found.self_scores.push(below(grid, cell.at)),
            Heading::Review => found.reviews.push(cell.at.column),
            Heading::Note => found.notes.push(cell.at.column),
            Heading::Indicator => found.indicator = Some(cell.at.column),
            Heading::Other => {}
        }
    }
    // A column that is only called 得分 is the unit's own where no other one is.
    if found.self_scores.is_empty() && totals.len() == 1 && n_headings > 0 {
        found.self_scores = totals;
    }
    let is_head = !found.self_scores.is_empty() && (n_headings > 1 || n_texts == 1);
    is_head.then_some(found)
}

/// Returns the column of 自评 under a heading: of one over several columns the one called 得分 or 分数, or the first.
fn below(grid: &Grid<'_>, at: Spot) -> u32 {
    let area = grid.area(at);
    let columns = at.column..=area.last.column;
    let is_score = |column: &u32| {
        grid.value(area.last.row + 1, *column)
            .is_some_and(|it| ["得分", "分数", "分值", "自评分"].contains(&key(it).as_str()))
    };
    columns.clone().find(is_score).unwrap_or(at.column)
}

/// Returns what a heading says that its column holds.
fn heading(key: &str) -> Option<Heading> {
    let key = without_points(key).0;
    let key = key.split('(').next().unwrap_or(key).trim_end_matches(':');
    if key.is_empty() || key.chars().count() > 12 {
        return None;
    }
    let has = |words: &[&str]| words.iter().any(|it| key.contains(it));
    let ends = |words: &[&str]| words.iter().any(|it| key.ends_with(it));
    let is_own = has(&["自评", "自查", "自我评", "自测"]);
    if ends(&["说明", "备注", "理由", "依据", "原因", "佐证材料", "支撑材料"])
        || is_own && ends(&["情况", "材料"])
    {
        return Some(Heading::Note);
    }
    if is_own && !has(&["合计", "总分", "总计"]) {
        let is_other = ends(&["表", "人", "时间", "日期", "单位", "等次", "总结", "报告"]);
        return (!is_other).then_some(Heading::SelfScore);
    }
    if has(&["复核", "审核", "核定", "复评", "考核得分", "考核分", "核查得分", "评审得分"])
        && !ends(&["人", "日期", "时间", "单位"])
    {
        return Some(Heading::Review);
    }
    let indicators = ["二级指标", "指标", "考核指标", "指标名称", "考核项目", "评价指标", "二级指标名称"];
    if indicators.contains(&key) {
        return Some(Heading::Indicator);
    }
    let others = [
        "一级指标",
        "评分办法",
        "评分标准",
        "评分要点",
        "考核内容",
        "分值",
        "满分",
        "标准分",
        "序号",
        "扣分规则",
        "评分细则",
    ];
    others.contains(&key).then_some(Heading::Other)
}

/// Says whether the first sheet that shows is a table of self-scores, with a column that names the unit.
pub(super) fn is_table(workbook: &Workbook) -> bool {
    let mut shown = workbook.sheets.iter().filter(|it| !it.is_hidden && !it.cells.is_empty());
    let Some(grid) = shown.next().map(Grid::of) else { return false };
    let Some(row) = grid.cells(1, u32::MAX).next().map(|it| it.at.row) else { return false };
    let names: Vec<String> = grid.cells(row, row).map(|it| key(&it.value)).collect();
    let has = |name: &str| names.iter().any(|it| it == name);
    has("单位") && (has("指标") || has("自评分"))
}

/// Says whether a row is the sum of the others.
pub(super) fn is_total(key: &str) -> bool {
    let key = without_points(without_number(key).1).0.trim_end_matches(':');
    let totals = [
        "合计",
        "总计",
        "总分",
        "共计",
        "总得分",
        "得分合计",
        "合计得分",
        "自评总分",
        "自评合计",
        "自评得分合计",
    ];
    totals.contains(&key)
}
