//! The screen of a data folder without a year.

use kaohe_store::{BUILTIN_YEAR, builtin_roster, builtin_rubrics};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Step, moved};
use crate::effect::Effect;
use crate::keys::Command;
use crate::theme;
use crate::widgets::cells;
use crate::world::World;

/// What can be done without a year.
#[derive(Debug, Default)]
pub(crate) struct StartScreen {
    selected: usize,
}

/// The choices, each with its key and what it does.
const CHOICES: [(&str, &str, Effect); 3] = [
    ("回车", "开始2023年度：用内置的考核细则和示例名录", Effect::BeginYear),
    ("d", "先看示例：一个填好的年度，放在临时文件夹，退出就删", Effect::Demo),
    ("q", "退出", Effect::Quit),
];

impl StartScreen {
    pub(crate) fn update(&mut self, command: Command) -> Step {
        if let Some(selected) = moved(command, self.selected, CHOICES.len(), 1) {
            self.selected = selected;
            return Step::Stay;
        }
        match command {
            Command::Confirm => Step::Act(CHOICES[self.selected].2.clone()),
            Command::Demo => Step::Act(Effect::Demo),
            _ => Step::Stay,
        }
    }

    pub(crate) fn view(&self, world: &World, area: Rect, buf: &mut Buffer) {
        let width = usize::from(area.width.saturating_sub(4)).max(2);
        let mut y = area.y + u16::from(area.height > 16) + 1;
        let mut put = |text: &str, style| {
            for line in cells::wrap(text, width) {
                if y < area.bottom() {
                    buf.set_stringn(area.x + 2, y, line, width, style);
                    y += 1;
                }
            }
        };
        put("政务公开考核：按考核细则扣分、复核、排名", theme::HEAD);
        put("", theme::PLAIN);
        put(&format!("这里还没有考核年度。数据将放在：{}", world.data.path().display()), theme::PLAIN);
        put("", theme::PLAIN);
        for (idx, (key, what, _)) in CHOICES.iter().enumerate() {
            let sign = if idx == self.selected { ">" } else { " " };
            let style = if idx == self.selected { theme::CHOSEN } else { theme::PLAIN };
            put(&format!("{sign} {} {what}", cells::pad_right(key, 5)), style);
        }
        put("", theme::PLAIN);
        let roster = builtin_roster();
        for rubric in builtin_rubrics() {
            let n_units = roster.units.iter().filter(|it| it.track == rubric.track).count();
            let n_indicators = rubric.n_indicators();
            let line =
                format!("{}：{n_units} 个单位，{n_indicators} 个二级指标，{}分", rubric.track, rubric.points);
            put(&line, theme::FAINT);
        }
        put(&format!("{}：名录里的单位要换成自己的（kaohe units import）。", roster.note), theme::FAINT);
        put(
            &format!("别的年度、别的细则：kaohe init {BUILTIN_YEAR} --rubric 文件 --units 文件"),
            theme::FAINT,
        );
    }
}
