//! One unit's 考核表, in the official order of columns.

use kaohe_core::{Ledger, LineKind, Points, Share, State, explain_indicator, explain_total};
use kaohe_exchange::words;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::style::Style;

use super::{Spot, Step, moved};
use crate::keys::Command;
use crate::text::{self, labels};
use crate::theme;
use crate::view::body;
use crate::widgets::cells;
use crate::world::{World, next_class, section_idx, signed};

/// Whose, and how far down.
#[derive(Debug)]
pub(crate) struct SheetScreen {
    unit_idx: usize,
    first: usize,
}

/// Cells of 一级指标, 二级指标 and each of the scores; 评分办法 has the rest.
const SECTION: usize = 8;
const INDICATOR: usize = 14;
const SCORE: usize = 6;
/// Columns of a terminal that has room for 扣分 beside 自评 and 复核, and for 差额 too.
const WIDE: usize = 76;
const VERY_WIDE: usize = 88;

/// The scores of a line: 自评, 扣分, 复核, 差额.
type Scores = [String; 4];

/// A line of the table: its columns, and how the method's column looks.
struct Row {
    /// 一级指标, 二级指标, 评分办法.
    texts: [String; 3],
    scores: Scores,
    style: Style,
}

/// Returns which of the scores show.
fn shown(width: usize) -> &'static [usize] {
    match width {
        VERY_WIDE.. => &[0, 1, 2, 3],
        WIDE.. => &[0, 1, 2],
        _ => &[0, 2],
    }
}

impl SheetScreen {
    pub(crate) fn new(unit_idx: usize) -> SheetScreen {
        SheetScreen { unit_idx, first: 0 }
    }

    /// Returns whose it is; the sheet is about no one indicator.
    pub(crate) fn spot(&self, ledger: &Ledger) -> Spot {
        let rubric_idx = ledger.sheet(self.unit_idx).rubric_idx;
        Spot { rubric_idx, unit_idx: Some(self.unit_idx), indicator_idx: None }
    }

    pub(crate) fn update(&mut self, command: Command, world: &World, size: Size) -> Step {
        let Some(ledger) = world.ledger() else { return Step::Back };
        let area = body(Rect::new(0, 0, size.width, size.height));
        let room = usize::from(area.height.saturating_sub(2)).max(1);
        let n_rows = rows(ledger, self.unit_idx, usize::from(area.width)).len();
        let n_firsts = (n_rows + 1).saturating_sub(room).max(1);
        if let Some(first) = moved(command, self.first, n_firsts, room) {
            self.first = first;
            return Step::Stay;
        }
        match command {
            Command::Left => self.turn(ledger, |at, n| (at + n - 1) % n),
            Command::Right => self.turn(ledger, |at, n| (at + 1) % n),
            Command::NextClass => {
                let class = next_class(ledger, ledger.sheet(self.unit_idx).rubric_idx);
                if let Some(&unit_idx) = ledger.units_of(class).first() {
                    *self = SheetScreen::new(unit_idx);
                }
            }
            _ => {}
        }
        Step::Stay
    }

    /// Turns to another unit of the class.
    fn turn(&mut self, ledger: &Ledger, to: fn(usize, usize) -> usize) {
        let units = ledger.units_of(ledger.sheet(self.unit_idx).rubric_idx);
        let at = units.iter().position(|it| *it == self.unit_idx).unwrap_or(0);
        self.unit_idx = units[to(at, units.len())];
        self.first = 0;
    }

    pub(crate) fn view(&self, world: &World, area: Rect, buf: &mut Buffer) {
        let Some(ledger) = world.ledger() else { return };
        let unit = ledger.unit(self.unit_idx);
        let score = ledger.score(self.unit_idx);
        let width = usize::from(area.width);
        let head = format!(" {}", text::result::sheet(unit, score));
        buf.set_string(area.x, area.y, cells::cut(&head, width), theme::HEAD);
        let texts = labels::SHEET_HEADS.map(str::to_owned);
        let scores = labels::SHEET_SCORES.map(str::to_owned);
        draw_row(
            &Row { texts, scores, style: theme::HEAD },
            Rect { y: area.y + 1, ..area },
            buf,
            theme::HEAD,
        );
        let rows = rows(ledger, self.unit_idx, width);
        for (row, y) in rows.iter().skip(self.first).zip(area.y + 2..area.bottom()) {
            draw_row(row, Rect { y, ..area }, buf, theme::PLAIN);
        }
    }
}

fn method_width(width: usize) -> usize {
    width.saturating_sub(SECTION + INDICATOR + shown(width).len() * (SCORE + 1) + 4).max(10)
}

