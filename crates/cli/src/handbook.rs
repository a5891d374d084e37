//! The user's handbook, docs/手册.md, as `kaohe help` shows it.

use kaohe_tui::widgets::cells;

/// The page, as the repository keeps it.
const PAGE: &str = include_str!("../../../docs/手册.md");

/// How many cells a line of text takes at most.
const WIDTH: usize = 78;

/// A chapter of the handbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Chapter {
    /// Its title.
    pub title: &'static str,
    /// What stands under the title, in Markdown.
    body: &'static str,
}

/// Returns the whole handbook as plain text.
#[must_use]
pub fn handbook() -> String {
    let (before, _) = PAGE.split_once("\n## ").unwrap_or((PAGE, ""));
    let before = plain(before.trim_start_matches("# "));
    chapters().into_iter().fold(before + "\n", |page, it| page + "\n\n" + &it.text())
}

/// Returns the chapters, in order.
pub(crate) fn chapters() -> Vec<Chapter> {
    let parts = PAGE.split("\n## ").skip(1);
    parts
        .map(|it| it.split_once('\n').unwrap_or((it, "")))
        .map(|(title, body)| Chapter { title, body })
        .collect()
}

impl Chapter {
    /// Returns the chapter for a terminal.
    pub(crate) fn text(self) -> String {
        format!("{}\n\n{}\n", self.title, plain(self.body))
    }

    /// Returns the parts of the chapter, each begun by words in bold.
    fn parts(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let mut starts: Vec<usize> = self.body.match_indices("\n**").map(|it| it.0 + 1).collect();
        starts.push(self.body.len());
        let body = self.body;
        let part = move |it: &[usize]| match it {
            [start, end] => body.get(*start..*end),
            _ => None,
        };
        let parts: Vec<&str> = starts.windows(2).filter_map(part).collect();
        parts.into_iter().filter_map(|it| Some((it.strip_prefix("**")?.split_once("**")?.0, it)))
    }

    /// Returns the parts that say this in their first words, for a terminal.
    pub(crate) fn parts_about(self, topic: &str) -> Vec<String> {
        self.parts().filter(|it| says(it.0, topic)).map(|it| plain(it.1) + "\n").collect()
    }

    /// Says whether the chapter mentions this anywhere.
    pub(crate) fn mentions(self, topic: &str) -> bool {
        says(&plain(self.body), topic)
    }
}

/// Says whether a text has these words, however their letters and blanks are.
fn says(text: &str, words: &str) -> bool {
    let folded = |it: &str| it.split_whitespace().collect::<String>().to_lowercase();
    folded(text).contains(&folded(words))
}

/// Returns Markdown without its marks, with lines that fit a terminal; screens and answers as they are.
fn plain(markdown: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut is_example = false;
    let mut was_directive = false;
    for line in markdown.lines() {
        let is_directive = line.starts_with("<!--");
        if line.starts_with("```") {
            is_example = !is_example;
        } else if is_example {
            lines.push(line.to_owned());
        } else if !is_directive && (!line.is_empty() || !was_directive) {
            lines.extend(wrapped(&line.replace("**", "").replace('`', "")));
        }
        was_directive = is_directive;
    }
    lines.join("\n").trim().to_owned()
}

/// Returns a paragraph or an item of a list, line by line; further lines of an item stand under its first word.
fn wrapped(line: &str) -> Vec<String> {
    let numbered =
        line.split_once(". ").filter(|it| it.0.len() <= 2 && it.0.bytes().all(|it| it.is_ascii_digit()));
    let mark = match numbered {
        Some((number, _)) => number.len() + 2,
        None if line.starts_with("- ") => 2,
        None => 0,
    };
    let (mark, text) = line.split_at_checked(mark).unwrap_or(("", line));
    let indent = " ".repeat(mark.len());
    let lines = cells::wrap(text, WIDTH - mark.len());
    let first = lines.iter().take(1).map(|it| format!("{mark}{it}"));
    first.chain(lines.iter().skip(1).map(|it| format!("{indent}{it}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_examples_stay() {
        let page = "**做法**：按 `u`。\n\n<!-- 按键 u -->\n\n```text\n 满  **  `\n```\n\n- 一条";
        assert_eq!(plain(page), "做法：按 u。\n\n 满  **  `\n\n- 一条");
    }

    #[test]
    fn words_are_found_however_they_are_written() {
        assert!(says("拷到 U 盘", "u盘") && says("拷到U盘", "U 盘") && !says("拷到 U 盘", "硬盘"));
    }

    #[test]
    fn long_items_stand_under_their_first_word() {
        let lines = wrapped(&format!("- {}", "字".repeat(50)));
        assert_eq!(lines, [format!("- {}", "字".repeat(38)), format!("  {}", "字".repeat(12))]);
        assert_eq!(wrapped("12. 一"), ["12. 一"]);
        assert_eq!(wrapped("2023. 一"), ["2023. 一"]);
    }

    #[test]
    fn every_chapter_fits_a_terminal_and_has_no_marks() {
        assert!(chapters().len() >= 9);
        for chapter in chapters() {
            let text = chapter.text();
            assert!(!text.contains("<!--") && !text.contains("```"), "{text}");
            let is_short = |it: &&str| cells::width(it) <= 80;
            let prose = text.lines().filter(|it| it.starts_with(|it| ('\u{4e00}'..'\u{a000}').contains(&it)));
            assert!(prose.clone().count() > 3, "{text}");
            let long: Vec<&str> = text.lines().filter(|it| !is_short(it)).collect();
            // Answers of the program are as long as they are.
            assert!(long.iter().all(|it| PAGE.contains(&format!("\n{it}\n"))), "{long:?}");
        }
    }
}
