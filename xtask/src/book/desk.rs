//! The reader's desk: a fresh folder, and the real program in it, told the same name and time zone on every machine.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use jiff::tz::{Offset, TimeZone};
use tempfile::TempDir;

use super::form;
use super::parse::{Block, Kind, Part, Picture};
use super::settle::Settler;

/// Stands for lines that the page leaves out.
const ELLIPSIS: &str = "……\n";

/// The program whose first argument is [`super::AS_KAOHE`].
#[derive(Clone, Debug)]
pub struct Program(pub PathBuf);

/// A fresh folder for one chapter.
pub(super) struct Desk<'a> {
    program: &'a Program,
    folder: TempDir,
    settler: Settler,
    hours_east: i8,
}

impl Desk<'_> {
    /// A desk at which nothing has been begun, where clocks are so many hours ahead.
    pub(super) fn fresh(program: &Program, hours_east: i8) -> Result<Desk<'_>, String> {
        let folder = tempfile::tempdir().map_err(|it| format!("建不了临时文件夹：{it}"))?;
        Ok(Desk { program, folder, settler: Settler::default(), hours_east })
    }

    /// Does what a block says and returns what then stands in the page.
    pub(super) fn follow(&mut self, block: &Block) -> Result<String, String> {
        match &block.kind {
            Kind::Picture(picture) => self.picture(picture),
            Kind::Console { at_most } => self.console(&block.text, *at_most),
            Kind::File(name) => self.write(name, block.text.as_bytes()).map(|()| block.text.clone()),
            Kind::Form { from, to } => {
                let form = fs::read(self.path(from)).map_err(|it| format!("读不了 {from}：{it}"))?;
                self.write(to, &form::filled(&form, &block.text)?).map(|()| block.text.clone())
            }
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), String> {
        let path = self.path(name);
        let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
        folder.and_then(|()| fs::write(path, bytes)).map_err(|it| format!("写不了 {name}：{it}"))
    }

    fn picture(&mut self, picture: &Picture) -> Result<String, String> {
        self.write("按键.txt", picture.keys.as_bytes())?;
        let size = picture.size.as_deref().unwrap_or("80x24");
        let mut words = vec!["--keys", "按键.txt", "--dump-screen", "--size", size];
        if picture.is_demo {
            words.insert(0, "demo");
        }
        let shown = self.run(&words, picture.by.as_deref());
        fs::remove_file(self.path("按键.txt")).map_err(|it| format!("删不了按键文件：{it}"))?;
        let (shown, said) = shown?;
        if !said.is_empty() {
            return Err(format!("程序说：{}", said.trim_end()));
        }
        Ok(picture.part.map_or(shown.clone(), |it| cut_out(&shown, it)))
    }

    /// Runs the commands of a block, and returns it with the answers of now.
    fn console(&mut self, text: &str, at_most: Option<usize>) -> Result<String, String> {
        let mut page = String::new();
        for command in text.lines().filter_map(|it| it.strip_prefix("$ ")) {
            page.push_str(&format!("$ {command}\n"));
            let words = words(command)?;
            let Some(("kaohe", arguments)) = words.split_first().map(|it| (it.0.as_str(), it.1)) else {
                return Err(format!("只能运行 kaohe，不是“{command}”"));
            };
            let arguments: Vec<String> = arguments.iter().map(|it| self.settler.unsettle(it)).collect();
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            let (shown, said) = self.run(&arguments, None)?;
            let answer = shown + &said;
            let n_shown = at_most.unwrap_or(usize::MAX);
            answer.lines().take(n_shown).for_each(|it| page.extend([it.trim_end(), "\n"]));
            if answer.lines().count() > n_shown {
                page.push_str(ELLIPSIS);
            }
        }
        Ok(page)
    }

    /// Runs the program and returns what it printed, and what it said on standard error.
    fn run(&mut self, words: &[&str], by: Option<&str>) -> Result<(String, String), String> {
        let folder = self.folder.path().to_owned();
        // Asked for before the program starts: where midnight passes meanwhile, the settler knows the next day too.
        let offset = Offset::constant(self.hours_east);
        let day = TimeZone::fixed(offset).to_datetime(jiff::Timestamp::now()).date();
        let run = Command::new(&self.program.0)
            .arg(super::AS_KAOHE)
            .args(words)
            .current_dir(&folder)
            .env_clear()
            .envs(std::env::vars_os().filter(|it| is_of_the_system(&it.0.to_string_lossy())))
            .env("HOME", &folder)
            .env("KAOHE_DATA", Path::new(".").join("数据"))
            .env("KAOHE_SETTINGS", "设置.ron")
            .env("KAOHE_BY", by.unwrap_or("张三"))
            // POSIX counts westwards.
            .env("TZ", format!("CST{}", -self.hours_east))
            .output()
            .map_err(|it| format!("{} 没能运行：{it}", self.program.0.display()))?;
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).map_err(|_| "程序印出的不是 UTF-8".to_owned());
        let (shown, said) = (text(run.stdout)?, text(run.stderr)?);
        Ok((self.settler.settle(&shown, &folder, day), self.settler.settle(&said, &folder, day)))
    }
}

/// Returns some lines of a screen, with a mark where others are left out.
fn cut_out(shown: &str, part: Part) -> String {
    let n_lines = shown.lines().count();
    let (from, to) = match part {
        Part::Last(number) => (n_lines.saturating_sub(number) + 1, n_lines),
        Part::Lines(from, to) => (from, to),
    };
    let above = if from > 1 { ELLIPSIS } else { "" };
    let below = if to < n_lines { ELLIPSIS } else { "" };
    let lines: String =
        shown.lines().skip(from - 1).take((to + 1).saturating_sub(from)).flat_map(|it| [it, "\n"]).collect();
    format!("{above}{lines}{below}")
}

/// Says whether processes of an operating system need this variable to run at all.
fn is_of_the_system(name: &str) -> bool {
    ["PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR"].contains(&name.to_uppercase().as_str())
}

/// Splits a command into words; what stands between quotation marks is one word.
fn words(command: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut word = None::<String>;
    let mut is_quoted = false;
    for letter in command.chars() {
        match letter {
            '"' => {
                is_quoted = !is_quoted;
                word.get_or_insert_default();
            }
            ' ' if !is_quoted => words.extend(word.take()),
            '|' | '>' | '<' | '$' | '`' | ';' | '&' if !is_quoted => {
                return Err(format!("没有命令行解释器，用不了“{letter}”：{command}"));
            }
            letter => word.get_or_insert_default().push(letter),
        }
    }
    if is_quoted {
        return Err(format!("引号没有配对：{command}"));
    }
    words.extend(word);
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_of_a_screen_is_marked() {
        assert_eq!(cut_out("一\n二\n三\n", Part::Last(1)), "……\n三\n");
        assert_eq!(cut_out("一\n二\n三\n", Part::Last(9)), "一\n二\n三\n");
        assert_eq!(cut_out("一\n二\n三\n", Part::Lines(2, 2)), "……\n二\n……\n");
        assert_eq!(cut_out("一\n二\n三\n", Part::Lines(1, 2)), "一\n二\n……\n");
    }

    #[test]
    fn commands_are_words_and_nothing_else() {
        assert_eq!(words("kaohe undo").unwrap(), ["kaohe", "undo"]);
        assert_eq!(
            words("kaohe reopen --reason \"漏记 一项\" \"\"").unwrap(),
            ["kaohe", "reopen", "--reason", "漏记 一项", ""]
        );
        assert!(words("kaohe rank | head").is_err());
        assert!(words("kaohe \"rank").is_err());
    }
}
