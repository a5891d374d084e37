//! Puts the help into Chinese: frame, headings and usage lines, which clap words in English.

use clap::{Arg, ArgAction, Command};

const TEMPLATE: &str = "{about}\n\n用法：{usage}\n\n{all-args}{after-help}";
const GLOBAL: &str = "通用选项";

/// Returns the command, and all below it, with help in Chinese.
pub(crate) fn in_chinese(command: Command) -> Command {
    let version = Arg::new("version")
        .short('V')
        .long("version")
        .action(ArgAction::Version)
        .help("显示版本")
        .display_order(101)
        .help_heading(GLOBAL);
    let command = framed(command, "")
        .arg(version)
        .after_help("用 kaohe <命令> --help 查看一个命令的说明；用 kaohe help 看使用手册。");
    command.mut_args(|it| if it.is_global_set() { it.help_heading(GLOBAL) } else { it })
}

fn framed(command: Command, parents: &str) -> Command {
    let name = format!("{parents}{}", command.get_name());
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help)
        .help("显示说明")
        .display_order(100)
        .help_heading(GLOBAL);
    let names: Vec<String> = command.get_subcommands().map(|it| it.get_name().to_owned()).collect();
    let usage = usage(&command, &name);
    let mut command = command
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        // Where nothing at all is given, it is said which commands there are, as anywhere else.
        .arg_required_else_help(false)
        .help_template(TEMPLATE)
        .override_usage(usage)
        .subcommand_help_heading("命令")
        .subcommand_value_name("命令")
        .arg(help)
        .mut_args(|it| {
            let heading = if it.is_positional() { "参数" } else { "选项" };
            let has_heading = it.get_help_heading().is_some();
            let it = if has_heading { it } else { it.help_heading(heading) };
            // Choices and defaults stand in the texts; clap words them in English.
            let takes_value = it.get_action().takes_values();
            it.hide_possible_values(takes_value).hide_env(takes_value).hide_default_value(takes_value)
        });
    for child in names {
        command = command.mut_subcommand(child, |it| framed(it, &format!("{name} ")));
    }
    command
}

/// Returns the usage line: `kaohe withdraw [选项] --reason <原因> <记录编号>`.
fn usage(command: &Command, name: &str) -> String {
    let value_name = |it: &Arg| {
        it.get_value_names().and_then(|it| it.first()).map_or("值".to_owned(), |it| it.to_string())
    };
    let mut usage = format!("{name} [选项]");
    for arg in command.get_opts().filter(|it| it.is_required_set()) {
        usage.push_str(&format!(" --{} <{}>", arg.get_long().unwrap_or_default(), value_name(arg)));
    }
    for arg in command.get_positionals() {
        let value = value_name(arg);
        let more = if matches!(arg.get_action(), ArgAction::Append) { "…" } else { "" };
        let (open, close) = if arg.is_required_set() { ('<', '>') } else { ('[', ']') };
        usage.push_str(&format!(" {open}{value}{close}{more}"));
    }
    if command.has_subcommands() {
        usage.push_str(if command.is_subcommand_required_set() { " <命令>" } else { " [命令]" });
    }
    usage
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names of options and commands are English, as are these; everything else is Chinese.
    const ALLOWED: [&str; 33] = [
        "Excel",
        "WPS",
        "terminal",
        "dark",
        "light",
        "plain",
        "enter",
        "f4",
        "c-r",
        "80x24",
        "kaohe",
        "KAOHE_DATA",
        "KAOHE_BY",
        "SHELL",
        "bash",
        "elvish",
        "fish",
        "powershell",
        "zsh",
        "table",
        "csv",
        "json",
        "ron",
        "CSV",
        "RON",
        "utf8",
        "gb18030",
        "xlsx",
        "xls",
        "ods",
        "docx",
        "html",
        "man",
    ];

    fn all(command: &Command, path: &str, found: &mut Vec<(String, Command)>) {
        found.push((path.to_owned(), command.clone()));
        for child in command.get_subcommands() {
            all(child, &format!("{path} {}", child.get_name()), found);
        }
    }

    fn commands() -> Vec<(String, Command)> {
        let mut found = Vec::new();
        all(&crate::command(), "kaohe", &mut found);
        found
    }

    #[test]
    fn the_definition_is_sound() {
        crate::command().debug_assert();
    }

    #[test]
    fn help_has_no_english_words() {
        let known: Vec<String> = commands()
            .iter()
            .flat_map(|(_, command)| {
                let longs = command.get_arguments().filter_map(|it| it.get_long().map(str::to_owned));
                longs.chain([command.get_name().to_owned()]).collect::<Vec<_>>()
            })
            .collect();
        for (path, _) in commands() {
            let args = path.split(' ').chain(["--help"]);
            let help = crate::command().try_get_matches_from(args).unwrap_err().to_string();
            let is_letter = |it: char| it.is_ascii_alphanumeric() || it == '_' || it == '-';
            for word in help.split(|it| !is_letter(it)) {
                let word = word.trim_matches('-');
                let is_known = known.iter().any(|it| it == word)
                    || ALLOWED.contains(&word)
                    || word.len() < 2
                    || word.bytes().all(|it| it.is_ascii_digit() || it == b'-');
                assert!(is_known, "{word} in the help of {path}:\n{help}");
            }
        }
    }

    #[test]
    fn every_command_and_option_says_what_it_is() {
        for (path, command) in commands() {
            assert!(command.get_about().is_some(), "{path}");
            for arg in command.get_arguments() {
                assert!(arg.get_help().is_some(), "{path} {}", arg.get_id());
            }
        }
    }

    #[test]
    fn help_fits_a_narrow_terminal() {
        for (path, _) in commands() {
            let args = path.split(' ').chain(["--help"]);
            let help = crate::command().try_get_matches_from(args).unwrap_err().to_string();
            for line in help.lines() {
                let width: usize = line.chars().map(|it| if it.is_ascii() { 1 } else { 2 }).sum();
                assert!(width <= 80, "{width} cells in the help of {path}: {line}");
            }
        }
    }
}
