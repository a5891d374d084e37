//! The binary `kaohe`.

use std::process::ExitCode;

fn main() -> ExitCode {
    kaohe::main(std::env::args_os())
}
