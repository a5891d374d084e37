//! How far a long export is: a line on stderr, where that is a terminal, once it has taken half a second.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Until then nobody wonders whether anything happens.
const AFTER: Duration = Duration::from_millis(500);
/// How often the line is drawn anew.
const EVERY: Duration = Duration::from_millis(200);

/// What is drawn while it lives.
pub(crate) struct Progress {
    bar: ProgressBar,
    is_over: Arc<AtomicBool>,
}

impl Progress {
    /// Returns what shows how many of these steps are done.
    pub fn new(n_steps: usize) -> Progress {
        let bar = ProgressBar::with_draw_target(Some(n_steps as u64), ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{bar:24} {pos}/{len} 正在写 {msg}（已用 {elapsed}）");
        bar.set_style(style.expect("the template is a sound one").progress_chars("##-"));
        let is_over = Arc::new(AtomicBool::new(false));
        let (late, over) = (bar.clone(), Arc::clone(&is_over));
        // A single step may take seconds: the line comes by the clock, not by steps. Whoever ends sooner never sees it.
        thread::spawn(move || {
            thread::sleep(AFTER);
            if !over.load(Ordering::Relaxed) {
                late.set_draw_target(ProgressDrawTarget::stderr());
                late.enable_steady_tick(EVERY);
            }
        });
        Progress { bar, is_over }
    }

    /// Says how many steps are done, and what is written next.
    pub fn at(&mut self, n_done: usize, next: &'static str) {
        self.bar.set_message(next);
        self.bar.set_position(n_done as u64);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        self.bar.finish_and_clear();
    }
}
