//! What is wrong with a command line, in Chinese; clap's own sentences are English.

use std::error::Error as _;

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use kaohe_exchange::clean;

/// Returns what is wrong, what was probably meant, and where to read on.
pub(crate) fn message(error: &Error) -> String {
    let mut message = clean(&sentence(error));
    message.push('。');
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        let usage = usage.to_string();
        let usage = usage.trim().trim_start_matches("Usage:").trim();
        message.push_str(&format!("\n用法：{usage}"));
    }
    message.push_str("\n加上 --help 可看说明。");
    message
}

fn sentence(error: &Error) -> String {
    let arg = text(error, ContextKind::InvalidArg);
    let value = text(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => format!("{arg} 后面缺少值{}", choices(error)),
        ErrorKind::InvalidValue => format!("{arg} 不能是“{value}”{}", choices(error)),
        ErrorKind::UnknownArgument if arg.starts_with('-') => format!("没有选项“{arg}”{}", meant(error)),
        ErrorKind::UnknownArgument => format!("多出了“{arg}”：这里不需要它{}", meant(error)),
        ErrorKind::InvalidSubcommand => {
            format!("没有命令“{}”{}", text(error, ContextKind::InvalidSubcommand), meant(error))
        }
        ErrorKind::NoEquals => format!("{arg} 的值要用等号连接"),
        ErrorKind::ValueValidation => {
            let reason = error.source().map_or(String::new(), |it| format!("：{it}"));
            format!("{arg} 不能是“{value}”{reason}")
        }
        ErrorKind::TooManyValues => format!("{arg} 的值太多，多出了“{value}”"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => format!("{arg} 的值的个数不对"),
        ErrorKind::ArgumentConflict => {
            let other = text(error, ContextKind::PriorArg);
            if other == arg || other.is_empty() {
                format!("{arg} 只能写一次")
            } else {
                format!("{arg} 不能与 {other} 同时使用")
            }
        }
        ErrorKind::MissingRequiredArgument => format!("还缺少 {arg}"),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let known = texts(error, ContextKind::ValidSubcommand);
            format!("后面还缺少一个命令：{}", known.join("、"))
        }
        ErrorKind::InvalidUtf8 => "参数里有不属于 UTF-8 的字节：请检查终端的编码".to_owned(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::Io | ErrorKind::Format => {
            "无法显示说明".to_owned()
        }
        // The library may add kinds.
        _ => "命令行写得不对".to_owned(),
    }
}

/// Returns the values that there are, the nearest first.
fn choices(error: &Error) -> String {
    let nearest = text(error, ContextKind::SuggestedValue);
    let known = texts(error, ContextKind::ValidValue).join("、");
    match (nearest.as_str(), known.as_str()) {
        ("", "") => String::new(),
        ("", known) => format!("：可以是 {known}"),
        (nearest, known) => format!("：是否应为 {nearest}？可以是 {known}"),
    }
}

/// Returns the name that was probably meant.
fn meant(error: &Error) -> String {
    let kinds = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedCommand];
    let nearest: Vec<String> = kinds.into_iter().flat_map(|it| texts(error, it)).collect();
    match nearest.first() {
        Some(nearest) => format!("，是否应为 {nearest}"),
        None => String::new(),
    }
}

fn text(error: &Error, kind: ContextKind) -> String {
    texts(error, kind).join("、")
}

fn texts(error: &Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        Some(ContextValue::StyledStr(text)) => vec![text.to_string()],
        Some(ContextValue::StyledStrs(texts)) => texts.iter().map(ToString::to_string).collect(),
        // Nothing, a number, or a kind that the library may add.
        _ => Vec::new(),
    }
}
