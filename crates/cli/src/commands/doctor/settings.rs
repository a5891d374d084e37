//! What the person has set, and what of it does not hold.

use std::fs;

use kaohe_tui::settings::write_settings;
use kaohe_tui::text::settings::setting_fault;

use super::Page;
use crate::session::Session;

pub(super) fn look(page: &mut Page, session: &Session) {
    page.add("记录人", &session.by);
    let Some(path) = &session.kept.path else {
        return page.note("设置文件", "没有位置", "这台机器没有放个人设置的文件夹");
    };
    let is_there = fs::exists(path).unwrap_or(true);
    let note = if is_there { "" } else { "还没有这个文件，全用默认值" };
    page.note("设置文件", path.display().to_string(), note);
    // Line by line as the file would have it; comments are for who edits it.
    for line in write_settings(&session.kept.settings).lines() {
        let line = line.split("//").next().unwrap_or_default().trim();
        if let Some((name, value)) = line.trim_end_matches(',').split_once(": ") {
            page.add(name, value);
        }
    }
    for fault in &session.kept.faults {
        page.note("不合适的设置", "", &setting_fault(fault));
    }
}
