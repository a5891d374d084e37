//! The floor that the screens are measured against from outside: the least that a ratatui program does to show a table
//! of 60 rows and 12 columns in Chinese, with a line that moves by `j` and `k`. `q` leaves.

use std::io;

use crossterm::event::{self, Event, KeyCode};
use ratatui::layout::Constraint;
use ratatui::style::{Modifier, Style};
use ratatui::widgets::{Row, Table, TableState};

const NAMES: [&str; 6] = ["区教育局", "区公安分局", "河坝镇", "北洲子镇", "千山红镇", "人力资源局"];
const N_ROWS: usize = 60;
const N_COLUMNS: usize = 12;

fn main() -> io::Result<()> {
    let mut terminal = ratatui::init();
    let result = run(&mut terminal);
    ratatui::restore();
    result
}

fn run(terminal: &mut ratatui::DefaultTerminal) -> io::Result<()> {
    let mut state = TableState::default().with_selected(Some(0));
    loop {
        terminal.draw(|frame| {
            let rows = (0..N_ROWS).map(|row| {
                let name = NAMES[row % NAMES.len()].to_owned();
                let scores = (1..N_COLUMNS).map(|column| format!("{}.{column}", row % 10));
                Row::new(std::iter::once(name).chain(scores))
            });
            let head = std::iter::once("单位".to_owned()).chain((1..N_COLUMNS).map(|it| format!("指标{it}")));
            let widths = std::iter::once(Constraint::Length(12))
                .chain(std::iter::repeat_n(Constraint::Length(5), N_COLUMNS - 1));
            let table = Table::new(rows, widths)
                .header(Row::new(head))
                .row_highlight_style(Style::new().add_modifier(Modifier::REVERSED));
            frame.render_stateful_widget(table, frame.area(), &mut state);
        })?;
        let Event::Key(key) = event::read()? else { continue };
        match key.code {
            KeyCode::Char('j') => state.select_next(),
            KeyCode::Char('k') => state.select_previous(),
            KeyCode::Char('q') => return Ok(()),
            _ => {}
        }
    }
}
