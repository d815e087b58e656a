//! The program: no arguments open the window, everything else is the command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    unforbid::cli::main()
}
