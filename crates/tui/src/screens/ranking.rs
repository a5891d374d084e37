//! Rankings of the classes side by side, their figures, and how they compare where they share indicators.

use std::rc::Rc;

use kaohe_core::{
    Bin, ClassStatistics, Ledger, LossRate, Points, RankOptions, SharedIndicator, Standing, class_statistics,
    distribution, rank, shared_indicators,
};
use kaohe_exchange::words;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

use super::computed::Computed;
use super::differences::Aligned;
use super::list::below;
use super::press::ListRows;
use super::{Spot, Step, moved};
use crate::keys::Command;
use crate::text::{self, labels};
use crate::theme;
use crate::view::body;
use crate::widgets::bar::bar;
use crate::widgets::cells;
use crate::widgets::table::{Align, Cell, Column, Line, Table, kept};
use crate::world::{World, short_name};

/// Which class has the selection, where it stands in each, and who is ranked.
#[derive(Clone, Debug)]
pub(crate) struct Ranking {
    /// A class, or past the last one what the terminal has no room for below the classes: the comparison, and how the
    /// scores lie.
    focus: usize,
    /// One per class.
    rows: Vec<usize>,
    /// The first row that showed, one per class.
    first_rows: Vec<usize>,
    options: RankOptions,
    shown: Computed<RankOptions, Rc<Shown>>,
}

/// The rankings, and what is said of the classes as a whole.
#[derive(Debug, Default)]
struct Shown {
    classes: Vec<ClassShown>,
    shared: Vec<SharedIndicator>,
}

/// A class.
#[derive(Debug)]
struct ClassShown {
    standings: Vec<Standing>,
    statistics: ClassStatistics,
    n_settled: usize,
    bins: Vec<Bin>,
    scores: Aligned,
    /// Whether a score waits for something.
    is_undecided: bool,
    /// Whether a unit is out of the ranking.
    has_disqualified: bool,
}

/// Rows of a terminal that has room for the rankings and the comparison together.
const TALL: u16 = 20;
/// Rows of one that has room for how the scores lie besides.
const VERY_TALL: u16 = 34;
/// The column of what follows from the score: the grade, or how much is reviewed.
const LAST_COLUMN: usize = labels::RANKING_HEADS.len() - 1;
/// Cells of where a stretch of scores begins and ends.
const BIN_LABEL: u16 = 11;
/// Lines above the rows of a class: its name, and the columns' heads.
const N_ABOVE: u16 = 2;
/// Columns that two rankings side by side take.
const WIDE: u16 = 76;

impl Ranking {
    pub(crate) fn new(ledger: &Ledger, rubric_idx: usize) -> Ranking {
        let tops = vec![0; ledger.rubrics().len()];
        Ranking {
            focus: rubric_idx,
            rows: tops.clone(),
            first_rows: tops,
            options: RankOptions::default(),
            shown: Computed::default(),
        }
    }

    /// Computes the rankings anew, where the year or who is ranked has changed.
    pub(super) fn catch_up(&mut self, world: &World) {
        let options = self.options;
        self.shown.catch_up(world, options, |ledger| Rc::new(Shown::of(ledger, options)));
    }

    fn classes(&self) -> &[ClassShown] {
        &self.shown.get().classes
    }

    /// Says whether no unit of any class has a rank.
    pub(crate) fn is_without_ranks(&self) -> bool {
        self.classes().iter().all(|it| it.statistics.n_ranked == 0)
    }

    /// Says whether scores of any class wait for something.
    pub(crate) fn is_undecided(&self) -> bool {
        self.classes().iter().any(|it| it.is_undecided)
    }

    /// Says whether a unit of any class is out of its ranking.
    pub(crate) fn has_disqualified(&self) -> bool {
        self.classes().iter().any(|it| it.has_disqualified)
    }

