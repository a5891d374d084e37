//! A folder in which the real program runs, and what its journals hold, read without the program.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::calls::DAMAGED;
use super::unreadable;

/// A folder of its own. It is removed unless something was not as it has to be.
pub(super) struct Desk {
    pub folder: PathBuf,
    data: PathBuf,
    program: PathBuf,
}

/// Complete lines of every journal, by the journal's path.
pub(super) type Journals = BTreeMap<PathBuf, Vec<String>>;

/// What a year holds beyond what it held before.
pub(super) struct Added {
    /// Lines of records, without the first lines of new journals and what the program notes of its files by itself.
    pub records: Vec<String>,
}

impl Desk {
    /// A folder with the built-in year.
    pub(super) fn with_year(program: &Path, name: &str) -> Result<Desk, String> {
        let desk = Desk::bare(program, name, "data")?;
        desk.ok("张三", &["init", "2023"])?;
        Ok(desk)
    }

    /// A folder without a year, which may come to be in the data folder of this name below it.
    pub(super) fn bare(program: &Path, name: &str, data: &str) -> Result<Desk, String> {
        let folder = std::env::temp_dir().join(format!("kaohe-soak-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).map_err(|error| unreadable(&folder, &error))?;
        Ok(Desk { data: folder.join(data), folder, program: program.to_owned() })
    }

    /// The same desk with another data folder on it.
    pub(super) fn with_data(&self, data: PathBuf) -> Desk {
        Desk { folder: self.folder.clone(), data, program: self.program.clone() }
    }

    /// Returns the command of this person, not run yet.
    pub(super) fn command(&self, by: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        self.set(&mut command, by);
        command.args(arguments);
        command
    }

    /// Returns another program, with ours as its last argument before these.
    pub(super) fn under(&self, wrapper: &mut Command, by: &str, arguments: &[&str]) {
        self.set(wrapper, by);
        wrapper.arg(&self.program).args(arguments);
    }

    fn set(&self, command: &mut Command, by: &str) {
        command
            .current_dir(&self.folder)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("KAOHE_DATA", self.data())
            .env("KAOHE_BY", by)
            .env("HOME", &self.folder)
            .env("TZ", "CST-8")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
    }

    pub(super) fn data(&self) -> PathBuf {
        self.data.clone()
    }

    /// Runs a command that has to succeed without a word on stderr; returns what it prints.
    pub(super) fn ok(&self, by: &str, arguments: &[&str]) -> Result<String, String> {
        let output = self.command(by, arguments).output();
        let output = output.map_err(|error| unreadable(&self.program, &error))?;
        if output.status.success() && output.stderr.is_empty() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        Err(self.wrong(&format!("{by} {arguments:?}：{}", shown(&output))))
    }

    /// Writes a file; returns its name.
    pub(super) fn file(&self, name: &str, text: &str) -> Result<String, String> {
        let path = self.folder.join(name);
        fs::write(&path, text).map_err(|error| unreadable(&path, &error))?;
        Ok(name.to_owned())
    }

    /// Says that `check` finds nothing but a repair and, where that may be, what a cut leaves: a torn line, or one set
    /// aside.
    pub(super) fn check(&self, may_be_torn: bool) -> Result<(), String> {
        let output = self.command("张三", &["check"]).output();
        let output = output.map_err(|error| unreadable(&self.program, &error))?;
        let err = String::from_utf8_lossy(&output.stderr);
        let is_torn = |it: &str| may_be_torn && (it.ends_with("[W-torn]") || it.ends_with("[W-aside]"));
        let is_expected = |it: &str| is_torn(it) || it.ends_with("[W-repaired]");
        if output.status.success() && output.stdout.is_empty() && err.lines().all(is_expected) {
            return Ok(());
        }
        Err(self.wrong(&format!("check：{}", shown(&output))))
    }

    /// Reads the journals, line by line; a last line without its end is left out.
    pub(super) fn journals(&self) -> Result<Journals, String> {
        let folder = self.data().join("2023").join("journal");
        let mut journals = Journals::new();
        for item in fs::read_dir(&folder).map_err(|error| unreadable(&folder, &error))? {
            let path = item.map_err(|error| unreadable(&folder, &error))?.path();
            if path.extension().is_none_or(|it| it != "ron") {
                continue;
            }
            let bytes = fs::read(&path).map_err(|error| unreadable(&path, &error))?;
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let whole = text.rsplit_once('\n').map_or("", |it| it.0);
            journals.insert(path, whole.lines().map(str::to_owned).collect());
        }
        Ok(journals)
    }

    /// Returns what has come to the journals since; every line that was there before has to be there still.
    pub(super) fn added(&self, before: &Journals) -> Result<Added, String> {
        let after = self.journals()?;
        let mut records = Vec::new();
        for (path, lines) in before {
            if !after.get(path).is_some_and(|it| it.starts_with(lines)) {
                return Err(self.wrong(&format!("{} 里有记录不见了", path.display())));
            }
        }
        for (path, lines) in &after {
            let n_before = before.get(path).map_or(0, Vec::len);
            let new = lines.iter().skip(n_before).filter(|it| !is_of_itself(it));
            records.extend(new.cloned());
        }
        Ok(Added { records })
    }

    /// Counts how many entries in force have this in their notes, as the program tells it.
    pub(super) fn entries(&self) -> Result<Vec<String>, String> {
        self.ok("张三", &["export", "--format", "csv", "-o", "tables"])?;
        let path = self.folder.join("tables").join("扣分明细.csv");
        let text = fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
        Ok(text.lines().skip(1).map(str::to_owned).collect())
    }

    /// Returns what is wrong, with where it can be looked at.
    pub(super) fn wrong(&self, what: &str) -> String {
        format!("{what}\n留在 {}", self.folder.display())
    }

    /// Removes the folder: everything was as it has to be.
    pub(super) fn remove(self) -> Result<(), String> {
        fs::remove_dir_all(&self.folder).map_err(|error| unreadable(&self.folder, &error))
    }
}

/// Says whether a line is no record that a person asked for.
fn is_of_itself(line: &str) -> bool {
    line.starts_with("(format:")
        || line.starts_with("(gap:")
        || line.contains("change:Adopt(")
        || line.contains(DAMAGED)
}

/// Returns what a program said and how it ended.
pub(super) fn shown(output: &Output) -> String {
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    format!("{}\n{out}{err}", output.status)
}

/// Copies a folder.
pub(super) fn copy(from: &Path, to: &Path) -> Result<(), String> {
    fs::create_dir_all(to).map_err(|error| unreadable(to, &error))?;
    for item in fs::read_dir(from).map_err(|error| unreadable(from, &error))? {
        let item = item.map_err(|error| unreadable(from, &error))?;
        let target = to.join(item.file_name());
        if item.path().is_dir() {
            copy(&item.path(), &target)?;
        } else {
            fs::copy(item.path(), &target).map_err(|error| unreadable(&target, &error))?;
        }
    }
    Ok(())
}
