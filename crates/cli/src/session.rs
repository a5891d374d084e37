//! Who is at it, and where the data lies.

use std::env;
use std::path::PathBuf;

use directories::ProjectDirs;
use kaohe_core::{Ledger, Refusal};
use kaohe_exchange::clean;
use kaohe_store::{DataFolder, OpenYear, Person, RecordError, View};

use kaohe_tui::settings::Kept;

use crate::args::Global;
use crate::at::AtArg;
use crate::failure::Failure;
use crate::opened::Opened;
use crate::output::warn;

/// Who is recorded where nobody has said a name.
const NAMELESS: &str = "未具名";

/// What is said where only the sound lines of a damaged year are looked at.
const DAMAGED: &str =
    "提示：留痕有损坏，只读：下面只算核验得过的记录。kaohe check 看哪里，kaohe repair 修复。";

/// The global options, with their defaults.
pub(crate) struct Session {
    pub data: DataFolder,
    pub year: Option<u16>,
    pub by: String,
    /// Whether the name stands on the command line itself.
    pub is_by_given: bool,
    /// What the person has set.
    pub kept: Kept,
}

impl Session {
    pub fn new(global: Global) -> Result<Session, Failure> {
        let is_by_given = global.is_by_given;
        let given = global.data.filter(|it| !it.as_os_str().is_empty());
        let data = given.or_else(default_data).ok_or_else(|| {
            Failure::usage("不知道数据文件夹在哪里：请用 --data 指定，或设置环境变量 KAOHE_DATA。")
        })?;
        let kept = Kept::read(settings_path());
        let set = Some(kept.settings.name.clone());
        let names = ["USER", "USERNAME", "LOGNAME"].into_iter().filter_map(|it| env::var(it).ok());
        let by = global.by.into_iter().chain(set).chain(names).map(|it| clean(&it)).find(|it| !it.is_empty());
        let by = by.unwrap_or_else(|| NAMELESS.to_owned());
        Ok(Session { data: DataFolder::at(data), year: global.year, by, is_by_given, kept })
    }

    /// Returns who is recorded.
    pub fn person(&self) -> Person {
        Person::here(&self.by)
    }

    /// Opens the year as [`Session::open`] does, to change something; refuses at once where it is fixed (定稿).
    pub fn open_to_change(&self) -> Result<Opened, Failure> {
        let year = self.open()?;
        match year.ledger().finalised() {
            Some(it) => {
                let (by, at) = (it.by.clone(), it.at);
                Err(RecordError::Refused(Refusal::Finalised { by, at }).into())
            }
            None => Ok(year),
        }
    }

    /// Opens the year that was asked for, or the newest.
    pub fn open(&self) -> Result<Opened, Failure> {
        let year = self.data.pick_year(self.year)?;
        let year = OpenYear::open(&self.data, year, self.person())?;
        warn_of_unresolved(year.ledger());
        Ok(Opened::new(year, self.data.clone()))
    }

    /// Returns the year that was asked for, or the newest, to look at: as it is, or as it was.
    pub fn view(&self, at: &AtArg) -> Result<View, Failure> {
        let year = self.data.pick_year(self.year)?;
        self.warned(self.data.view(year, at.as_of().as_ref())?)
    }

    /// Returns the year that was asked for, or the newest, to look at as it is.
    pub fn look(&self) -> Result<View, Failure> {
        let year = self.data.pick_year(self.year)?;
        self.warned(self.data.view(year, None)?)
    }

    /// Returns another year to look at as it is.
    pub fn look_at(&self, year: u16) -> Result<View, Failure> {
        self.warned(self.data.view(year, None)?)
    }

    fn warned(&self, view: View) -> Result<View, Failure> {
        if !view.damage.is_empty() {
            warn(DAMAGED);
        }
        warn_of_lost(&view.lost);
        warn_of_unresolved(&view.ledger);
        Ok(view)
    }
}

/// Says which files a look back could not take as they were.
pub(crate) fn warn_of_lost(lost: &[String]) {
    for file in lost {
        warn(&clean(&format!("提示：当时的 {file} 与现在的不同，没有留存：按现在的计算。")));
    }
}

/// Says how many records do not count since they fit no rubric or roster.
pub(crate) fn warn_of_unresolved(ledger: &Ledger) {
    let n_unresolved = ledger.unresolved().len();
    if n_unresolved > 0 {
        warn(&format!(
            "提示：有 {n_unresolved} 条记录对不上现在的细则和名录，没有计入得分：kaohe check 逐条列出。"
        ));
    }
}

/// Returns where a person's settings are kept: beside other programs' settings, or where `KAOHE_SETTINGS` says.
pub(crate) fn settings_path() -> Option<PathBuf> {
    let given = env::var_os("KAOHE_SETTINGS").filter(|it| !it.is_empty()).map(PathBuf::from);
    given.or_else(|| Some(ProjectDirs::from("", "", "kaohe")?.config_dir().join("settings.ron")))
}

fn default_data() -> Option<PathBuf> {
    Some(ProjectDirs::from("", "", "kaohe")?.data_dir().to_owned())
}
