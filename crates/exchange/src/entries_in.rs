//! `import entries`: deductions from a spreadsheet, all or nothing.

mod duplicates;

use jiff::civil::Date;
use kaohe_core::{
    Change, Deduction, Indicator, Ledger, Measure, Points, Quantity, Refusal, Rule, half_width, nearest,
};

use crate::dates::{DateFault, read_date};
use crate::fault::{CellFault, Faults};
use crate::names::{choice, find_rule, level_name, likely};
use crate::numbers::{CountFault, read_count, read_points, read_quantity};
use crate::places_in::{INDICATOR, Places, UNIT};
use crate::sheet_in::{RowIn, SheetIn, read_table};
use crate::tables::{EXPORT_ONLY, IN_FORCE, RETIRED, STATE, WITHDRAWN};
use crate::words;
use duplicates::{FirstRows, duplicate};

const ITEM: &str = "评分要点";
const RULE: &str = "规则";
const LEVEL: &str = "档次";
const COUNT: &str = "次数";
const AMOUNT: &str = "分值";
const DATE: &str = "日期";
const NOTE: &str = "说明";
const SOURCE: &str = "依据";
const EVENT: &str = "事项";
const VALUE: &str = "数值";
const MODIFIER: &str = "倍数";
const TARGET: &str = "任务数";
/// The number of its record, which only an export has.
const RECORD: &str = "记录编号";

/// The columns of deductions, in the order in which an export has them.
pub const ENTRY_COLUMNS: [&str; 14] =
    [UNIT, INDICATOR, ITEM, RULE, LEVEL, COUNT, AMOUNT, DATE, NOTE, SOURCE, EVENT, VALUE, MODIFIER, TARGET];
const REQUIRED: [&str; 3] = [UNIT, INDICATOR, RULE];

/// Deductions that were read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntriesIn {
    /// One [`Change::Deduct`] per row.
    pub changes: Vec<Change>,
    /// What is worth a look and refuses nothing: a date outside the rubric's period.
    pub warnings: Vec<CellFault>,
    /// Rows that likely say once more what is recorded, or what an earlier row says: of the same unit, rule, level, 评分要点,
    /// day and 说明. Whether they are to count is for a person to say.
    pub duplicates: Vec<CellFault>,
    /// Rows of an export that were left out, since their entries had been withdrawn.
    pub n_withdrawn: usize,
}

/// Reads deductions; `today` is the date of rows that have none. An export of entries is read too.
///
/// # Errors
///
/// All faults of all rows.
pub fn read_entries(
    bytes: &[u8],
    file: &str,
    ledger: &Ledger,
    today: Date,
) -> Result<EntriesIn, Vec<CellFault>> {
    let known: Vec<&'static str> = ENTRY_COLUMNS.into_iter().chain(EXPORT_ONLY).collect();
    read_sheet(&read_table(bytes, file, &known, &REQUIRED)?, ledger, today)
}

fn read_sheet(sheet: &SheetIn, ledger: &Ledger, today: Date) -> Result<EntriesIn, Vec<CellFault>> {
    let mut reader = Reader { places: Places::of(ledger), today, faults: Faults::new(&sheet.file) };
    let mut entries =
        EntriesIn { changes: Vec::new(), warnings: Vec::new(), duplicates: Vec::new(), n_withdrawn: 0 };
    let mut first_rows = FirstRows::new();
    for row in sheet.rows() {
        if [WITHDRAWN, RETIRED].contains(&row.cell(STATE)) {
            entries.n_withdrawn += 1;
            continue;
        }
        let Some(entry) = reader.row(row) else { continue };
        let period = ledger.rubric_of(entry.unit_idx).period;
        if let Some(period) = period.filter(|it| !it.contains(entry.date)) {
            let reason = format!("不在考核期 {} 至 {} 之内，仍会记入", period.from, period.to);
            let warning = CellFault::of_file(&sheet.file, reason);
            entries.warnings.push(warning.in_cell(row.row, DATE, &entry.date.to_string()));
        }
        entries.duplicates.extend(duplicate(&entry, row, ledger, &sheet.file, &mut first_rows));
        entries.changes.push(entry.change);
    }
    reader.faults.finish()?;
    Ok(entries)
}

struct EntryIn {
    unit_idx: usize,
    indicator_idx: usize,
    date: Date,
    change: Change,
}

struct Reader<'l> {
    places: Places<'l>,
    today: Date,
    faults: Faults,
}

