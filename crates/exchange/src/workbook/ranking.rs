//! 排名: the units of a class by rank, and their scores as a chart.

use kaohe_core::{Ledger, Points, RankOptions, Standing, State, Ties, rank};
use rust_xlsxwriter::utility::{cell_range_absolute, quote_sheet_name, row_col_to_cell_absolute};
use rust_xlsxwriter::{Chart, ChartFont, RowNum, Url, Worksheet, XlsxError};

use super::cells::{At, Cells, cell, float};
use super::page::{Page, set_page};
use super::style::Styles;
use crate::words;

/// Headers and widths of the columns, in cells of display.
const COLUMNS: [(&str, usize); 11] = [
    ("名次", 7),
    ("并列", 7),
    ("编号", 10),
    ("单位", 30),
    ("满分", 8),
    ("自评", 8),
    ("扣分", 8),
    ("得分", 9),
    ("得分率（%）", 10),
    ("状态", 10),
    ("已复核", 9),
];
const ID: u16 = 2;
const NAME: u16 = 3;
const POINTS: u16 = 4;
const SELF: u16 = 5;
const LOST: u16 = 6;
const SCORE: u16 = 7;
const RATE: u16 = 8;
const STATE: u16 = 9;
const PROGRESS: u16 = 10;
/// The row of headers; the title and a line about it stand above.
const HEAD: RowNum = 2;
/// Up to how many units a place is a formula: each looks at all others.
const MAX_FORMULAS: usize = 1_000;
/// Up to how many units the table and its chart go on one page of A4.
const MAX_ON_PAGE: usize = 15;
/// How many units a chart has at most: beyond, nobody reads their names.
const MAX_CHARTED: usize = 100;

/// What a ranking refers to.
pub(super) struct Links<'l> {
    /// Where the total of each unit of the roster stands: name of the sheet, row and column.
    pub totals: &'l dyn Fn(usize) -> Option<(String, At)>,
    /// Where each unit's 考核表 stands.
    pub sheets: &'l dyn Fn(usize) -> Option<(String, At)>,
}

/// Writes the ranking of a class.
pub(super) fn put_ranking(
    sheet: &mut Worksheet,
    styles: &Styles,
    ledger: &Ledger,
    rubric_idx: usize,
    about: &str,
    links: &Links<'_>,
) -> Result<(), XlsxError> {
    let rubric = &ledger.rubrics()[rubric_idx];
    let has_grades = !rubric.grades.is_empty();
    let last_col = if has_grades { PROGRESS + 1 } else { PROGRESS };
    for (col, (_, width)) in (0..).zip(COLUMNS) {
        sheet.width(col, width)?;
    }
    sheet.block((0, 0), (0, last_col), &format!("{} 排名", rubric.title), &styles.title)?;
    sheet.lines(0, 2)?;
    sheet.block((1, 0), (1, last_col), about, &styles.subtitle)?;
    for (col, (name, _)) in (0..).zip(COLUMNS) {
        sheet.text((HEAD, col), name, &styles.head)?;
    }
    if has_grades {
        sheet.width(PROGRESS + 1, 9)?;
        sheet.text((HEAD, PROGRESS + 1), "等次", &styles.head)?;
    }
    let standings = rank(ledger, rubric_idx, RankOptions::default());
    let n_ranked = standings.iter().filter(|it| it.rank.is_some()).count();
    let ranked_to = HEAD + RowNum::try_from(n_ranked).unwrap_or(0);
    let is_by_score_alone = rubric.tie_breakers.is_empty() && ledger.settings().ties == Ties::Skip;
    let is_live = is_by_score_alone && n_ranked <= MAX_FORMULAS;
    for (row, standing) in (HEAD + 1..).zip(&standings) {
        put_unit(sheet, styles, ledger, row, *standing, links)?;
        put_place(sheet, styles, row, *standing, is_live.then_some(ranked_to))?;
        if has_grades {
            let grade = ledger.score(standing.unit_idx).grade.filter(|_| standing.rank.is_some());
            let grade = grade.map_or("", |it| rubric.grades[it].name.as_str());
            sheet.text((row, PROGRESS + 1), grade, &styles.middle)?;
        }
    }
    let last = HEAD + RowNum::try_from(standings.len()).unwrap_or(0);
    sheet.autofilter(HEAD, 0, last, last_col)?;
    sheet.set_freeze_panes(HEAD + 1, NAME + 1)?;
    set_page(sheet, Page { is_wide: false, repeated: Some((HEAD, HEAD)) })?;
    if standings.iter().any(|it| ledger.score(it.unit_idx).decided().is_some()) {
        put_chart(sheet, ledger, rubric_idx, &standings, last)?;
    }
    Ok(())
}