    /// Returns the rubric of the class with the selection; none where the comparison has it.
    pub(crate) fn rubric<'l>(&self, ledger: &'l Ledger) -> Option<&'l kaohe_core::Rubric> {
        ledger.rubrics().get(self.focus)
    }

    /// Returns how many parts `Tab` goes through.
    pub(crate) fn n_parts(&self, size: Size) -> usize {
        self.n_parts_in(body(Rect::new(0, 0, size.width, size.height)))
    }

    fn n_parts_in(&self, area: Rect) -> usize {
        self.rows.len() + usize::from(area.height < TALL) + usize::from(area.height < VERY_TALL)
    }

    /// Says whether how the scores lie has the whole area.
    fn is_distribution(&self, area: Rect) -> bool {
        let n_before = self.rows.len() + usize::from(area.height < TALL);
        self.focus >= n_before && area.height < VERY_TALL
    }

    /// Returns the part that is chosen: the first class where the terminal has grown meanwhile, so that what was chosen
    /// shows beside it anyway.
    fn focus_in(&self, area: Rect) -> usize {
        if self.focus < self.n_parts_in(area) { self.focus } else { 0 }
    }

    fn selected(&self) -> Option<usize> {
        let standings = &self.classes().get(self.focus)?.standings;
        let row = self.rows.get(self.focus)?;
        standings.get((*row).min(standings.len().saturating_sub(1))).map(|it| it.unit_idx)
    }

    /// Returns the rows for the mouse, those of the class that stands there.
    pub(super) fn rows(&mut self, at: Position, world: &World, area: Rect) -> Option<ListRows<'_>> {
        let areas = self.areas(world.ledger()?, area);
        let (class, area) = areas.classes.into_iter().find(|it| rows_of(it.1).contains(at))?;
        let area = rows_of(area);
        let n_rows = self.classes().get(class)?.standings.len();
        let is_focused = std::mem::replace(&mut self.focus, class) == class;
        let first = kept(self.first_rows[class], self.rows[class], usize::from(area.height), n_rows);
        self.first_rows[class] = first;
        Some(ListRows { area, n_lines: 1, first, n_rows, selected: &mut self.rows[class], is_focused })
    }

    /// Returns the unit that is chosen; none where the comparison is.
    pub(crate) fn spot(&self) -> Option<Spot> {
        let unit_idx = self.selected()?;
        Some(Spot { rubric_idx: self.focus, unit_idx: Some(unit_idx), indicator_idx: None })
    }

    pub(crate) fn update(&mut self, command: Command, world: &World, size: Size) -> Step {
        let Some(ledger) = world.ledger() else { return Step::Back };
        let area = body(Rect::new(0, 0, size.width, size.height));
        self.focus = self.focus_in(area);
        match command {
            Command::NextClass => {
                self.focus = (self.focus + 1) % self.n_parts(size);
                return Step::Stay;
            }
            Command::Provisional => {
                self.options.provisional = !self.options.provisional;
                return Step::Stay;
            }
            _ => {}
        }
        if self.focus >= self.rows.len() {
            return Step::Stay;
        }
        let n_rows = self.classes().get(self.focus).map_or(0, |it| it.standings.len());
        let areas = self.areas(ledger, area);
        let height = areas.classes.iter().find(|it| it.0 == self.focus).map_or(1, |it| it.1.height);
        let page = usize::from(height.saturating_sub(N_ABOVE)).max(1);
        if let Some(row) = moved(command, self.rows[self.focus], n_rows, page) {
            let first = kept(self.first_rows[self.focus], self.rows[self.focus], page, n_rows);
            self.rows[self.focus] = row;
            self.first_rows[self.focus] = kept(first, row, page, n_rows);
            return Step::Stay;
        }
        match (command, self.selected()) {
            (Command::Confirm, Some(unit_idx)) => Step::Home { unit_idx, indicator_idx: None },
            _ => Step::Stay,
        }
    }

    /// Shares the area: side by side where there is width, stacked where there is height, and else one at a time.
    fn areas(&self, ledger: &Ledger, area: Rect) -> Areas {
        let n_classes = ledger.rubrics().len();
        if self.focus >= n_classes {
            return Areas { classes: Vec::new(), figures: area };
        }
        let n_shared = self.shown.get().shared.len();
        let n_shared = if area.height >= TALL && n_shared > 0 { 1 + n_shared } else { 0 };
        let n_figures = 1 + n_classes + n_shared + self.n_distribution(area);
        let figures_height = u16::try_from(n_figures).unwrap_or(u16::MAX).min(area.height / 2);
        let above = Rect { height: area.height - figures_height, ..area };
        let figures = Rect { y: above.bottom(), height: figures_height, ..area };
        let n = u16::try_from(n_classes.max(1)).unwrap_or(u16::MAX);
        let is_side_by_side = area.width >= WIDE && area.width / n >= 36;
        let is_stacked = above.height / n >= 6;
        let part = |idx: usize| {
            let nth = u16::try_from(idx).unwrap_or(0);
            if is_side_by_side {
                let width = above.width / n;
                Rect { x: above.x + nth * width, width, ..above }
            } else if is_stacked {
                let height = above.height / n;
                Rect { y: above.y + nth * height, height, ..above }
            } else {
                above
            }
        };
        let shown = (0..n_classes).filter(|it| is_side_by_side || is_stacked || *it == self.focus);
        Areas { classes: shown.map(|it| (it, part(it))).collect(), figures }
    }

    /// Returns how many lines how the scores lie takes below the rankings; none where there is no room.
    fn n_distribution(&self, area: Rect) -> usize {
        if area.height < VERY_TALL {
            return 0;
        }
        let bins = self.classes().iter().map(|it| it.bins.len()).max().unwrap_or(0);
        if bins > 0 { 1 + bins } else { 0 }
    }

    pub(crate) fn view(&self, world: &World, area: Rect, buf: &mut Buffer) {
        let Some(ledger) = world.ledger() else { return };
        if self.focus != self.focus_in(area) {
            return Ranking { focus: self.focus_in(area), ..self.clone() }.view(world, area, buf);
        }
        if self.is_distribution(area) {
            return self.draw_distribution(ledger, area, buf);
        }
        let areas = self.areas(ledger, area);
        for (rubric_idx, area) in &areas.classes {
            self.draw_class(ledger, *rubric_idx, *area, buf);
        }
        let n_lines = u16::try_from(self.n_distribution(area)).unwrap_or(0).min(areas.figures.height);
        let figures = Rect { height: areas.figures.height - n_lines, ..areas.figures };
        self.draw_figures(ledger, figures, buf);
        if n_lines > 0 {
            self.draw_distribution(ledger, Rect { y: figures.bottom(), height: n_lines, ..figures }, buf);
        }
    }

    /// Draws how many units of each class have scores from where to where, the classes beside each other where there
    /// is width, all bars to one scale.
    fn draw_distribution(&self, ledger: &Ledger, area: Rect, buf: &mut Buffer) {
        let classes = self.classes();
        let most = classes.iter().flat_map(|it| &it.bins).map(|it| it.n_units).max().unwrap_or(0);
        buf.set_stringn(area.x + 1, area.y, text::result::DISTRIBUTION, usize::from(area.width), theme::HEAD);
        let n = u16::try_from(classes.len().max(1)).unwrap_or(u16::MAX);
        let is_side_by_side = area.width / n >= BIN_LABEL + 26;
        let width = if is_side_by_side { area.width / n } else { area.width };
        let (mut x, mut y) = (area.x + 1, area.y + 1);
        for (rubric, class) in ledger.rubrics().iter().zip(classes) {
            let room = usize::from(area.bottom().saturating_sub(y));
            for (nth, bin) in class.bins.iter().enumerate().take(room) {
                let track = if nth == 0 { rubric.track.as_str() } else { "" };
                let n_bar = width.saturating_sub(BIN_LABEL + 14).min(40);
                let bar = bar(bin.n_units as u64, most as u64, n_bar);
                let line = format!(
                    "{} {} {} {bar}",
                    cells::pad_right(track, 6),
                    cells::pad_left(&text::result::bin(bin), usize::from(BIN_LABEL)),
                    cells::pad_left(&bin.n_units.to_string(), 3),
                );
                buf.set_stringn(x, y, line, usize::from(area.right().saturating_sub(x)), theme::PLAIN);
                y += 1;
            }
            if is_side_by_side {
                (x, y) = (x + width, area.y + 1);
            }
        }
        if most == 0 {
            buf.set_stringn(
                area.x + 1,
                y,
                text::result::NO_DISTRIBUTION,
                usize::from(area.width),
                theme::FAINT,
            );
        }
    }

    fn draw_class(&self, ledger: &Ledger, rubric_idx: usize, area: Rect, buf: &mut Buffer) {
        let Some(shown) = self.classes().get(rubric_idx) else { return };
        let standings = &shown.standings;
        let track = &ledger.rubrics()[rubric_idx].track;
        let is_focused = rubric_idx == self.focus;
        let class = text::result::class(track, standings.len(), self.options.provisional);
        let head = format!("{} {class}", if is_focused { ">" } else { " " });
        let style = if is_focused { theme::HEAD } else { theme::PLAIN };
        buf.set_string(area.x, area.y, cells::cut(&head, usize::from(area.width)), style);

        let number = |width| Column { width, align: Align::Right };
        let has_grades = !ledger.rubrics()[rubric_idx].grades.is_empty();
        let grades = ledger.rubrics()[rubric_idx].grades.iter().map(|it| it.name.as_str());
        let words = grades.chain(shown.has_disqualified.then_some(words::DISQUALIFIED));
        let widest = words.map(cells::width).max().unwrap_or(0).clamp(4, 10);
        let fixed: [u16; 4] = [4, 7, 6, u16::try_from(widest).unwrap_or(4)];
        let taken: u16 = fixed.iter().map(|it| it + 1).sum::<u16>() + 2;
        let name = Column { width: area.width.saturating_sub(taken).clamp(8, 30), align: Align::Left };
        let columns = [number(fixed[0]), name, number(fixed[1]), number(fixed[2]), number(fixed[3])];
        let table = Table {
            columns: &columns,
            n_frozen: 2,
            n_header: 1,
            n_rows: standings.len(),
            first_row: self.first_rows[rubric_idx],
            selected_row: is_focused.then(|| self.rows[rubric_idx].min(standings.len().saturating_sub(1))),
            ..Table::default()
        };
        let rows_area = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        table.draw(rows_area, buf, |line, column| match line {
            Line::Header(_) if column == LAST_COLUMN && has_grades => Cell::new(labels::GRADE, theme::HEAD),
            Line::Header(_) => Cell::new(labels::RANKING_HEADS[column], theme::HEAD),
            Line::Row(row) => standing_cell(ledger, &standings[row], column, shown.scores),
            Line::Footer(_) => Cell::default(),
        });
    }

    fn draw_figures(&self, ledger: &Ledger, area: Rect, buf: &mut Buffer) {
        let width = usize::from(area.width.saturating_sub(2));
        let mut lines = vec![(figures_head(), theme::HEAD)];
        lines.extend(self.classes().iter().map(|it| (figures_line(ledger, it), theme::PLAIN)));
        let shared = &self.shown.get().shared;
        if !shared.is_empty() {
            lines.push((text::result::SHARED_LOSS_RATES.to_owned(), theme::HEAD));
        }
        let largest = shared.iter().flat_map(|it| &it.loss_rates).filter_map(|it| it.percent).max();
        for indicator in shared {
            lines.push((shared_line(ledger, &indicator.loss_rates, largest, width), theme::PLAIN));
        }
        for ((line, style), y) in lines.iter().zip(area.y..area.bottom()) {
            buf.set_string(area.x + 1, y, cells::cut(line, width), *style);
        }
    }
}

