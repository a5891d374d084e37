//! However the screens end or stop for a while, what was shown is recorded, and the terminal is as it was before: its
//! modes (`stty`), the main screen, the cursor, keys and pastes. The real binary, in a pseudo-terminal, under a shell.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may")]

mod pty;
mod support;

use std::time::Duration;

use kaohe_tui::terminal::Terminal as Held;
use pty::{Terminal, closed_after, end_of, signal};
use support::Desk;

/// Runs the program under a shell that says its number before, waits for a line, and says afterwards how it ended and
/// whether all modes are as before.
const UNDER_A_SHELL: &str = r#"
    before=$(stty -g)
    sh -c 'echo "number=$$."; read go; exec "$KAOHE"'
    echo "ended=$?."
    [ "$(stty -g)" = "$before" ] && echo as-before
"#;

/// The same as a job of the shell: where it stops, the shell waits for a line and continues it.
const AS_A_JOB: &str = r#"
    set -m
    before=$(stty -g)
    sh -c 'echo "number=$$."; read go; exec "$KAOHE"'
    [ "$(stty -g)" = "$before" ] && echo "stopped as-before"
    read line
    fg
    echo "ended=$?."
    [ "$(stty -g)" = "$before" ] && echo as-before
"#;

/// Starts such a shell; returns also the number of the program.
#[track_caller]
fn start(desk: &Desk, script: &str) -> (Terminal, u32) {
    let mut terminal = Terminal::shell(&desk.path("data"), script);
    let screen = terminal.wait_for(".");
    let (_, after) = screen.split_once("number=").unwrap();
    let number = after.split_once('.').unwrap().0.parse().unwrap();
    terminal.send("\n");
    terminal.wait_for("[区直]");
    (terminal, number)
}

/// The first unit's score, by the command line.
fn score(desk: &Desk) -> String {
    let rank = desk.ok("rank --format csv");
    let row = rank.lines().find(|it| it.split(',').nth(3) == Some("Q01")).unwrap();
    row.split(',').nth(8).unwrap().to_owned()
}

#[test]
fn signals_end_the_program_and_the_terminal_is_as_before() {
    for (name, code) in [("TERM", 143), ("INT", 130), ("HUP", 129)] {
        let desk = Desk::with_year();
        let (mut terminal, number) = start(&desk, UNDER_A_SHELL);
        terminal.send("1");
        terminal.wait_for("总分 99.9");
        signal(name, number);
        terminal.wait_for_in_shell(&format!("ended={code}."));
        terminal.wait_for_in_shell("as-before");
        assert_eq!(score(&desk), "99.9");
    }
}

#[test]
fn leaving_leaves_the_terminal_as_before() {
    let desk = Desk::with_year();
    let (mut terminal, _) = start(&desk, UNDER_A_SHELL);
    terminal.send("1q");
    terminal.wait_for_in_shell("ended=0.");
    terminal.wait_for_in_shell("as-before");
    assert_eq!(score(&desk), "99.9");
}

#[test]
fn the_program_goes_when_its_window_is_closed() {
    // Told by SIGHUP; that is ignored; or nobody tells it, since the window is not the one of its session.
    for script in [
        "exec \"$KAOHE\"",
        "trap '' HUP; exec \"$KAOHE\"",
        "trap '' HUP; setsid -w sh -c 'exec \"$KAOHE\"'; exit $?",
    ] {
        let desk = Desk::with_year();
        let steps = [("", "[区直]"), ("1", "总分 99.9"), ("2", "必填：写明理由"), ("0.5", "0.5")];
        let mut child = closed_after(&desk.path("data"), script, &steps);
        let code = end_of(&mut *child).unwrap_or_else(|| panic!("it goes on without its window: {script}"));
        assert_eq!(code, 129, "{script}");
        assert_eq!(score(&desk), "99.9", "{script}");
        assert_eq!(desk.ok("check"), "");
    }
}

