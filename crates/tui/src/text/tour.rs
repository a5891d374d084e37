//! The hints of the first days.

use crate::settings::Keymap;
use crate::tour::key;

/// Returns one of the hints, from 0, with the key as it is on this keyboard; how to be rid of them stands behind.
pub(crate) fn hint(number: usize, n_hints: usize, keymap: &Keymap) -> String {
    let key = |it| key(keymap, it);
    let said = match number {
        0 => "方向键选格子".to_owned(),
        1 => "看下方的规则，按前面的数字，扣一次".to_owned(),
        2 => format!("按 {} 撤销刚才那一步", key("u")),
        3 => format!("按{}把这一格标为已复核", key("Space")),
        4 => format!("按 {} 看排名，Esc 回来", key("r")),
        _ => format!("按 {} 找全部命令，或按 {} 看按键", key("F2"), key("?")),
    };
    format!("入门 {}/{n_hints}：{said}（Esc 不再提示）", number + 1)
}
