//! The charts as SVG. Lengths are exact decimals like the scores that they show; pictures are drawn 360 wide, as a phone
//! shows them, and grow with the page.

use std::fmt::Display;

use kaohe_core::{Bin, Points};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::markup::escape;
use crate::report::facts::{ClassFacts, Facts};

/// How wide every picture is.
pub(super) const WIDTH: u32 = 360;
/// How many causes are drawn.
const MAX_PROBLEMS: usize = 10;

/// What is drawn.
pub(super) struct Picture {
    /// How high it is.
    pub height: u32,
    /// The elements.
    pub content: String,
}

/// Returns how long so much of a whole is on so many units of length.
fn length(points: Points, of: Points, whole: u32) -> Points {
    points.scaled(Points::whole(whole), of, 1).unwrap_or_default()
}

fn count(n: usize) -> Points {
    Points::whole(u32::try_from(n).unwrap_or(Points::MAX_WHOLE).min(Points::MAX_WHOLE))
}

fn whole(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Returns a bar in the colour of a class.
fn bar(class_idx: usize, faint: bool, (x, y): (Points, Points), (width, height): (Points, Points)) -> String {
    let faint = if faint { " pending" } else { "" };
    format!(
        "<rect class=\"c{}{faint}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" />",
        class_idx % 4
    )
}

fn text(class: &str, anchor: &str, x: impl Display, y: impl Display, text: &str) -> String {
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    format!("<text{class} x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{}</text>", escape(text))
}

fn line((x1, y1): (Points, u32), (x2, y2): (Points, u32)) -> String {
    format!("<line class=\"grid\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" />")
}

/// Returns a name of at most so many cells; one that is longer ends with an ellipsis.
fn cut(name: &str, cells: usize) -> String {
    if name.width() <= cells {
        return name.to_owned();
    }
    let mut cut = String::new();
    for it in name.graphemes(true) {
        if cut.width() + it.width() >= cells {
            break;
        }
        cut.push_str(it);
    }
    cut.push('…');
    cut
}

/// Draws how the scores of a class lie, the lowest at the left.
pub(super) fn distribution(class_idx: usize, bins: &[Bin]) -> Picture {
    const LEFT: u32 = 20;
    const BASE: u32 = 150;
    const HIGH: u32 = 120;
    let room = WIDTH - 2 * LEFT;
    let most = bins.iter().map(|it| it.n_units).max().unwrap_or_default();
    let x = |n: usize| Points::whole(LEFT) + length(count(n), count(bins.len()), room);
    let mut content = line((Points::whole(LEFT), BASE), (Points::whole(WIDTH - LEFT), BASE));
    for (n, bin) in bins.iter().rev().enumerate() {
        let high = length(count(bin.n_units), count(most), HIGH);
        let width = x(n + 1) - x(n) - Points::whole(4);
        let top = Points::whole(BASE) - high;
        content.push_str(&bar(class_idx, false, (x(n) + Points::whole(2), top), (width, high)));
        let middle = (x(n) + x(n + 1)).divided(2, 1).unwrap_or_default();
        content.push_str(&text("", "middle", middle, top - Points::whole(5), &bin.n_units.to_string()));
        if bin.from == bin.to {
            content.push_str(&text("soft", "middle", middle, BASE + 16, &bin.from.to_string()));
        } else {
            content.push_str(&text("soft", "middle", x(n), BASE + 16, &bin.from.to_string()));
            if n + 1 == bins.len() {
                content.push_str(&text("soft", "middle", x(n + 1), BASE + 16, &bin.to.to_string()));
            }
        }
    }
    Picture { height: BASE + 24, content }
}

/// Draws the scores of a class, by rank; returns with it the score at which the axis begins.
pub(super) fn ranking(class_idx: usize, class: &ClassFacts) -> (Picture, Points) {
    const ROW: u32 = 22;
    const LEFT: u32 = 132;
    const ROOM: u32 = 180;
    let (from, to) = axis(class);
    let rows = whole(class.ranked.len());
    let base = rows * ROW + 4;
    let mut content = String::new();
    for quarter in 0..=4 {
        let x = Points::whole(LEFT) + length(Points::whole(quarter), Points::whole(4), ROOM);
        let at = from + length_of(to - from, quarter);
        content.push_str(&line((x, 2), (x, base)));
        content.push_str(&text("soft", "middle", x, base + 14, &at.to_string()));
    }
    for (n, unit) in (0_u32..).zip(&class.ranked) {
        let y = n * ROW;
        let long = length(unit.score - from, to - from, ROOM);
        let place = format!("{} {}", unit.rank, unit.name);
        content.push_str(&text("", "end", LEFT - 6, y + 17, &cut(&place, 20)));
        let at = (Points::whole(LEFT), Points::whole(y + 5));
        content.push_str(&bar(
            class_idx,
            !unit.is_settled,
            at,
            (long.max(Points::whole(1)), Points::whole(ROW - 7)),
        ));
        content.push_str(&text("", "end", WIDTH - 2, y + 17, &unit.score.to_string()));
    }
    (Picture { height: base + 20, content }, from)
}

/// Returns a quarter, or several, of a stretch, to two decimals.
fn length_of(stretch: Points, quarters: u32) -> Points {
    stretch.scaled(Points::whole(quarters), Points::whole(4), 2).unwrap_or_default()
}

/// Returns where the axis of scores begins and ends: a step below the lowest, so that its bar shows too, and at the full
/// marks or what exceeds them.
fn axis(class: &ClassFacts) -> (Points, Points) {
    let highest = class.figures.highest.unwrap_or_default();
    let to = class.full_marks.max(highest);
    let lowest_bin = class.bins.last().filter(|it| it.from != it.to);
    let from = lowest_bin.map_or(Points::ZERO, |it| it.from - (it.to - it.from)).max(Points::ZERO);
    (from, to)
}

/// Draws 失分率 of what the classes share, a bar for each class.
pub(super) fn shared(facts: &Facts) -> Picture {
    const ROW: u32 = 18;
    const LEFT: u32 = 76;
    const ROOM: u32 = 220;
    let rates = facts.shared.iter().flat_map(|it| &it.rates).copied().flatten();
    let most = rates.max().unwrap_or_default();
    let mut content = String::new();
    let mut y = 0;
    for shared in &facts.shared {
        content.push_str(&text("", "start", 0, y + 15, &cut(&shared.name, 56)));
        y += ROW + 2;
        for (class_idx, (class, rate)) in facts.classes.iter().zip(&shared.rates).enumerate() {
            content.push_str(&text("soft", "end", LEFT - 6, y + 13, &cut(&class.track, 10)));
            let long = length(rate.unwrap_or_default(), most, ROOM);
            let at = (Points::whole(LEFT), Points::whole(y + 3));
            content.push_str(&bar(class_idx, false, at, (long, Points::whole(ROW - 6))));
            let value = rate.map_or("—".to_owned(), |it| format!("{it}%"));
            let x = Points::whole(LEFT + 6) + long;
            content.push_str(&text("soft", "start", x, y + 13, &value));
            y += ROW;
        }
        y += 6;
    }
    Picture { height: y.max(1), content }
}

/// Draws the most costly causes of a class.
pub(super) fn problems(class_idx: usize, class: &ClassFacts) -> Picture {
    const ROW: u32 = 36;
    const ROOM: u32 = 290;
    let problems = &class.problems.problems;
    let most = problems.iter().map(|it| it.points).max().unwrap_or_default();
    let mut content = String::new();
    let shown = problems.iter().take(MAX_PROBLEMS);
    for (n, it) in (0_u32..).zip(shown) {
        let y = n * ROW;
        let label = format!("{} · {}", it.indicator, it.cause);
        content.push_str(&text("", "start", 0, y + 13, &cut(&label, 56)));
        let long = length(it.points, most, ROOM);
        content.push_str(&bar(
            class_idx,
            false,
            (Points::ZERO, Points::whole(y + 18)),
            (long, Points::whole(12)),
        ));
        content.push_str(&text(
            "soft",
            "start",
            long + Points::whole(5),
            y + 28,
            &format!("{}分", it.points),
        ));
    }
    Picture { height: whole(problems.len().min(MAX_PROBLEMS)) * ROW, content }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_cut_by_cells() {
        assert_eq!(cut("区教育局", 8), "区教育局");
        assert_eq!(cut("区财政局（国资办）", 9), "区财政局…");
        assert_eq!(cut("区财政局（国资办）", 10), "区财政局…");
    }
}
