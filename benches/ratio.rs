//! Ratios to a floor: both are measured in turn in one run, so that a busy machine is busy for both.

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]
#![expect(clippy::float_arithmetic, reason = "times are for people to read; points stay exact")]

use std::hint::black_box;
use std::time::{Duration, Instant};

/// What is compared, and what is wanted of it.
pub struct Comparison {
    /// What is measured.
    pub what: &'static str,
    /// Bytes that each side goes through; 0 where that says nothing.
    pub n_bytes: usize,
    /// What the issue allows.
    pub limit: Option<Duration>,
    /// Largest ratio that is aimed at.
    pub at_most: Option<f64>,
}

/// Says whether figures are wanted: `cargo bench` passes `--bench`, and a test run only tries the code.
pub fn is_wanted() -> bool {
    std::env::args().any(|it| it == "--bench")
}

/// Returns how long it takes; what it returns is dropped outside of that time.
pub fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let result = black_box(work());
    let time = start.elapsed();
    drop(result);
    time
}

/// Measures ours and the floor in turn and prints the medians and their ratio.
pub fn compare(
    comparison: &Comparison,
    n_rounds: usize,
    mut ours: impl FnMut() -> Duration,
    mut floor: impl FnMut() -> Duration,
) {
    // The first of each is not counted: caches are cold and pages are new.
    ours();
    floor();
    let (mut times, mut floor_times) = (Vec::new(), Vec::new());
    for _ in 0..n_rounds {
        times.push(ours());
        floor_times.push(floor());
    }
    let (time, floor_time) = (median(times), median(floor_times));
    let ratio = time.as_secs_f64() / floor_time.as_secs_f64();
    let speed = |time: Duration| match comparison.n_bytes {
        0 => String::new(),
        n_bytes => format!(" = {:.0} MB/s", n_bytes as f64 / 1e6 / time.as_secs_f64()),
    };
    let limit = comparison.limit.map_or_else(String::new, |it| format!(" (limit {it:.2?})"));
    let wanted = comparison.at_most.map_or_else(String::new, |it| format!(" (wanted at most {it})"));
    println!("{}", comparison.what);
    println!(
        "    {time:.2?}{}{limit}, floor {floor_time:.2?}{}, ratio {ratio:.2}{wanted}",
        speed(time),
        speed(floor_time)
    );
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
