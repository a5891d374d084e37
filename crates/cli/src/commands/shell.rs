//! `kaohe completions` and `kaohe man`: made from the definition of the command line.

use clap_complete::Shell;

use crate::failure::Failure;
use crate::manual::manual;
use crate::output::TextOutput;

/// Prints the completions of a shell.
pub(crate) fn completions(shell: Shell, output: &TextOutput) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut crate::command(), "kaohe", &mut script);
    output.text(&String::from_utf8_lossy(&script))
}

/// Prints the manual page.
pub(crate) fn man(output: &TextOutput) -> Result<(), Failure> {
    output.text(&manual())
}