impl<'l> Reader<'l> {
    /// Reads a row. Every cell is looked at, so that all faults of a row are reported; nothing comes back where
    /// the unit, the indicator or the rule is unknown. What comes back is only good where there was no fault.
    fn row(&mut self, row: RowIn<'_>) -> Option<EntryIn> {
        self.state(row);
        let unit_idx = self.places.unit(row, &mut self.faults);
        let place = unit_idx.and_then(|it| self.places.indicator(row, it, &mut self.faults));
        let rule = place.and_then(|(_, it)| self.rule(row, it));
        let item = place.and_then(|(_, it)| self.item(row, it));
        let count = self.count(row, rule);
        let amount = self.amount(row, rule);
        let value = self.quantity(row, rule, VALUE);
        let target = self.quantity(row, rule, TARGET);
        let date = self.date(row);

        let (unit_idx, (indicator_idx, indicator), rule) = (unit_idx?, place?, rule?);
        let text = |column: &str| Some(row.cell(column)).filter(|it| !it.is_empty());
        let deduction = Deduction {
            unit: self.places.ledger.unit(unit_idx).id.clone(),
            indicator: indicator.id.clone(),
            item: item.map(|it| indicator.items[it].number.clone()),
            rule: rule.id.clone(),
            level: text(LEVEL).map(|it| level_name(rule, it)),
            count,
            amount,
            date,
            note: row.cell(NOTE).to_owned(),
            source: row.cell(SOURCE).to_owned(),
            event: text(EVENT).map(str::to_owned),
            value,
            target,
            modifier: text(MODIFIER).map(str::to_owned),
        };
        Some(EntryIn { unit_idx, indicator_idx, date, change: self.judged(row, deduction) })
    }

    fn state(&mut self, row: RowIn<'_>) {
        let given = row.cell(STATE);
        if !given.is_empty() && given != IN_FORCE {
            let reason = format!("不是记录状态：请填 {}", choice(&[IN_FORCE, WITHDRAWN, RETIRED]));
            self.faults.cell(row.row, STATE, given, &reason);
        }
    }

    fn rule(&mut self, row: RowIn<'_>, indicator: &'l Indicator) -> Option<&'l Rule> {
        let given = row.cell(RULE);
        if given.is_empty() {
            self.faults.cell(row.row, RULE, "", "空着：请填规则的名称或序号");
            return None;
        }
        let rule_idx = find_rule(indicator, given);
        if rule_idx.is_none() {
            self.faults.add(|it| {
                let near = likely(given).and_then(|it| indicator.nearest_rule(&half_width(it)));
                let labels: Vec<&str> = indicator.rules.iter().map(|it| it.label.as_str()).collect();
                let reason = match (&near, labels.is_empty()) {
                    (_, true) => words::NO_RULES.to_owned(),
                    (Some(_), false) => "不是该指标的规则".to_owned(),
                    (None, false) => format!("不是该指标的规则：请填 {}", choice(&labels)),
                };
                CellFault { reason, ..it.in_cell(row.row, RULE, given) }.near(near)
            });
        }
        rule_idx.map(|it| &indicator.rules[it])
    }

    fn item(&mut self, row: RowIn<'_>, indicator: &Indicator) -> Option<usize> {
        let given = row.cell(ITEM);
        if given.is_empty() {
            return None;
        }
        let item_idx = indicator.find_item(half_width(given).trim());
        if item_idx.is_none() {
            let known = |idx: usize| format!("{}.{}", indicator.number, indicator.items[idx].number);
            let known: Vec<String> = (0..indicator.items.len()).map(known).collect();
            let reason = format!("不是该指标的评分要点：请填 {}，不能分开时留空", choice(&known));
            self.faults.cell(row.row, ITEM, given, &reason);
        }
        item_idx
    }

    fn count(&mut self, row: RowIn<'_>, rule: Option<&Rule>) -> u32 {
        let given = row.cell(COUNT);
        if given.is_empty() {
            return 1;
        }
        let reason = match read_count(given, rule.map_or("", |it| it.measure.unit())) {
            Ok(count) => return count,
            Err(CountFault::NotWhole) => "不是整数：请填不小于 1 的整数".to_owned(),
            Err(CountFault::OutOfRange) => format!("不是 1 到 {} 的整数", kaohe_core::MAX_COUNT),
        };
        self.faults.cell(row.row, COUNT, given, &reason);
        1
    }

    fn amount(&mut self, row: RowIn<'_>, rule: Option<&Rule>) -> Option<Points> {
        let given = row.cell(AMOUNT);
        if given.is_empty() {
            return None;
        }
        match read_points(given) {
            Ok(points) => Some(points),
            Err(error) => {
                self.faults.cell(row.row, AMOUNT, given, &words::points_error(error));
                rule.filter(|it| matches!(it.measure, Measure::Discretionary { .. })).and_then(|_| stand_in())
            }
        }
    }

    /// Reads what was measured, or what was to be reached.
    fn quantity(&mut self, row: RowIn<'_>, rule: Option<&Rule>, column: &'static str) -> Option<Quantity> {
        let given = row.cell(column);
        if given.is_empty() {
            return None;
        }
        match read_quantity(given, rule.map_or("", |it| it.measure.unit())) {
            Ok(value) => Some(value),
            Err(error) => {
                self.faults.cell(row.row, column, given, &words::points_error(error));
                let is_asked = |it: &&Rule| match column {
                    TARGET => it.measure.asks_target(),
                    _ => it.measure.is_measured(),
                };
                rule.filter(is_asked).map(|_| Quantity::whole(1))
            }
        }
    }

    fn date(&mut self, row: RowIn<'_>) -> Date {
        let given = row.cell(DATE);
        if given.is_empty() {
            return self.today;
        }
        let reason = match read_date(given) {
            Ok(date) => return date,
            Err(DateFault::NotADate) => "不是日期：请写成 2023-11-06 的样子",
            Err(DateFault::NoSuchDay) => "不是日历上有的日期：请核对年月日",
        };
        self.faults.cell(row.row, DATE, given, reason);
        self.today
    }

    /// Returns the change once core has judged it, and reports every refusal in the column it belongs to.
    fn judged(&mut self, row: RowIn<'_>, deduction: Deduction) -> Change {
        let mut change = Change::Deduct(deduction);
        // Core gives one reason at a time; each column has one at most.
        for _ in ENTRY_COLUMNS {
            let Some(refusal) = self.places.ledger.refusal(&change) else { break };
            let Change::Deduct(deduction) = &mut change else { break };
            let column = mend(deduction, &refusal);
            let given = column.map_or("", |it| row.cell(it));
            self.faults.add(|it| {
                let (subject, reason) = words::refusal_parts(&refusal);
                let near = if let Refusal::UnknownLevel { known, .. } = &refusal {
                    likely(given).and_then(|it| nearest(it, known.iter().map(String::as_str)))
                } else {
                    None
                };
                match column {
                    Some(column) => CellFault { reason, ..it.in_cell(row.row, column, given) }.near(near),
                    None => CellFault { reason: format!("{subject}{reason}"), ..it.in_row(row.row) },
                }
            });
            if column.is_none() {
                break;
            }
        }
        change
    }
}

