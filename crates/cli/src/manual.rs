//! The manual page in roff, one page for all commands; the crates that make such pages word them in English.

use clap::{Arg, Command};

const STATUS: [(&str, &str); 5] = [
    ("0", "完成"),
    ("1", "检查发现问题（check、rubric check、rubric diff）"),
    ("2", "命令行写得不对"),
    ("3", "输入文件有错，没有改动任何内容"),
    ("4", "年度数据拒绝或无法读写（没有这一年、已损坏、磁盘已满等）"),
];

/// Returns the manual page, from the definition of the command line.
pub fn manual() -> String {
    let command = crate::command();
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let (summary, _) = about.split_once('。').unwrap_or((&about, ""));
    let mut page = format!(".TH KAOHE 1 \"\" \"kaohe {}\" \"kaohe\"\n", env!("CARGO_PKG_VERSION"));
    page.push_str(&format!(".SH 名称\nkaohe \\- {}\n", escaped(summary)));
    page.push_str(&format!(".SH 用法\n{}\n", escaped(&usage(&command))));
    page.push_str(&format!(".SH 说明\n{}\n", escaped(&about)));
    page.push_str(".SH 通用选项\n");
    command.get_arguments().for_each(|it| push_arg(&mut page, it));
    page.push_str(".SH 命令\n");
    push_commands(&mut page, &command);
    page.push_str(".SH 退出状态\n");
    for (status, meaning) in STATUS {
        page.push_str(&format!(".TP\n.B {status}\n{}\n", escaped(meaning)));
    }
    page
}

fn push_commands(page: &mut String, command: &Command) {
    for child in command.get_subcommands() {
        if child.has_subcommands() {
            push_commands(page, child);
            continue;
        }
        let about = child.get_about().map(ToString::to_string).unwrap_or_default();
        page.push_str(&format!(".SS \"{}\"\n{}\n", escaped(&usage(child)), escaped(&about)));
        for arg in child.get_arguments().filter(|it| it.get_id() != "help") {
            push_arg(page, arg);
        }
    }
}

fn push_arg(page: &mut String, arg: &Arg) {
    let names = [arg.get_short().map(|it| format!("-{it}")), arg.get_long().map(|it| format!("--{it}"))];
    let mut names = names.into_iter().flatten().collect::<Vec<_>>().join(", ");
    if arg.is_positional() || arg.get_action().takes_values() {
        let value = arg.get_value_names().and_then(|it| it.first()).map_or("值", |it| it.as_str());
        names.push_str(&format!(" <{value}>"));
    }
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default().replace('\n', "");
    page.push_str(&format!(".TP\n.B \"{}\"\n{}\n", escaped(names.trim()), escaped(&help)));
}

/// Returns the usage line that the help shows too.
fn usage(command: &Command) -> String {
    let usage = command.clone().render_usage().to_string();
    usage.trim_start_matches("Usage:").trim().to_owned()
}

fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    if text.starts_with(['.', '\'']) { format!("\\&{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_every_command() {
        let page = manual();
        for name in ["kaohe init", "kaohe import entries", "kaohe rubric check", "kaohe man"] {
            assert!(page.contains(&format!(".SS \"{name}")), "{name} is not in\n{page}");
        }
        assert!(!page.contains("Usage"), "{page}");
    }
}