fn draw_row(row: &Row, area: Rect, buf: &mut Buffer, style: Style) {
    let width = usize::from(area.width);
    let [section, indicator, text] = &row.texts;
    let mut texts = vec![
        (cells::pad_right(section, SECTION), style),
        (cells::pad_right(indicator, INDICATOR), style),
        (cells::pad_right(text, method_width(width)), row.style),
    ];
    texts.extend(shown(width).iter().map(|&it| (cells::pad_left(&row.scores[it], SCORE), style)));
    let mut x = area.x + 1;
    for (text, style) in texts {
        let room = usize::from(area.right().saturating_sub(x));
        let (end, _) = buf.set_stringn(x, area.y, text, room, style);
        x = end + 1;
    }
}

/// Returns the whole table as lines: each indicator with its clause, then what was deducted and why, then the total.
fn rows(ledger: &Ledger, unit_idx: usize, width: usize) -> Vec<Row> {
    let rubric = ledger.rubric_of(unit_idx);
    let sheet = ledger.score(unit_idx);
    let method = method_width(width);
    let mut rows = Vec::new();
    let mut last_section = None;
    for (indicator_idx, (indicator, score)) in rubric.indicators().zip(&sheet.indicators).enumerate() {
        let section_idx = section_idx(rubric, indicator_idx);
        let section = &rubric.sections[section_idx];
        let is_new = last_section.replace(section_idx) != Some(section_idx);
        let sections = if is_new { cells::wrap(&labels::section(section), SECTION) } else { Vec::new() };
        let names = cells::wrap(&labels::indicator(indicator), INDICATOR);
        let mut texts: Vec<(String, Style)> = Vec::new();
        let mut add =
            |text: &str, style| texts.extend(cells::wrap(text, method).into_iter().map(|it| (it, style)));
        for item in indicator.printed_items() {
            add(&labels::official_item(item), theme::FAINT);
        }
        add(&indicator.method, theme::PLAIN);
        for line in explain_indicator(ledger, unit_idx, indicator_idx) {
            if line.kind != LineKind::Start {
                let step = words::line(ledger, unit_idx, indicator_idx, line.kind).step;
                add(&format!("{}  {step}", signed(line.points)), theme::LOST);
            }
        }
        let sign = match score.state {
            State::Pending => "?",
            State::Reviewed => "",
            State::NotApplicable => "/",
        };
        let is_absent = score.share == Share::Absent;
        let mut scores = scores(score.self_score, score.decided(), score.points, sign, is_absent);
        // What starts from nothing has lost nothing.
        if indicator.start_points().is_zero() {
            scores[1].clear();
        }
        let n_lines = sections.len().max(names.len()).max(texts.len());
        for line_idx in 0..n_lines {
            let at = |lines: &[String]| lines.get(line_idx).cloned().unwrap_or_default();
            let (text, style) = texts.get(line_idx).cloned().unwrap_or_default();
            let scores = if line_idx == 0 { scores.clone() } else { Scores::default() };
            rows.push(Row { texts: [at(&sections), at(&names), text], scores, style });
        }
        rows.push(Row { texts: Default::default(), scores: Scores::default(), style: theme::PLAIN });
    }
    let sign = if sheet.is_settled() { "" } else { "?" };
    let scores = scores(sheet.self_score, sheet.decided(), sheet.points, sign, false);
    let mut texts: Vec<String> = Vec::new();
    for line in explain_total(ledger, unit_idx) {
        if matches!(line.kind, LineKind::Total(_)) {
            let step = words::line(ledger, unit_idx, 0, line.kind).step;
            texts.extend(cells::wrap(&format!("{}  {step}", signed(line.points)), method));
        }
    }
    for why in &sheet.undecided {
        texts.extend(cells::wrap(&words::undecided(ledger, unit_idx, why), method));
    }
    texts.extend(text::result::outcome(rubric, sheet));
    let first = texts.first().cloned().unwrap_or_default();
    rows.push(Row { texts: [labels::TOTAL.to_owned(), String::new(), first], scores, style: theme::PLAIN });
    for text in texts.into_iter().skip(1) {
        let texts = [String::new(), String::new(), text];
        rows.push(Row { texts, scores: Scores::default(), style: theme::PLAIN });
    }
    rows
}

/// Returns 自评, 扣分, 复核 with its sign, and 差额: 自评 less 复核.
fn scores(
    self_score: Option<Points>,
    score: Option<Points>,
    points: Points,
    sign: &str,
    is_absent: bool,
) -> Scores {
    let own = self_score.map_or_else(|| "-".to_owned(), |it| it.to_string());
    match score {
        // Its points are none of this unit's.
        _ if is_absent => [own, String::new(), sign.to_owned(), String::new()],
        None => [own, String::new(), words::UNDECIDED.to_owned(), String::new()],
        Some(score) => {
            let difference = self_score.map_or_else(String::new, |it| signed(it - score));
            [own, (points - score).to_string(), format!("{score}{sign}"), difference]
        }
    }
}
