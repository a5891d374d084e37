//! The settings file: RON that people may write, and that the settings screen writes.

use std::io::ErrorKind;

use kaohe_core::Severity;
use kaohe_exchange::clean;
use kaohe_store::spanned::{self, Faults, Fields, Node, Value};
use kaohe_store::{FaultKind, FileFault};

use super::keymap::{Keymap, KeymapFault};
use super::{Ascii, Confirm, Hints, Mouse, Settings, Theme};

/// What is wrong with one setting; it stays at its default.
#[derive(Clone, Debug)]
pub enum SettingFault {
    /// The text is not what is expected at a place.
    Text(FileFault),
    /// A key cannot stand for another.
    Key(KeymapFault),
    /// The file cannot be read.
    Unreadable(ErrorKind),
}

/// What faults call the file.
const FILE: &str = "settings.ron";

const THEMES: &[(&str, Theme)] =
    &[("Terminal", Theme::Terminal), ("Dark", Theme::Dark), ("Light", Theme::Light), ("Plain", Theme::Plain)];
const ASCII: &[(&str, Ascii)] = &[("Auto", Ascii::Auto), ("On", Ascii::On), ("Off", Ascii::Off)];
const MOUSE: &[(&str, Mouse)] = &[("On", Mouse::On), ("Off", Mouse::Off)];
const CONFIRM: &[(&str, Confirm)] = &[("Usual", Confirm::Usual), ("Always", Confirm::Always)];
const HINTS: &[(&str, Hints)] = &[("On", Hints::On), ("Off", Hints::Off)];

/// Reads settings: what holds, and all that does not.
#[must_use]
pub fn read_settings(bytes: &[u8]) -> (Settings, Vec<SettingFault>) {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let named = |it: spanned::Fault| {
        SettingFault::Text(FileFault {
            file: FILE.to_owned(),
            position: Some(it.position),
            severity: Severity::Warning,
            kind: FaultKind::Ron(it.kind),
        })
    };
    let root = match spanned::parse(text) {
        Ok(root) => root,
        Err(faults) => return (Settings::default(), faults.into_iter().map(named).collect()),
    };
    let mut faults = Faults::default();
    let (settings, wrong_keys) = settings(&root, &mut faults);
    let faults = faults.into_sorted().into_iter().map(named);
    (settings, faults.chain(wrong_keys.into_iter().map(SettingFault::Key)).collect())
}

fn settings(root: &Node<'_>, faults: &mut Faults) -> (Settings, Vec<KeymapFault>) {
    const NAMES: &[&str] = &["theme", "ascii", "mouse", "name", "confirm", "keys", "hints"];
    let Some(fields) = Fields::of(root, "Settings", NAMES, faults) else {
        return (Settings::default(), Vec::new());
    };
    let mut wanted = Vec::new();
    if let Some(node) = fields.optional("keys") {
        wanted = keys(node, faults);
    }
    let (keymap, wrong_keys) = Keymap::new(&wanted);
    let name = fields.optional("name").and_then(|it| spanned::text(it, faults)).unwrap_or_default();
    let settings = Settings {
        theme: word(&fields, "theme", &["Terminal", "Dark", "Light", "Plain"], THEMES, faults),
        ascii: word(&fields, "ascii", &["Auto", "On", "Off"], ASCII, faults),
        mouse: word(&fields, "mouse", &["On", "Off"], MOUSE, faults),
        name: clean(&name).trim().to_owned(),
        confirm: word(&fields, "confirm", &["Usual", "Always"], CONFIRM, faults),
        keys: keymap,
        hints: word(&fields, "hints", &["On", "Off"], HINTS, faults),
    };
    (settings, wrong_keys)
}

/// Reads one of several words; the default where it is absent or wrong.
fn word<T: Copy + Default>(
    fields: &Fields<'_, '_>,
    name: &'static str,
    known: &'static [&'static str],
    values: &[(&str, T)],
    faults: &mut Faults,
) -> T {
    let Some(node) = fields.optional(name) else { return T::default() };
    // Where the word is misspelt, the nearest is guessed for the sentence; it does not hold for that.
    let word = spanned::word(node, known, faults).filter(|it| node.value == Value::Word(it));
    values.iter().find(|it| Some(it.0) == word).map(|it| it.1).unwrap_or_default()
}