/// Returns the column that a refusal belongs to and puts something acceptable there, so that core can go on to
/// the next reason. Nothing for what cannot be the matter with a row whose names were found.
fn mend(deduction: &mut Deduction, refusal: &Refusal) -> Option<&'static str> {
    match refusal {
        Refusal::UnknownItem { .. } => {
            deduction.item = None;
            Some(ITEM)
        }
        Refusal::LevelMissing { known } | Refusal::UnknownLevel { given: _, known } => {
            deduction.level = known.first().cloned();
            Some(LEVEL)
        }
        Refusal::LevelNotAsked => {
            deduction.level = None;
            Some(LEVEL)
        }
        Refusal::CountOutOfRange { .. } | Refusal::CountNotAsked => {
            deduction.count = 1;
            Some(COUNT)
        }
        Refusal::AmountMissing => {
            deduction.amount = stand_in();
            Some(AMOUNT)
        }
        Refusal::AmountOutOfRange { at_least, .. } => {
            deduction.amount = at_least.or_else(stand_in);
            Some(AMOUNT)
        }
        Refusal::AmountNotAsked => {
            deduction.amount = None;
            Some(AMOUNT)
        }
        Refusal::ValueMissing | Refusal::ValueNegative | Refusal::ValueTooLarge { .. } => {
            deduction.value = Some(Quantity::ZERO);
            Some(VALUE)
        }
        Refusal::TargetMissing | Refusal::TargetNotPositive => {
            deduction.target = Some(Quantity::whole(1));
            Some(TARGET)
        }
        Refusal::TargetNotAsked => {
            deduction.target = None;
            Some(TARGET)
        }
        Refusal::ValueNotAsked => {
            deduction.value = None;
            Some(VALUE)
        }
        Refusal::UnknownModifier { .. } | Refusal::ModifierNotAsked => {
            deduction.modifier = None;
            Some(MODIFIER)
        }
        Refusal::NoteMissing => {
            deduction.note = "…".to_owned();
            Some(NOTE)
        }
        Refusal::NotConcerned { .. }
        | Refusal::UnitRetired { .. }
        | Refusal::VetoStands
        | Refusal::UnknownUnit(_)
        | Refusal::UnknownIndicator { .. }
        | Refusal::UnknownRule { .. }
        | Refusal::UnknownEntry(_)
        | Refusal::EntryMoved
        | Refusal::AlreadyWithdrawn
        | Refusal::NotWithdrawn
        | Refusal::ReasonMissing
        | Refusal::SelfScoreOutOfRange { .. }
        | Refusal::NothingChanges
        | Refusal::NestedBatch
        | Refusal::NothingToUndo
        | Refusal::NothingToRedo
        | Refusal::ChangedSince { .. }
        | Refusal::Finalised { .. }
        | Refusal::NotFinalised
        | Refusal::Unfinished { .. } => None,
    }
}

/// Returns the least amount that there is: within the points of everything.
fn stand_in() -> Option<Points> {
    "0.000001".parse().ok()
}

#[cfg(test)]
mod tests;
