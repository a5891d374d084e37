//! The pictures of the screens in the README, drawn from what the program puts on the screen.

use std::fs;
use std::path::PathBuf;

use kaohe_store::DataFolder;
use kaohe_tui::replay::parse_script;
use kaohe_tui::settings::{Hints, Kept, Settings, Theme};
use kaohe_tui::{Options, Size, Start, dump};

use crate::svg;

/// The pictures: what each is called, and the keys that lead there on the sample year.
const PICTURES: [(&str, &str); 5] = [
    ("matrix", "<down><right><right>"),
    ("sheet", "<down>e"),
    ("ranking", "r"),
    ("losses", "p"),
    ("palette", ":fx"),
];

/// The grounds on which pages are read.
const THEMES: [(&str, Theme); 2] = [("light", Theme::Light), ("dark", Theme::Dark)];

const SIZE: Size = Size { width: 100, height: 30 };

/// Draws all pictures; each with its path.
fn all() -> Result<Vec<(PathBuf, String)>, String> {
    let mut pictures = Vec::new();
    for (name, script) in PICTURES {
        for (ground, theme) in THEMES {
            let path = crate::root().join(format!("docs/pictures/{name}-{ground}.svg"));
            pictures.push((path, picture(script, theme)?));
        }
    }
    Ok(pictures)
}

fn picture(script: &str, theme: Theme) -> Result<String, String> {
    let keys = parse_script(script).map_err(|it| format!("{script}：{it:?}"))?;
    let settings = Settings { theme, hints: Hints::Off, ..Settings::default() };
    let options = Options {
        data: DataFolder::at("没有"),
        year: None,
        by: "示例".to_owned(),
        start: Start::Demo,
        export_to: PathBuf::from("文档"),
        kept: Kept { settings, theme_asked: Some(theme), ..Kept::default() },
        keys,
    };
    Ok(svg::svg(&dump(&options, SIZE).map_err(|error| format!("画不出 {script}：{error}"))?))
}

/// Draws all pictures anew.
///
/// # Errors
///
/// One cannot be drawn or written.
pub fn write() -> Result<(), String> {
    for (path, picture) in all()? {
        let failed = |error| format!("写不了 {}：{error}", path.display());
        fs::create_dir_all(path.parent().unwrap_or(&path)).map_err(failed)?;
        fs::write(&path, picture).map_err(failed)?;
    }
    Ok(())
}

/// Checks that the pictures show what the program shows.
///
/// # Errors
///
/// One does not.
pub fn check() -> Result<(), String> {
    for (path, picture) in all()? {
        let kept =
            fs::read_to_string(&path).map_err(|error| format!("读不了 {}：{error}", path.display()))?;
        if kept.replace('\r', "") != picture {
            return Err(format!("{} 旧了：运行 cargo xtask screenshots", path.display()));
        }
    }
    Ok(())
}
