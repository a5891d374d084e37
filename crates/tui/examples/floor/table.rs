//! The table of the floor program, which the frame bench draws too.

use crossterm::event::KeyCode;
use ratatui::Frame;
use ratatui::layout::Constraint;
use ratatui::style::{Modifier, Style};
use ratatui::widgets::{Row, Table, TableState};

const N_UNITS: usize = 60;
const N_INDICATORS: usize = 9;

/// The model of the floor program.
pub struct FloorTable {
    rows: Vec<[String; 3 + N_INDICATORS]>,
    state: TableState,
}

impl FloorTable {
    /// Returns the same made-up figures every time.
    pub fn new() -> FloorTable {
        let rows = (0..N_UNITS).map(row).collect();
        FloorTable { rows, state: TableState::new().with_selected(0) }
    }

    /// Takes a key; says whether the program goes on.
    pub fn press(&mut self, key: KeyCode) -> bool {
        match key {
            KeyCode::Char('q') => return false,
            KeyCode::Char('j') | KeyCode::Down => self.state.select_next(),
            KeyCode::Char('k') | KeyCode::Up => self.state.select_previous(),
            KeyCode::Char('s') => self.rows.sort_by(|a, b| b[1].cmp(&a[1]).then_with(|| a[0].cmp(&b[0]))),
            _ => {}
        }
        true
    }

    /// Draws the whole table.
    pub fn draw(&mut self, frame: &mut Frame<'_>) {
        let rows = self.rows.iter().map(|it| Row::new(it.iter().map(String::as_str)));
        let header = [
            "单位",
            "总分",
            "复核",
            "主动公开",
            "公开窗口",
            "新媒体",
            "基础信息",
            "重点领域",
            "政策解读",
            "舆情回应",
            "依申请",
            "工作年报",
        ];
        let widths = [20, 6, 5].into_iter().chain([8; N_INDICATORS]).map(Constraint::Length);
        let table = Table::new(rows, widths)
            .header(Row::new(header).style(Style::new().add_modifier(Modifier::BOLD)))
            .row_highlight_style(Style::new().add_modifier(Modifier::REVERSED));
        frame.render_stateful_widget(table, frame.area(), &mut self.state);
    }
}

fn row(unit_idx: usize) -> [String; 3 + N_INDICATORS] {
    // In tenths of a point.
    let lost = |indicator_idx: usize| (unit_idx * 7 + indicator_idx * 13) % 31;
    let total = 1000 - (0..N_INDICATORS).map(lost).sum::<usize>();
    let points = |tenths: usize| format!("{}.{}", tenths / 10, tenths % 10);
    std::array::from_fn(|column| match column {
        0 => format!("区第{}测试局", unit_idx + 1),
        1 => points(total),
        2 => format!("{}/9", unit_idx % 10),
        column => points(100 - lost(column - 3)),
    })
}
