//! `kaohe help`: the handbook by chapters, and what a command does.

use kaohe_core::{half_width, nearest};
use kaohe_exchange::clean;
use kaohe_tui::find::{Haystack, Item};

use crate::failure::Failure;
use crate::handbook::{Chapter, chapters};
use crate::output::to_stdout;

#[derive(Debug, clap::Args)]
pub(crate) struct HelpArgs {
    #[arg(
        value_name = "主题",
        help = "章名、章名的一部分、拼音首字母、第几章，\n或一个命令、常见问题里的词；不写就列出各章"
    )]
    topic: Vec<String>,
}

/// Prints the chapters' titles, a chapter, an answer, or a command's help.
pub(crate) fn help(args: &HelpArgs) -> Result<(), Failure> {
    let topic = clean(&half_width(&args.topic.join(" ")));
    let text = match topic.trim() {
        "" => contents(),
        topic => about(topic).ok_or_else(|| unknown(topic))?,
    };
    to_stdout(text.as_bytes())
}

fn contents() -> String {
    let mut text = String::from("考核程序使用手册\n\n");
    for (number, chapter) in (1..).zip(chapters()) {
        text.push_str(&format!("  {number}  {}\n", chapter.title));
    }
    text.push_str(
        "\n看一章：kaohe help 改错（章名、其中几个字、拼音首字母 gc、第几章都行）\n\
         找一句：kaohe help 输入法\n\
         看一个命令：kaohe help rank，或 kaohe rank --help；全部命令：kaohe --help\n",
    );
    text
}

/// Returns what there is about a topic; the exact comes before the near.
fn about(topic: &str) -> Option<String> {
    let chapters = chapters();
    let exact = chapters.iter().find(|it| it.title == topic);
    let number = topic.parse::<usize>().ok().and_then(|it| chapters.get(it.checked_sub(1)?));
    exact
        .or(number)
        .map(|it| it.text())
        .or_else(|| of_command(topic))
        .or_else(|| by_title(&chapters, topic))
        .or_else(|| answers(&chapters, topic))
        .or_else(|| mentions(&chapters, topic))
}

/// Returns the help of a command such as `import entries`.
fn of_command(topic: &str) -> Option<String> {
    let mut command = crate::command();
    for name in topic.split_whitespace().filter(|it| *it != "kaohe") {
        command = command.find_subcommand(name)?.clone();
    }
    let words = ["kaohe"].into_iter().chain(topic.split_whitespace().filter(|it| *it != "kaohe"));
    let shown = crate::command().try_get_matches_from(words.chain(["--help"]));
    shown.err().map(|it| it.render().to_string())
}

/// Returns the chapter whose title has these words or is spelled so; where there are several, their titles.
fn by_title(chapters: &[Chapter], topic: &str) -> Option<String> {
    let titles = chapters.iter().map(|it| Item { name: it.title, ..Item::default() });
    let found = Haystack::new(titles).matches(topic);
    let found: Vec<&Chapter> = found.into_iter().filter_map(|it| chapters.get(it)).collect();
    match found.as_slice() {
        [] => None,
        [only] => Some(only.text()),
        [first, ..] => {
            let titles: Vec<&str> = found.iter().map(|it| it.title).collect();
            Some(format!(
                "“{topic}”有 {} 章：{}\n看其中一章：kaohe help {}\n",
                found.len(),
                titles.join("、"),
                first.title
            ))
        }
    }
}

/// Returns the parts that begin with these words.
fn answers(chapters: &[Chapter], topic: &str) -> Option<String> {
    joined(chapters.iter().flat_map(|it| {
        let title = it.title;
        it.parts_about(topic).into_iter().map(move |it| format!("{it}（手册“{title}”）\n"))
    }))
}

/// Says which chapters mention these words.
fn mentions(chapters: &[Chapter], topic: &str) -> Option<String> {
    let found: Vec<&str> = chapters.iter().filter(|it| it.mentions(topic)).map(|it| it.title).collect();
    let first = found.first()?;
    Some(format!("手册里提到“{topic}”的章：{}\n看其中一章：kaohe help {first}\n", found.join("、")))
}

fn joined(texts: impl Iterator<Item = String>) -> Option<String> {
    let texts: Vec<String> = texts.collect();
    (!texts.is_empty()).then(|| texts.join("\n"))
}

fn unknown(topic: &str) -> Failure {
    let chapters = chapters();
    let commands = crate::command();
    let titles: Vec<&str> = chapters.iter().map(|it| it.title).collect();
    let near = nearest(topic, commands.get_subcommands().map(clap::Command::get_name));
    let near =
        near.or_else(|| sharing(topic, &titles)).map_or(String::new(), |it| format!("，是否应为 {it}"));
    let titles = titles.join("、");
    Failure::usage(format!("手册里没有“{topic}”{near}。\n各章是：{titles}。\n全部命令：kaohe --help"))
}

/// Returns the title that has most characters of the topic.
fn sharing<'t>(topic: &str, titles: &[&'t str]) -> Option<&'t str> {
    let n_shared = |it: &str| topic.chars().filter(|letter| it.contains(*letter)).count();
    let most = titles.iter().rev().max_by_key(|it| n_shared(it))?;
    (n_shared(most) > 0).then_some(*most)
}
