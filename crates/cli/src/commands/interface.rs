//! `kaohe` without a command, and `kaohe demo`: the screens.

use std::fs;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use directories::UserDirs;
use kaohe_exchange::clean;
use kaohe_store::StoreError;
use kaohe_tui::replay::{ScriptFault, parse_script, text};
use kaohe_tui::settings::{Kept, Theme};
use kaohe_tui::text::faults;
use kaohe_tui::{KeyEvent, Options, RunError, Size, Start};

use crate::failure::Failure;
use crate::output::{to_stdout, warn};
use crate::session::Session;

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "界面选项")]
pub(crate) struct ScreenArgs {
    #[arg(
        long,
        value_enum,
        value_name = "颜色",
        help = "terminal 终端自己的颜色，dark 深底，light 浅底，\nplain 不用颜色"
    )]
    theme: Option<ThemeName>,
    #[arg(long, help = "界面只用各种终端宽度一致的符号")]
    ascii: bool,
    #[arg(
        long,
        value_name = "文件",
        help = "先播放文件里的按键：一个字符一个键，\n<enter>、<f4>、<c-r> 这样的是一个键，# 开头的行不算；\n播放时按任何键就停"
    )]
    keys: Option<PathBuf>,
    #[arg(long, help = "不打开界面，只输出（播放按键之后的）画面")]
    dump_screen: bool,
    #[arg(long, value_name = "列x行", value_parser = size, requires = "dump_screen", help = "输出画面的大小，默认 80x24")]
    size: Option<Size>,
}

/// The colours.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum ThemeName {
    Terminal,
    Dark,
    Light,
    Plain,
}

impl From<ThemeName> for Theme {
    fn from(name: ThemeName) -> Theme {
        match name {
            ThemeName::Terminal => Theme::Terminal,
            ThemeName::Dark => Theme::Dark,
            ThemeName::Light => Theme::Light,
            ThemeName::Plain => Theme::Plain,
        }
    }
}

fn size(text: &str) -> Result<Size, String> {
    let folded = kaohe_core::half_width(text).to_lowercase();
    let size = folded.split_once(['x', '×', '*']).and_then(|(width, height)| {
        let (width, height) = (width.trim().parse().ok()?, height.trim().parse().ok()?);
        Some(Size { width, height }).filter(|_| (1..=500).contains(&width) && (1..=200).contains(&height))
    });
    size.ok_or_else(|| "请写列数和行数，如 80x24；最多 500x200".to_owned())
}

/// Opens the screens.
pub(crate) fn open(session: &Session, args: &ScreenArgs) -> Result<(), Failure> {
    run(session, args, Start::Year)
}

/// Opens the screens on a sample year in a temporary folder.
pub(crate) fn demo(session: &Session, args: &ScreenArgs) -> Result<(), Failure> {
    run(session, args, Start::Demo)
}

/// Returns where people look for what they have exported: among their documents, else in the folder that they are in.
fn export_to() -> PathBuf {
    let documents =
        UserDirs::new().and_then(|it| it.document_dir().map(PathBuf::from)).filter(|it| it.is_dir());
    documents.or_else(|| std::env::current_dir().ok()).unwrap_or_default()
}

fn run(session: &Session, args: &ScreenArgs, start: Start) -> Result<(), Failure> {
    let options = Options {
        data: session.data.clone(),
        year: session.year,
        by: session.by.clone(),
        start,
        export_to: export_to(),
        kept: kept(&session.kept, args),
        keys: args.keys.as_deref().map_or(Ok(Vec::new()), keys)?,
    };
    if args.dump_screen {
        let picture = kaohe_tui::dump(&options, args.size.unwrap_or(Size { width: 80, height: 24 }))?;
        return to_stdout(text(&picture).as_bytes());
    }
    if !kaohe_tui::terminal::is_tty() {
        return Err(Failure::usage(
            "界面只能在终端里打开，而输入或输出不是终端。要在脚本里使用，请带上命令：kaohe --help 列出全部命令。",
        ));
    }
    let no_backup = kaohe_tui::run(&options).map_err(|error| match error {
        RunError::Store(error) => error.into(),
        RunError::Terminal(source) => {
            let error = StoreError::Write { path: PathBuf::from("终端"), source };
            Failure::store(faults::store_error(&error))
        }
    })?;
    if let Some(error) = no_backup {
        warn(&faults::no_backup(&error));
    }
    Ok(())
}

/// Returns the person's settings, with what the command line says in their place.
fn kept(kept: &Kept, args: &ScreenArgs) -> Kept {
    let mut kept = kept.clone();
    kept.theme_asked = args.theme.map(Theme::from);
    kept.is_ascii_asked = args.ascii;
    kept
}

fn keys(path: &Path) -> Result<Vec<KeyEvent>, Failure> {
    let read = |source| StoreError::Read { path: path.to_owned(), source };
    let bytes = fs::read(path).map_err(read)?;
    let name = path.display();
    let script = String::from_utf8(bytes).map_err(|_| {
        Failure::input(vec![clean(&format!("{name}：不是 UTF-8 文本。请另存为 UTF-8 再用。"))])
    })?;
    parse_script(&script).map_err(|faults| {
        let line = |it: &ScriptFault| {
            clean(&format!(
                "{name}:{}：没有“<{}>”这样的键。可用 <enter>、<esc>、<tab>、<space>、<up>、<f4>、<c-r> 等；< 本身写成 <lt>。",
                it.line, it.name
            ))
        };
        Failure::input(faults.iter().map(line).collect())
    })
}