/// Writes everything of a unit but its place.
fn put_unit(
    sheet: &mut Worksheet,
    styles: &Styles,
    ledger: &Ledger,
    row: RowNum,
    standing: Standing,
    links: &Links<'_>,
) -> Result<(), XlsxError> {
    let unit = ledger.unit(standing.unit_idx);
    let score = ledger.score(standing.unit_idx);
    let n_lines = super::cells::n_lines(&unit.name, COLUMNS[usize::from(NAME)].1);
    sheet.lines(row, n_lines)?;
    sheet.text((row, ID), unit.id.as_str(), &styles.text)?;
    match (links.sheets)(standing.unit_idx) {
        Some((name, at)) => {
            let to = Url::new(format!("internal:{}!{}", quote_sheet_name(&name), cell(at)));
            let to = to.set_text(&unit.name).set_tip("打开这个单位的考核表");
            sheet.write_url_with_format(row, NAME, to, &styles.link.clone().set_text_wrap())?;
        }
        None => sheet.text((row, NAME), &unit.name, &styles.wrapped)?,
    }
    sheet.points((row, POINTS), score.points, &styles.points)?;
    match score.self_score {
        Some(points) => sheet.points((row, SELF), points, &styles.points)?,
        None => sheet.blank((row, SELF), &styles.points)?,
    }
    let number = if score.is_settled() { &styles.points } else { &styles.pending };
    match score.decided() {
        Some(points) => {
            match (links.totals)(standing.unit_idx) {
                Some((name, at)) => {
                    let total =
                        format!("={}!{}", quote_sheet_name(&name), row_col_to_cell_absolute(at.0, at.1));
                    sheet.formula((row, SCORE), &total, &points.to_string(), number)?;
                }
                None => sheet.points((row, SCORE), points, number)?,
            }
            let (of, own) = (cell((row, POINTS)), cell((row, SCORE)));
            let lost = format!("=ROUND({of}-{own},6)");
            sheet.formula((row, LOST), &lost, &score.lost().to_string(), number)?;
            put_rate(sheet, (row, RATE), &own, &of, points.percent_of(score.points), number)?;
        }
        None => {
            sheet.blank((row, LOST), number)?;
            sheet.text((row, SCORE), words::UNDECIDED, &styles.no_number)?;
            sheet.blank((row, RATE), number)?;
        }
    }
    sheet.text((row, STATE), words::total_state(score), &styles.middle)?;
    let progress = format!("{}/{}", score.n_settled, score.indicators.len());
    sheet.text((row, PROGRESS), &progress, &styles.middle)
}

/// Writes what percentage one cell is of another, to one decimal (R10). It is rounded twice: the first time takes away what
/// a float is off, so that a half is a half.
fn put_rate(
    sheet: &mut Worksheet,
    at: At,
    part: &str,
    whole: &str,
    result: Option<Points>,
    format: &rust_xlsxwriter::Format,
) -> Result<(), XlsxError> {
    let Some(result) = result else { return sheet.blank(at, format) };
    let formula = format!("=ROUND(ROUND({part}*100/{whole},9),1)");
    sheet.formula(at, &formula, &result.to_string(), format)
}

