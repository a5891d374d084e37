//! Chores of the repository: `cargo xtask ci` is what the server runs, `cargo xtask docs` writes what the pages take
//! from the code, and `cargo xtask soak` is what takes too long for the server.

use std::io::{self, Write};
use std::process::ExitCode;

use xtask::book::{self, Program};

mod ci;
mod dist;
mod soak;

const USAGE: &str = "\
用法：cargo xtask <命令>

  ci             服务器上的全部检查：格式、clippy、测试、文档、按键表
  docs           把按键表写进 README.md，把手册里的画面和回答换成程序现在的
  docs --check   只检查它们是不是最新
  dist [--target 目标]… [--no-smoke]
                 做发布包，放在 target/dist：压缩包、deb 包、校验和；默认三个目标都做，做完逐个试运行
  screenshots    画出 README 里的画面（docs/pictures/*.svg），取自示例年度的真实画面
  screenshots --check
                 只检查它们是不是最新
  soak [部分…] [--changes 500] [--kills 1200] [--screens 240] [--ends 50] [--cuts 1000] [--seed 1] [--case 1]
                 服务器上不做的久试（要 strace）：many 四个人同时记，kills 命令随时被杀，screens 画面随时被杀，faults 每个系统调用逐个出错；
                 点名才做的 power 随时断电（要 root 和环回设备）
";

fn main() -> ExitCode {
    // The handbook's commands are run by this program itself, so that they are always those of the code at hand.
    let mut whole = std::env::args_os().skip(1);
    if whole.next().is_some_and(|it| it == book::AS_KAOHE) {
        return kaohe::main(std::iter::once("kaohe".into()).chain(whole));
    }
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments.as_slice() {
        ["ci"] => ci::run(),
        ["soak", rest @ ..] => match soak::Options::read(rest) {
            Some(options) => soak::run(&options),
            None => Err(USAGE.to_owned()),
        },
        ["dist", rest @ ..] => match dist::Options::read(rest) {
            Ok(options) => dist::run(&options),
            Err(message) => Err(format!("{message}\n\n{USAGE}")),
        },
        ["screenshots"] => xtask::screenshots::write(),
        ["screenshots", "--check"] => xtask::screenshots::check(),
        ["docs"] => myself().and_then(|it| xtask::docs::write(&it)),
        ["docs", "--check"] => {
            xtask::docs::check().and_then(|()| myself()).and_then(|it| book::check(&it, book::HOURS_EAST))
        }
        _ => Err(USAGE.to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            // Where standard error is closed nobody reads it.
            let _ = writeln!(io::stderr(), "{}", message.trim_end());
            ExitCode::FAILURE
        }
    }
}

/// Returns this program, which the handbook's commands are run by.
fn myself() -> Result<Program, String> {
    std::env::current_exe().map(Program).map_err(|error| format!("不知道自己在哪里：{error}"))
}