impl Shown {
    fn of(ledger: &Ledger, options: RankOptions) -> Shown {
        let class = |statistics: ClassStatistics| {
            let standings = rank(ledger, statistics.rubric_idx, options);
            let scores = || standings.iter().map(|it| ledger.score(it.unit_idx));
            ClassShown {
                n_settled: scores().filter(|it| it.is_settled()).count(),
                bins: distribution(ledger, statistics.rubric_idx, options),
                scores: Aligned::of(scores().map(|it| it.score), false),
                is_undecided: scores().any(|it| !it.undecided.is_empty()),
                has_disqualified: scores().any(|it| it.is_disqualified),
                standings,
                statistics,
            }
        };
        let classes = class_statistics(ledger, options).into_iter().map(class).collect();
        Shown { classes, shared: shared_indicators(ledger, options) }
    }
}

/// Returns where the rows of a class stand, below its name and the columns' heads.
fn rows_of(class: Rect) -> Rect {
    below(class, N_ABOVE)
}

struct Areas {
    classes: Vec<(usize, Rect)>,
    figures: Rect,
}

fn standing_cell<'l>(ledger: &'l Ledger, standing: &Standing, column: usize, scores: Aligned) -> Cell<'l> {
    let score = ledger.score(standing.unit_idx);
    let style = if score.is_settled() { theme::PLAIN } else { theme::PENDING };
    match column {
        0 => match standing.rank {
            Some(rank) if standing.is_tied => Cell::new(labels::tied(rank), style),
            Some(rank) => Cell::new(format!("{rank}  "), style),
            None => Cell::new("-  ", style),
        },
        1 => Cell::new(short_name(ledger, standing.unit_idx), style),
        2 => {
            // A score that is not settled yet is only provisional, and says so.
            let sign = if score.is_settled() { " " } else { "?" };
            match score.decided() {
                Some(points) => Cell::new(scores.with_sign(points, sign), style),
                None => Cell::new(words::UNDECIDED, style),
            }
        }
        3 if score.decided().is_none() => Cell::new("", style),
        3 => Cell::new(scores.text(score.lost()), style),
        _ if score.is_disqualified => Cell::new(words::DISQUALIFIED, style),
        _ if standing.rank.is_some() && score.grade.is_some() => {
            let grades = &ledger.rubric_of(standing.unit_idx).grades;
            Cell::new(score.grade.map_or("", |it| grades[it].name.as_str()), style)
        }
        _ => Cell::new(format!("{}/{}", score.n_settled, score.indicators.len()), style),
    }
}