/// Writes a unit's place: a formula where `ranked_to` says down to which row units are ranked.
fn put_place(
    sheet: &mut Worksheet,
    styles: &Styles,
    row: RowNum,
    standing: Standing,
    ranked_to: Option<RowNum>,
) -> Result<(), XlsxError> {
    let tied = if standing.is_tied { "是" } else { "" };
    let Some(place) = standing.rank else {
        sheet.blank((row, 0), &styles.points)?;
        return sheet.blank((row, 1), &styles.middle);
    };
    let Some(ranked_to) = ranked_to else {
        sheet.count((row, 0), place as u64, &styles.points)?;
        return sheet.text((row, 1), tied, &styles.middle);
    };
    let own = cell((row, SCORE));
    let all = cell_range_absolute(HEAD + 1, SCORE, ranked_to, SCORE);
    sheet.formula((row, 0), &format!("=RANK({own},{all})"), &place.to_string(), &styles.points)?;
    sheet.formula((row, 1), &format!("=IF(COUNTIF({all},{own})>1,\"是\",\"\")"), tied, &styles.middle)
}

/// Draws the scores, the best at the top, below the table; on a page of their own where one cannot hold both.
fn put_chart(
    sheet: &mut Worksheet,
    ledger: &Ledger,
    rubric_idx: usize,
    standings: &[Standing],
    last: RowNum,
) -> Result<(), XlsxError> {
    let n_charted = standings.len().min(MAX_CHARTED);
    let to = HEAD + RowNum::try_from(n_charted).unwrap_or(0);
    let name = sheet.name();
    let charted = standings.iter().take(n_charted);
    let scores = charted.filter_map(|it| ledger.score(it.unit_idx).decided());
    let most = scores.clone().max();
    let from = scores.min().map_or(0, tens_below);
    let mut title = format!("{} 得分", ledger.rubrics()[rubric_idx].track);
    if standings.len() > n_charted {
        title.push_str(&format!("（前 {n_charted} 个）"));
    }
    if from > 0 {
        title.push_str(&format!("（从 {from} 分画起）"));
    }
    let is_all_reviewed = standings
        .iter()
        .all(|it| ledger.score(it.unit_idx).indicators.iter().all(|it| it.state != State::Pending));
    if !is_all_reviewed {
        title.push_str("，未复核的为暂计");
    }
    let mut font = ChartFont::new();
    font.set_name("宋体").set_size(if n_charted > 40 { 7 } else { 9 });
    let mut chart = Chart::new_bar();
    chart
        .add_series()
        .set_name("得分")
        .set_categories((name.as_str(), HEAD + 1, NAME, to, NAME))
        .set_values((name.as_str(), HEAD + 1, SCORE, to, SCORE))
        .set_gap(40);
    let mut title_font = ChartFont::new();
    title_font.set_name("宋体").set_size(14);
    chart.title().set_name(&title).set_font(&title_font);
    chart.legend().set_hidden();
    // The axes of bars: y has the names, x the numbers.
    chart.y_axis().set_reverse().set_font(&font).set_label_interval(1);
    chart.x_axis().set_min(from).set_font(&font);
    let full = ledger.rubrics()[rubric_idx].points;
    if most.is_some_and(|it| it <= full) {
        chart.x_axis().set_max(float(full));
    }
    let height = (n_charted * 22 + 110).min(960);
    chart.set_width(820).set_height(u32::try_from(height).unwrap_or(960));
    chart.set_alt_text(&title);
    let at = last + 2;
    if standings.len() > MAX_ON_PAGE {
        sheet.set_page_breaks(&[at])?;
    }
    sheet.insert_chart(at, 0, &chart).map(drop)
}

/// Returns the largest multiple of ten that leaves some room below a score.
fn tens_below(points: Points) -> u32 {
    let text = points.to_string();
    let whole: u32 = text.split('.').next().and_then(|it| it.parse().ok()).unwrap_or(0);
    whole.saturating_sub(2) / 10 * 10
}
