//! The words of the settings.

use std::path::Path;

use kaohe_exchange::clean;

use super::faults;
use crate::settings::{KeymapFault, SettingFault};

/// Says what is wrong with one setting; it stays at its default.
pub fn setting_fault(fault: &SettingFault) -> String {
    let said = match fault {
        SettingFault::Text(fault) => return faults::file_fault(fault),
        SettingFault::Key(KeymapFault::NotInTable { key }) => {
            format!("按键表里没有 {key} 这个键，不能换：from 写按键表里的键（数字键不能换）")
        }
        SettingFault::Key(KeymapFault::NoSuchKey { key }) => {
            format!("没有“{key}”这样的键：to 写一个字符，或 F1 到 F12，或 Ctrl-加字母")
        }
        SettingFault::Key(KeymapFault::Clash { key, context, help }) => {
            format!("{key} 键在“{}”里已用来{help}，不能再换成它", context.title())
        }
        SettingFault::Unreadable(kind) => {
            format!("读不了：{}", faults::io_error(&std::io::Error::from(*kind)))
        }
    };
    clean(&format!("settings.ron：{said}"))
}

/// Says at the start that some settings do not hold.
pub(crate) fn faults_at_start(path: &Path, faults: &[SettingFault]) -> String {
    let all: Vec<String> = faults.iter().map(setting_fault).collect();
    clean(&format!("个人设置（{}）有 {} 处不对，先按默认：{}", path.display(), faults.len(), all.join("；")))
}
