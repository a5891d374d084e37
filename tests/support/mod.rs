//! A person at a desk of their own: a folder with files, a data folder, and the real program.

#![allow(dead_code, reason = "each test file uses its part")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A folder of its own, in which commands run.
pub struct Desk {
    folder: tempfile::TempDir,
}

/// What a command did.
#[derive(Debug)]
pub struct Outcome {
    pub status: i32,
    pub out: Vec<u8>,
    pub err: String,
}

impl Outcome {
    /// Returns stdout, which has to be text.
    pub fn text(&self) -> String {
        String::from_utf8(self.out.clone()).unwrap()
    }
}

impl Desk {
    /// A desk at which nothing has been begun.
    pub fn empty() -> Desk {
        Desk { folder: tempfile::tempdir().unwrap() }
    }

    /// A desk with the built-in year.
    pub fn with_year() -> Desk {
        let desk = Desk::empty();
        desk.ok("init 2023");
        desk
    }

    /// Returns the path of a file on the desk.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Puts a file on the desk.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(name), content).unwrap();
    }

    /// Reads a file on the desk.
    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    /// Runs a command, its words separated by spaces.
    pub fn run(&self, command: &str) -> Outcome {
        self.run_with(command, b"")
    }

    /// Runs a command that reads this from its standard input.
    pub fn run_with(&self, command: &str, input: &[u8]) -> Outcome {
        let words: Vec<&str> = command.split_whitespace().collect();
        self.run_by("张三", &words, input)
    }

    /// Runs a command of this person, given word by word.
    pub fn run_by(&self, by: &str, command: &[&str], input: &[u8]) -> Outcome {
        let mut child = self.spawn(by, command);
        // A program that does not read its input closes it, which is no failure.
        let _ = child.stdin.take().unwrap().write_all(input);
        let output = child.wait_with_output().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        for odd in ["panicked", "backtrace", "程序内部出错", "Some(", "error:"] {
            assert!(!err.contains(odd), "{command:?}\n{err}");
        }
        Outcome { status: output.status.code().unwrap(), out: output.stdout, err }
    }

    /// Starts a command of this person, given word by word; what it prints is kept.
    pub fn spawn(&self, by: &str, command: &[&str]) -> Child {
        Command::new(env!("CARGO_BIN_EXE_kaohe"))
            .args(command)
            .current_dir(self.folder.path())
            .env_clear()
            .env("KAOHE_DATA", "data")
            .env("KAOHE_BY", by)
            .env("HOME", self.folder.path())
            .env("TZ", "CST-8")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// Runs a command that has to succeed, without a word on stderr; returns stdout.
    #[track_caller]
    pub fn ok(&self, command: &str) -> String {
        let outcome = self.run(command);
        assert_eq!((outcome.status, outcome.err.as_str()), (0, ""), "{command}");
        outcome.text()
    }

    /// Runs a command of this person, given word by word, that has to succeed without a word on stderr; returns stdout.
    #[track_caller]
    pub fn ok_by(&self, by: &str, command: &[&str]) -> String {
        let outcome = self.run_by(by, command, b"");
        assert_eq!((outcome.status, outcome.err.as_str()), (0, ""), "{by} {command:?}");
        outcome.text()
    }

    /// Runs a command that has to fail so, with nothing on stdout and nothing changed on disk; returns stderr.
    #[track_caller]
    pub fn fails(&self, status: i32, command: &str) -> String {
        let before = self.files();
        let outcome = self.run(command);
        assert_eq!(outcome.status, status, "{command}\n{}", outcome.err);
        assert_eq!(outcome.text(), "", "{command}");
        assert!(self.files() == before, "{command} has changed files");
        outcome.err
    }

    /// Returns every file on the desk, the data folder's included, with its content.
    pub fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(self.folder.path(), &mut files);
        files
    }
}

/// Returns a part of a workbook or of a Word document.
#[track_caller]
pub fn part(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn collect(folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for item in fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            let content = fs::read(&path).unwrap();
            files.insert(path, content);
        }
    }
}

/// Says that a text contains all of these, in this order.
#[track_caller]
pub fn check_in_order(text: &str, expected: &[&str]) {
    let mut rest = text;
    for part in expected {
        let Some((_, after)) = rest.split_once(part) else {
            panic!("{part} is not (in this place) in\n{text}")
        };
        rest = after;
    }
}