/// Reads `[("u", "z"), …]`.
fn keys(node: &Node<'_>, faults: &mut Faults) -> Vec<(String, String)> {
    let Some(items) = spanned::list(node, faults) else { return Vec::new() };
    let mut pairs = Vec::new();
    for item in items {
        let Value::Struct { .. } = &item.value else {
            spanned::text(item, faults);
            continue;
        };
        let Some(fields) = Fields::of(item, "Key", &["from", "to"], faults) else { continue };
        let (from, to) = (fields.text("from", faults), fields.text("to", faults));
        pairs.extend(from.zip(to));
    }
    pairs
}

/// Returns the text of a settings file, with what each may be.
#[must_use]
pub fn write_settings(settings: &Settings) -> String {
    let of = |name: &str| ron::to_string(name).unwrap_or_default();
    let keys: Vec<String> = settings
        .keys
        .pairs()
        .iter()
        .map(|(from, to)| format!("\n        (from: {}, to: {}),", of(from), of(to)))
        .collect();
    let keys = if keys.is_empty() { "[]".to_owned() } else { format!("[{}\n    ]", keys.concat()) };
    format!(
        "// 个人设置。每一项都可以不写，不写就是默认值（每行的第一个）。画面上按逗号键也能改，改后本文件重写。\n\
         Settings(\n    \
         // 颜色：Terminal 终端自己的 16 色，Dark 深底，Light 浅底，Plain 不用颜色\n    \
         theme: {theme},\n    \
         // 只用各种终端宽度一致的符号：Auto 旧式中文 Windows 控制台上自动用，On 用，Off 不用\n    \
         ascii: {ascii},\n    \
         // 鼠标：On 可用，Off 不用（可以像平常一样用鼠标选字复制）\n    \
         mouse: {mouse},\n    \
         // 记录人的姓名；空着就是登录名。命令行 --by 和环境变量 KAOHE_BY 优先\n    \
         name: {name},\n    \
         // 先问再记：Usual 多个单位一起扣时问，Always 每次扣分都问\n    \
         confirm: {confirm},\n    \
         // 换键：from 是按键表里的键，to 是改用的键，如 (from: \"u\", to: \"z\")\n    \
         keys: {keys},\n    \
         // 入门提示：On 显示，Off 不再显示\n    \
         hints: {hints},\n\
         )\n",
        theme = named(THEMES, settings.theme),
        ascii = named(ASCII, settings.ascii),
        mouse = named(MOUSE, settings.mouse),
        name = of(&settings.name),
        confirm = named(CONFIRM, settings.confirm),
        hints = named(HINTS, settings.hints),
    )
}

fn named<T: Copy + PartialEq>(values: &[(&'static str, T)], value: T) -> &'static str {
    values.iter().find(|it| it.1 == value).map_or("", |it| it.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_as_the_same() {
        let (keys, _) = Keymap::new(&[("u".to_owned(), "z".to_owned()), ("F4".to_owned(), "\"".to_owned())]);
        let set = Settings {
            theme: Theme::Light,
            ascii: Ascii::On,
            mouse: Mouse::Off,
            name: "张“三”\\".to_owned(),
            confirm: Confirm::Always,
            keys,
            hints: Hints::Off,
        };
        for settings in [set, Settings::default()] {
            let (read, faults) = read_settings(write_settings(&settings).as_bytes());
            assert!(faults.is_empty(), "{faults:?}");
            assert_eq!(read, settings);
        }
    }

    #[test]
    fn what_is_wrong_is_named_and_the_rest_holds() {
        let text = "Settings(theme: Drak, colour: 3, mouse: Off, keys: [(from: \"u\", to: \"r\"), 3])";
        let (settings, faults) = read_settings(text.as_bytes());
        assert_eq!(settings, Settings { mouse: Mouse::Off, ..Settings::default() });
        assert_eq!(faults.len(), 4, "{faults:?}");
    }

    #[test]
    fn a_file_that_is_no_settings_leaves_all_defaults() {
        for bytes in
            [&b""[..], b"(", b"\xff\xfe\x00", b"Settings", b"[1, 2]", "\u{feff}Settings()".as_bytes()]
        {
            assert_eq!(read_settings(bytes).0, Settings::default(), "{bytes:?}");
        }
        assert!(read_settings(b"Settings()").1.is_empty());
        assert!(!read_settings(b"Settings(").1.is_empty());
    }
}
