//! A sample year with plausible entries, the same every time.

use jiff::Timestamp;
use jiff::civil::date;
use kaohe_core::{Change, Deduction, Indicator, Ledger, Mark, Measure, Points};

use crate::builtin::BUILTIN_YEAR;
use crate::error::{RecordError, StoreError};
use crate::folder::DataFolder;
use crate::journal::Person;
use crate::new_year::NewYear;
use crate::year::OpenYear;

/// The word that marks the sample year on every screen.
pub const DEMO_MARK: &str = "示例";

/// Where the made-up figures start from.
const SEED: u64 = 20_231_023;

/// What people write about each kind of deduction; made up.
const NOTES: [&str; 6] = [
    "季度抽查发现",
    "网站日常监测发现",
    "年中检查时未补发",
    "群众来电反映，经核实",
    "市级通报附件列名",
    "信息公开目录比对发现",
];

/// Creates the sample year in this data folder and opens it.
///
/// # Errors
///
/// The folder cannot be written, or holds that year already.
pub fn create_demo(data: &DataFolder, person: Person, now: Timestamp) -> Result<OpenYear, StoreError> {
    NewYear::builtin(BUILTIN_YEAR).with_mark(DEMO_MARK).create(data)?;
    let mut year = OpenYear::open(data, BUILTIN_YEAR, person)?;
    for change in demo_changes(year.ledger()) {
        match year.record(change, now) {
            Ok(_) => {}
            Err(RecordError::Store(error)) => return Err(error),
            Err(RecordError::Refused(refusal)) => unreachable!("the sample is refused: {refusal:?}"),
            Err(RecordError::Damaged) => unreachable!("the sample was written just now"),
            Err(RecordError::Misfits(_)) => unreachable!("the sample replaces no rubric"),
        }
    }
    Ok(year)
}

/// Returns what happens in the sample year: entries, self-scores and reviews, one batch each.
pub fn demo_changes(ledger: &Ledger) -> Vec<Change> {
    let mut chance = Chance(SEED);
    let (mut entries, mut self_scores, mut reviews) = (Vec::new(), Vec::new(), Vec::new());
    for (unit_idx, unit) in ledger.roster().units.iter().enumerate() {
        // Some are careful and some are not, and the last few of each ten are not reviewed to the end.
        let carelessness = 1 + chance.up_to(4);
        let is_reviewed = unit_idx % 10 < 7;
        for (indicator_idx, indicator) in ledger.rubric_of(unit_idx).indicators().enumerate() {
            for _ in 0..chance.up_to(carelessness + 1) {
                entries.extend(entry(&mut chance, unit.id.clone(), indicator));
            }
            let modesty = if chance.up_to(3) == 0 { chance.tenths(5) } else { Points::ZERO };
            self_scores.push(Change::SelfScore {
                unit: unit.id.clone(),
                indicator: indicator.id.clone(),
                to: Some(indicator.points - modesty),
                note: String::new(),
            });
            if is_reviewed || indicator_idx < 3 {
                reviews.push(Change::Review {
                    unit: unit.id.clone(),
                    indicator: indicator.id.clone(),
                    to: Mark::Reviewed,
                });
            }
        }
    }
    let batch = |title: &str, changes| Change::Batch { title: format!("{DEMO_MARK}：{title}"), changes };
    vec![batch("扣分", entries), batch("自评", self_scores), batch("复核", reviews)]
}

/// Returns a deduction under this indicator; seldom one that forfeits it.
fn entry(chance: &mut Chance, unit: kaohe_core::UnitId, indicator: &Indicator) -> Option<Change> {
    let rule = &indicator.rules[chance.index(indicator.rules.len())];
    let month = i8::try_from(chance.up_to(12) + 1).unwrap_or(1);
    let day = i8::try_from(chance.up_to(28) + 1).unwrap_or(1);
    let happened = date(i16::try_from(BUILTIN_YEAR).unwrap_or(i16::MAX), month, day);
    let mut deduction = Deduction::once(unit, indicator.id.clone(), rule.id.clone(), happened);
    deduction.note = NOTES[chance.index(NOTES.len())].to_owned();
    if indicator.items.len() > 1 {
        deduction.item = Some(indicator.items[chance.index(indicator.items.len())].number.clone());
    }
    match &rule.measure {
        Measure::Count { each, .. } => {
            let is_grave = *each >= Points::whole(1);
            if is_grave && chance.up_to(4) > 0 {
                return None;
            }
            let n_more = if is_grave { 0 } else { chance.up_to(3) };
            deduction.count = u32::try_from(1 + n_more).unwrap_or(1);
        }
        Measure::ByLevel { levels, .. } => {
            // The last level, the mildest, is the usual one.
            let level_idx = if chance.up_to(5) == 0 { chance.index(levels.len()) } else { levels.len() - 1 };
            deduction.level = Some(levels[level_idx].name.clone());
        }
        Measure::Discretionary { .. } => deduction.amount = Some(chance.tenths(8)),
        // The built-in rubrics have none of these.
        Measure::Checklist { .. }
        | Measure::Graded { .. }
        | Measure::Shortfall { .. }
        | Measure::Steps { .. }
        | Measure::Bands { .. }
        | Measure::Ratio { .. }
        | Measure::Imported { .. }
        | Measure::ByRank { .. }
        | Measure::Relative { .. }
        | Measure::Veto { .. } => return None,
        Measure::Forfeit { .. } => {
            if chance.up_to(12) > 0 {
                return None;
            }
        }
    }
    Some(Change::Deduct(deduction))
}

/// Numbers that look random and are the same every time (a linear congruential generator).
struct Chance(u64);

impl Chance {
    /// Returns a number below `n`; 0 for 0.
    fn up_to(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33).checked_rem(n).unwrap_or(0)
    }

    fn index(&mut self, len: usize) -> usize {
        usize::try_from(self.up_to(len as u64)).unwrap_or(0)
    }

    /// Returns 0.1 to `n` tenths of a point.
    fn tenths(&mut self, n: u64) -> Points {
        let tenth: Points = "0.1".parse().expect("a plain decimal");
        tenth.times(u32::try_from(self.up_to(n) + 1).unwrap_or(1))
    }
}