/// Cells of each figure of a class.
const FIGURE: usize = 8;

fn figures_head() -> String {
    let heads: String = labels::FIGURE_HEADS.iter().map(|it| cells::pad_left(it, FIGURE)).collect();
    format!("{}{heads}", cells::pad_right(labels::CLASS, FIGURE))
}

fn figures_line(ledger: &Ledger, class: &ClassShown) -> String {
    let ClassShown { statistics, n_settled, .. } = class;
    let points = |it: Option<Points>| it.map_or_else(|| "-".to_owned(), |it| it.to_string());
    let figures = [
        statistics.n_units.to_string(),
        n_settled.to_string(),
        points(statistics.mean),
        points(statistics.median),
        points(statistics.highest),
        points(statistics.lowest),
    ];
    let figures: String = figures.iter().map(|it| cells::pad_left(it, FIGURE)).collect();
    format!("{}{figures}", cells::pad_right(ledger.rubrics()[statistics.rubric_idx].track.as_str(), FIGURE))
}

/// Returns `主动公开信息  区直  1.2 ███   乡镇  0.8 ██`, all bars to one scale.
fn shared_line(ledger: &Ledger, rates: &[LossRate], largest: Option<Points>, width: usize) -> String {
    let name =
        rates.first().map_or("", |it| &ledger.rubrics()[it.rubric_idx].indicator(it.indicator_idx).name);
    let mut line = cells::pad_right(name, 14);
    let n_classes = rates.len().max(1);
    // Class, percent and gaps; the rest is for the bar.
    let bar_width = (width.saturating_sub(14) / n_classes).saturating_sub(14).min(30);
    for rate in rates {
        let track = &ledger.rubrics()[rate.rubric_idx].track;
        let percent = rate.percent.map_or_else(|| "-".to_owned(), |it| it.to_string());
        let scale = |it: Points| {
            it.scaled(Points::whole(10), Points::whole(1), 0).and_then(|it| it.to_string().parse().ok())
        };
        let part = rate.percent.and_then(scale).unwrap_or(0);
        let whole = largest.and_then(scale).unwrap_or(0).max(1);
        let cells_of_bar = u16::try_from(bar_width).unwrap_or(0);
        line.push_str(&format!(" {} {} ", cells::pad_right(track.as_str(), 4), cells::pad_left(&percent, 5)));
        line.push_str(&cells::pad_right(&bar(part, whole, cells_of_bar), bar_width + 1));
    }
    line
}
