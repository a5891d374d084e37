//! The words of finding a command.

use crate::keys::Context;

/// The title of the box.
pub(crate) const TITLE: &str = "找命令：中文、拼音或按键，回车执行";
/// Said where no command is like what was typed.
pub(crate) const NOT_FOUND: &str = "没有这样的命令：换个说法，或删掉字看全部";
/// Why a command does nothing now.
pub(crate) const NOT_NOW: &str = "现在没有可做的";
/// Why a view does not open.
pub(crate) const NOTHING_TO_SHOW: &str = "还没有可看的内容";

/// Says on which screens a command is possible.
pub(crate) fn elsewhere(contexts: &[Context]) -> String {
    match contexts {
        [one] => format!("要在“{}”里", one.title()),
        [one, two] => format!("要在“{}”或“{}”里", one.title(), two.title()),
        [one, ..] => format!("要在“{}”等画面里", one.title()),
        [] => NOT_NOW.to_owned(),
    }
}