#[test]
fn ctrl_z_goes_to_the_shell_and_back_to_a_half_filled_form() {
    let desk = Desk::with_year();
    let (mut terminal, _) = start(&desk, AS_A_JOB);
    terminal.send("2");
    terminal.wait_for("必填：写明理由");
    terminal.send("0.5\t漏报");
    terminal.wait_for("漏报");
    terminal.send("\u{1a}");
    terminal.wait_for_in_shell("考核已暂停");
    terminal.wait_for_in_shell("stopped as-before");
    desk.ok_by("李四", &["review", "--unit", "Q02"]);
    terminal.resize(120, 40);
    terminal.send("\n");
    let screen = terminal.wait_for("读入了别处新记的");
    assert!(screen.contains("漏报") && screen.contains("0.5"), "{screen}");
    // Forty rows show the last unit.
    assert!(screen.contains("大发集团"), "{screen}");
    terminal.send("不全\r");
    terminal.wait_for("总分 99.5");
    terminal.send("q");
    terminal.wait_for_in_shell("ended=0.");
    terminal.wait_for_in_shell("as-before");
    assert_eq!(score(&desk), "99.5");
    let is_whole = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).contains("漏报不全");
    assert!(desk.files().values().any(is_whole));
}

#[test]
fn stopped_from_outside_it_comes_back_as_it_was() {
    for (name, farewell) in [("TSTP", "考核已暂停"), ("STOP", "")] {
        let desk = Desk::with_year();
        let (mut terminal, number) = start(&desk, AS_A_JOB);
        terminal.send("1");
        terminal.wait_for("总分 99.9");
        signal(name, number);
        // Nobody can give the terminal back who is stopped without a word.
        if farewell.is_empty() {
            terminal.send("\n");
        } else {
            terminal.wait_for_in_shell(farewell);
            terminal.wait_for_in_shell("stopped as-before");
            terminal.send("\n");
        }
        terminal.wait_for("[区直]");
        terminal.send("1");
        terminal.wait_for("总分 99.8");
        terminal.send("q");
        terminal.wait_for_in_shell("ended=0.");
        terminal.wait_for_in_shell("as-before");
        assert_eq!(score(&desk), "99.8");
    }
}

#[test]
fn without_a_shell_behind_it_nothing_stops() {
    let desk = Desk::with_year();
    let mut terminal = Terminal::start(&desk.path("data"), &[]);
    terminal.wait_for("[区直]");
    terminal.signal("TSTP");
    terminal.send("1");
    terminal.wait_for("总分 99.9");
    terminal.send("\u{1a}");
    terminal.wait_for("这个窗口里没有命令行可回");
    terminal.send("1");
    terminal.wait_for("总分 99.8");
}

/// Set where the test below runs itself in a terminal, to break there: the product has no key that breaks it.
const BREAKS: &str = "KAOHE_TEST_BREAKS";

/// Breaks while it has the terminal.
fn victim() -> ! {
    let done = kaohe::told_if_broken(|| {
        let mut terminal = Held::enter("", true).unwrap();
        let aside = std::thread::spawn(|| panic!("aside"));
        assert!(aside.join().is_err());
        terminal.draw(|frame| frame.render_widget("still here", frame.area())).unwrap();
        terminal.next(Some(Duration::from_secs(60))).unwrap();
        panic!("broken");
    });
    let _: Option<()> = done;
    std::process::exit(4);
}

#[test]
fn a_panic_is_told_on_a_terminal_as_before() {
    if std::env::var_os(BREAKS).is_some() {
        victim();
    }
    let desk = Desk::empty();
    let script = format!(
        "before=$(stty -g); {BREAKS}=1 '{}' --exact a_panic_is_told_on_a_terminal_as_before --nocapture; echo \"ended=$?.\"; \
         [ \"$(stty -g)\" = \"$before\" ] && echo as-before",
        std::env::current_exe().unwrap().display()
    );
    let mut terminal = Terminal::shell(&desk.path("data"), &script);
    terminal.wait_for("still here");
    terminal.send("x");
    terminal.wait_for_in_shell("ended=4.");
    let screen = terminal.wait_for_in_shell("as-before");
    assert!(screen.contains("程序内部出错（") && screen.contains("请把这句话告诉维护人员"), "{screen}");
    assert!(screen.contains("tests/ends.rs"), "{screen}");
}
