//! The terminal: its size, its colours, and how wide it draws what the screens draw.

use std::env;

use kaohe_tui::settings::TerminalKind;
use kaohe_tui::terminal::{colours, is_tty, measure, size};
use kaohe_tui::{MIN_HEIGHT, MIN_WIDTH};

use super::Page;

/// What the screens draw, with the width that they count on, in cells. The first is two cells wide everywhere; of the
/// others old Chinese consoles make two.
const SAMPLES: [(&str, u16); 8] =
    [("扣", 2), ("─", 1), ("│", 1), ("█", 1), ("…", 1), ("●", 1), ("→", 1), ("“", 1)];

/// What says of which kind a terminal is.
const NAMES: [&str; 6] = ["TERM", "COLORTERM", "TERM_PROGRAM", "WT_SESSION", "NO_COLOR", "LANG"];

pub(super) fn look(page: &mut Page) {
    if is_tty() {
        page.add("输入输出", "都是终端");
        look_at_size(page);
        look_at_widths(page);
    } else {
        page.note("输入输出", "不是终端", "大小和字符宽度要在终端里直接运行 kaohe doctor 才看得到");
    }
    let colours = match colours() {
        u16::MAX => "1600 多万种".to_owned(),
        n => format!("{n} 种"),
    };
    page.add("颜色", colours);
    let kind = TerminalKind::here();
    if kind.is_without_colour {
        page.note("不用颜色", "是", "设置了 NO_COLOR");
    }
    if let Some(code_page) = kind.code_page {
        let note = if kind.is_old_chinese_console {
            "旧式中文控制台：界面自动只用窄符号"
        } else {
            ""
        };
        page.note("代码页", code_page.to_string(), note);
    }
    for name in NAMES {
        if let Some(value) = env::var_os(name) {
            page.add(name, value.to_string_lossy());
        }
    }
}

fn look_at_size(page: &mut Page) {
    match size() {
        Ok(size) => {
            let is_small = size.width < MIN_WIDTH || size.height < MIN_HEIGHT;
            let note = if is_small { "太小，界面要更大的窗口" } else { "" };
            page.note("大小", format!("{} 列 {} 行", size.width, size.height), note);
        }
        Err(error) => page.note("大小", "问不到", &error.to_string()),
    }
}

fn look_at_widths(page: &mut Page) {
    let texts = SAMPLES.map(|it| it.0);
    match measure(&texts) {
        Ok(widths) => {
            let said: Vec<String> =
                texts.iter().zip(&widths).map(|(text, n)| format!("{text} {n}")).collect();
            let is_as_drawn = SAMPLES.iter().zip(&widths).all(|(sample, n)| sample.1 == *n);
            let note = if is_as_drawn {
                "与界面一致"
            } else {
                "与界面不一致，画面会错位：用 kaohe --ascii，或在界面的设置里打开"
            };
            page.note("字符宽度", said.join("  "), note);
        }
        Err(_) => page.note("字符宽度", "问不到", "这个终端不说光标在哪里；画面错位时用 kaohe --ascii"),
    }
}
