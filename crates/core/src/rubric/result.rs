//! What stands above the rules: whom a node concerns, what opens it, which grade follows, and stretches of time.

use jiff::civil::Date;

use crate::id::IndicatorId;
use crate::points::Points;

/// Which units a node concerns, by their 标签; all of them where neither list names any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applies {
    /// Only units with one of these.
    pub only: Vec<String>,
    /// No unit with one of these.
    pub except: Vec<String>,
}

impl Applies {
    /// Says whether a unit with these tags is concerned.
    pub fn to(&self, tags: &[String]) -> bool {
        let has = |it: &String| tags.contains(it);
        (self.only.is_empty() || self.only.iter().any(has)) && !self.except.iter().any(has)
    }

    /// Says whether every unit is concerned.
    pub fn to_all(&self) -> bool {
        self.only.is_empty() && self.except.is_empty()
    }
}

/// 前提: a score that another indicator must reach, or this one scores 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gate {
    /// Which other indicator of the rubric; what it scores before its own gate is asked.
    pub indicator: IndicatorId,
    /// Points that it must reach.
    pub at_least: Points,
    /// The sentence that says so, verbatim.
    pub text: String,
}

/// 前提: a score of the whole, points outside of it left aside, from which on a section outside of it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionGate {
    /// Points that must be reached.
    pub at_least: Points,
    /// The sentence that says so, verbatim.
    pub text: String,
}

/// 等次: a grade, by the lowest total that earns it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grade {
    /// Its name: 优秀.
    pub name: String,
    /// Points from which on it is earned.
    pub from: Points,
    /// Up to which points it was printed to go; said only to be checked, for the grade above begins where it ends.
    pub to: Option<Points>,
}

/// A stretch of time of its own (每月, 每季度, 每两周).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// So many weeks, counted from the first day of the rubric's period.
    Weeks(u32),
    /// A month of the calendar.
    Month,
    /// A quarter.
    Quarter,
    /// Half a year.
    HalfYear,
}

impl Window {
    /// Returns which stretch a day lies in: equal numbers mean the same one. `start` is the first day of weeks.
    pub fn of(self, day: Date, start: Date) -> i64 {
        let month = i64::from(day.year()) * 12 + i64::from(day.month()) - 1;
        match self {
            Window::Weeks(n) => {
                let days = (day - start).get_days();
                i64::from(days).div_euclid(7 * i64::from(n.max(1)))
            }
            Window::Month => month,
            Window::Quarter => month.div_euclid(3),
            Window::HalfYear => month.div_euclid(6),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// Checks that two days lie in one stretch, and the next day in another.
    #[track_caller]
    fn check(window: Window, first: Date, last: Date) {
        let start = date(2024, 1, 1);
        assert_eq!(window.of(first, start), window.of(last, start));
        assert_ne!(window.of(last, start), window.of(last.tomorrow().unwrap(), start));
        assert_ne!(window.of(first.yesterday().unwrap(), start), window.of(first, start));
    }

    #[test]
    fn stretches_of_time_begin_and_end_where_people_say() {
        check(Window::Month, date(2024, 2, 1), date(2024, 2, 29));
        check(Window::Quarter, date(2024, 4, 1), date(2024, 6, 30));
        check(Window::HalfYear, date(2024, 7, 1), date(2024, 12, 31));
        check(Window::Weeks(2), date(2024, 1, 15), date(2024, 1, 28));
        check(Window::Weeks(2), date(2023, 12, 18), date(2023, 12, 31));
    }

    #[test]
    fn tags_say_whom_a_node_concerns() {
        let tags = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let applies = Applies { only: tags("许可"), except: tags("新设") };
        assert!(
            applies.to(&tags("窗口 许可")) && !applies.to(&tags("窗口")) && !applies.to(&tags("许可 新设"))
        );
        assert!(Applies::default().to(&[]) && Applies::default().to_all());
    }
}
