//! The words of the settings.

use std::path::Path;

use kaohe_exchange::clean;

use super::faults;
use crate::screens::SettingsItem as Item;
use crate::settings::{Ascii, Confirm, Hints, KeymapFault, Mouse, SettingFault, Theme};
use crate::world::World;

/// The title of the settings.
pub(crate) const TITLE: &str = "个人设置";
/// The title of the list of keys.
pub(crate) const KEYS_TITLE: &str = "换键：回车再按新键，Del 还原";
/// Said of a press that is no key of its own.
pub(crate) const NO_KEY: &str = "这个键不能用，请换一个";

/// Says what is wrong with one setting; it stays at its default.
pub fn setting_fault(fault: &SettingFault) -> String {
    let said = match fault {
        SettingFault::Text(fault) => return faults::file_fault(fault),
        SettingFault::Key(fault) => keymap_fault(fault),
        SettingFault::Unreadable(kind) => {
            format!("读不了：{}", faults::io_error(&std::io::Error::from(*kind)))
        }
    };
    clean(&format!("settings.ron：{said}"))
}

/// Says why a key cannot stand for another.
pub(crate) fn keymap_fault(fault: &KeymapFault) -> String {
    match fault {
        KeymapFault::NotInTable { key } => {
            format!(
                "按键表里没有 {key} 这个键，不能换：from 写按键表里的键（数字键、方向键、回车、Esc 不能换）"
            )
        }
        KeymapFault::NoSuchKey { key } => {
            format!("没有“{key}”这样的键：to 写一个字符，或 F1 到 F12，或 Ctrl-加字母")
        }
        KeymapFault::Clash { key, context, help } => {
            format!("{key} 键在“{}”里已用来{help}，不能再换成它", context.title())
        }
    }
}

/// Returns what a setting is called.
pub(crate) fn label(item: Item) -> &'static str {
    match item {
        Item::Theme => "颜色",
        Item::Ascii => "符号",
        Item::Mouse => "鼠标",
        Item::Confirm => "先问再记",
        Item::Hints => "入门提示",
        Item::Name => "姓名",
        Item::Keys => "按键",
    }
}

/// Returns what is set.
pub(crate) fn value(item: Item, world: &World) -> String {
    let settings = &world.kept.settings;
    match item {
        Item::Theme => match world.kept.theme() {
            Theme::Terminal => "终端自己的 16 色",
            Theme::Dark => "深底",
            Theme::Light => "浅底",
            Theme::Plain => "不用颜色",
        },
        Item::Ascii => match world.kept.ascii() {
            Ascii::Auto => "自动（老式中文 Windows 控制台上只用宽度一致的）",
            Ascii::On => "只用宽度一致的",
            Ascii::Off => "框线、省略号等都用",
        },
        Item::Mouse => match settings.mouse {
            Mouse::On => "可用（按住 Shift 选字复制）",
            Mouse::Off => "不用",
        },
        Item::Confirm => match settings.confirm {
            Confirm::Usual => "多个单位一起扣时问",
            Confirm::Always => "每次扣分都问",
        },
        Item::Hints => match settings.hints {
            Hints::On => "显示",
            Hints::Off => "不再显示",
        },
        Item::Name if settings.name.is_empty() => return format!("登录名（现在是 {}）", world.person.by),
        Item::Name => return settings.name.clone(),
        Item::Keys => match settings.keys.pairs().len() {
            0 => "都是原来的",
            n => return format!("换了 {n} 个"),
        },
    }
    .to_owned()
}

/// Says what a setting is for.
pub(crate) fn explained(item: Item) -> &'static str {
    match item {
        Item::Theme => "看不清时换一种；设了环境变量 NO_COLOR 就一律不用颜色。",
        Item::Ascii => "框线错位、字叠在一起时，选“只用宽度一致的”。",
        Item::Mouse => "可用时点格子、滚轮翻看；不用时可像平常一样选字复制。",
        Item::Confirm => "按数字扣分是马上记入的（可撤销）；怕按错就选“每次扣分都问”。",
        Item::Hints => "总表下方的六条入门提示。",
        Item::Name => "记在留痕里的姓名，下次打开生效；命令行 --by 和环境变量 KAOHE_BY 优先。",
        Item::Keys => "回车看全部按键，可以换成顺手的；两个键不会是一个意思。",
    }
}

/// Says where the settings are kept.
pub(crate) fn kept_at(path: Option<&Path>) -> String {
    match path {
        Some(path) => clean(&format!("存在 {}", path.display())),
        None => "这台电脑上没有存设置的地方，只在这次有效".to_owned(),
    }
}

/// Says that new settings hold.
pub(crate) fn saved(is_kept: bool) -> String {
    if is_kept { "设置已存".to_owned() } else { "设置已改，只在这次有效".to_owned() }
}

/// Says that new settings hold, but only now.
pub(crate) fn not_saved(why: &str) -> String {
    format!("设置这次有效，但没有存下来：{why}")
}

/// Asks for a key.
pub(crate) fn press_new(key: &str) -> String {
    format!("请按一个新键，代替 {key}；Esc 取消")
}

/// Says at the start that some settings do not hold.
pub(crate) fn faults_at_start(path: &Path, faults: &[SettingFault]) -> String {
    let all: Vec<String> = faults.iter().map(setting_fault).collect();
    clean(&format!("个人设置（{}）有 {} 处不对，先按默认：{}", path.display(), faults.len(), all.join("；")))
}
