//! `log`: 留痕, every change with the unit's total before and after it.

use std::collections::HashMap;

use jiff::Timestamp;
use kaohe_core::{Change, IndicatorId, Ledger, Points, Record, RecordKind, UnitId};

use super::ToLocal;
use crate::table::{Column, Table, Value};
use crate::words::{self, Kind};

/// Changes of one record on one indicator that a table tells one by one.
const MAX_TOLD: usize = 3;

/// Which rows of the log are wanted: those that are all of this.
#[derive(Clone, Debug, Default)]
pub struct LogFilter {
    /// About this unit, by its place in the roster.
    pub unit_idx: Option<usize>,
    /// By this person.
    pub by: Option<String>,
    /// Recorded then or later, by the clock of whoever recorded.
    pub since: Option<Timestamp>,
    /// Recorded before then.
    pub before: Option<Timestamp>,
    /// Of one of these kinds; of any where there are none.
    pub kinds: Vec<Kind>,
}

impl LogFilter {
    fn has_record(&self, record: &Record) -> bool {
        self.by.as_ref().is_none_or(|it| *it == record.by)
            && self.since.is_none_or(|it| it <= record.at)
            && self.before.is_none_or(|it| record.at < it)
    }

    fn has_row(&self, row: &LogRow) -> bool {
        let is_of_unit = |only: usize| row.place.is_some_and(|(unit_idx, _)| unit_idx == only);
        self.unit_idx.is_none_or(is_of_unit)
            && (self.kinds.is_empty() || row.kinds.iter().any(|it| self.kinds.contains(it)))
    }
}

/// What a record did on one indicator of one unit.
#[derive(Clone, Debug)]
pub struct LogRow {
    /// The unit's place in the roster, and the indicator's in its rubric; none where the ledger does not know them, or
    /// the change is about neither.
    pub place: Option<(usize, usize)>,
    /// What its changes are.
    pub kinds: Vec<Kind>,
    /// The unit's total before; none where it is about no unit, or was not decided.
    pub before: Option<Points>,
    /// The unit's total after.
    pub after: Option<Points>,
    /// Each of its changes in words, without the place.
    pub deeds: Vec<String>,
    /// What of the record did not take effect, and why; empty where all did.
    pub failed: String,
}

impl LogRow {
    /// Returns what was done in one line; of many changes the first few.
    pub fn text(&self, record: &Record) -> String {
        format!("{}{}", titled(record, &told(&self.deeds)), self.failed)
    }

    /// Returns the same without what the whole record is called, for a narrow column.
    pub fn brief(&self, record: &Record) -> String {
        let told = told(&self.deeds);
        match &record.kind {
            RecordKind::Do => format!("{told}{}", self.failed),
            RecordKind::Undo(_) => format!("撤销：{told}{}", self.failed),
            RecordKind::Redo(_) => format!("重做：{told}{}", self.failed),
        }
    }
}

/// The fold behind the log: takes one record after the other, in their order.
#[derive(Clone, Debug)]
pub struct LogFold {
    ledger: Ledger,
}

impl LogFold {
    /// Begins with the year before anything was recorded.
    pub fn new(empty: Ledger) -> LogFold {
        LogFold { ledger: empty }
    }

    /// Takes in the next record, and returns what it did.
    pub fn take_in(&mut self, record: &Record) -> Vec<LogRow> {
        let ledger = &mut self.ledger;
        let groups = groups(ledger, record);
        let befores: Vec<Before> = groups.iter().map(|it| Before::of(ledger, it.place)).collect();
        let n_unresolved = ledger.unresolved().len();
        ledger.apply(record);
        let failed = failed(ledger, n_unresolved);
        let mut totals = Totals::new(ledger, &groups, &befores);
        let mut rows = Vec::new();
        for (Group { place, deeds, kinds }, before) in groups.into_iter().zip(befores) {
            let (before, after) = totals.of(ledger, place, &before);
            rows.push(LogRow { place, kinds, before, after, deeds, failed: failed.clone() });
        }
        rows
    }
}

/// Returns what every record did, in their order, or those rows of it that the filter wants. `empty` is the year before
/// anything was recorded.
///
/// A record has one row per indicator and unit that it changes; the scores are the unit's total before and
/// after that row, by the rubric now in force. (Where more moves than the indicators of the rows, by weights, 折算 or what
/// hangs on them, rows of one record cannot be told apart, and each has the record's.) What is 待定 has no number. A change that does not fit rubrics or roster has a row that says so, without scores.
pub fn log_table(empty: Ledger, records: &[Record], filter: &LogFilter, to_local: ToLocal<'_>) -> Table {
    let mut table = Table::new(vec![
        Column::text("时间"),
        Column::text("操作人"),
        Column::text("编号"),
        Column::text("单位"),
        Column::text("指标"),
        Column::text("操作"),
        Column::number("之前得分"),
        Column::number("之后得分"),
    ]);
    let mut records: Vec<&Record> = records.iter().collect();
    records.sort_by(|one, other| one.stamp.cmp(&other.stamp));
    let mut fold = LogFold::new(empty);
    for record in records {
        for row in fold.take_in(record) {
            if !filter.has_record(record) || !filter.has_row(&row) {
                continue;
            }
            let ledger = &fold.ledger;
            let unit = row.place.map(|(unit_idx, _)| ledger.unit(unit_idx).name.clone());
            let indicator = row.place.map(|(unit_idx, indicator_idx)| {
                ledger.rubric_of(unit_idx).indicator(indicator_idx).name.clone()
            });
            table.rows.push(vec![
                Value::text(to_local(record.at)),
                Value::text(&record.by),
                Value::text(format!("{}@{}", record.stamp.n, record.stamp.writer)),
                Value::text(unit.unwrap_or_default()),
                Value::text(indicator.unwrap_or_default()),
                Value::text(row.text(record)),
                row.before.into(),
                row.after.into(),
            ]);
        }
    }
    table
}

/// Index of a unit and of an indicator of its rubric; none where the ledger does not know them.
type PlaceIdx = Option<(usize, usize)>;

/// What a record does in one place.
struct Group {
    place: PlaceIdx,
    deeds: Vec<String>,
    kinds: Vec<Kind>,
}

fn told(deeds: &[String]) -> String {
    let mut told = deeds.iter().take(MAX_TOLD).map(String::as_str).collect::<Vec<_>>().join("；");
    if deeds.len() > MAX_TOLD {
        told.push_str(&format!("；等 {} 项", deeds.len()));
    }
    told
}

fn titled(record: &Record, deeds: &str) -> String {
    match (&record.kind, &record.change) {
        (RecordKind::Do, Change::Batch { title, .. }) => format!("{title}：{deeds}"),
        (RecordKind::Undo(_), Change::Batch { title, .. }) => format!("撤销“{title}”：{deeds}"),
        (RecordKind::Redo(_), Change::Batch { title, .. }) => format!("重做“{title}”：{deeds}"),
        (RecordKind::Do, _) => deeds.to_owned(),
        (RecordKind::Undo(of), _) => format!("撤销 {of}：{deeds}"),
        (RecordKind::Redo(of), _) => format!("重做 {of}：{deeds}"),
    }
}

fn groups(ledger: &Ledger, record: &Record) -> Vec<Group> {
    let parts = match &record.change {
        Change::Batch { changes, .. } => changes.as_slice(),
        one => std::slice::from_ref(one),
    };
    let mut groups: Vec<Group> = Vec::new();
    let mut idxs: HashMap<PlaceIdx, usize> = HashMap::new();
    for part in parts {
        let place =
            words::place_of(ledger, part).and_then(|(unit, indicator)| place_idx(ledger, unit, indicator));
        let idx = *idxs.entry(place).or_insert(groups.len());
        if idx == groups.len() {
            groups.push(Group { place, deeds: Vec::new(), kinds: Vec::new() });
        }
        let group = &mut groups[idx];
        let kind = Kind::of(&record.kind, part);
        group.kinds.extend(kind.filter(|it| !group.kinds.contains(it)));
        group.deeds.push(match record.kind {
            RecordKind::Do if place.is_none() => words::change(ledger, part),
            RecordKind::Do => words::deed(ledger, part),
            RecordKind::Undo(_) => words::taken_back(ledger, part),
            RecordKind::Redo(_) => words::done_again(ledger, part),
        });
    }
    groups
}

fn place_idx(ledger: &Ledger, unit: &UnitId, indicator: &IndicatorId) -> PlaceIdx {
    let unit_idx = ledger.find_unit(unit.as_str())?;
    let indicator_idx = ledger.rubric_of(unit_idx).indicators().position(|it| it.id == *indicator)?;
    Some((unit_idx, indicator_idx))
}

/// Returns what to say of the changes that the ledger could not take in since it had `n_before` of them.
fn failed(ledger: &Ledger, n_before: usize) -> String {
    let failed = ledger.unresolved().get(n_before..).unwrap_or_default();
    match failed {
        [] => String::new(),
        [(_, refusal)] => format!("【未生效：{}】", words::refusal(refusal)),
        [(_, refusal), ..] => format!("【其中 {} 项未生效：{}等】", failed.len(), words::refusal(refusal)),
    }
}

/// Scores before a record.
#[derive(Default)]
struct Before {
    total: Points,
    indicator: Points,
    is_decided: bool,
}

impl Before {
    fn of(ledger: &Ledger, place: PlaceIdx) -> Before {
        place.map_or_else(Before::default, |(unit_idx, indicator_idx)| {
            let score = ledger.score(unit_idx);
            Before {
                total: score.score,
                indicator: score.indicators[indicator_idx].score,
                is_decided: score.undecided.is_empty(),
            }
        })
    }
}

/// The totals of units as the rows of one record go through them.
struct Totals {
    /// The total so far of each unit whose rows can be told apart: what they move the indicators by is all that moves
    /// the total.
    told_apart: HashMap<usize, Points>,
}

impl Totals {
    /// The ledger is the one after the record.
    fn new(ledger: &Ledger, groups: &[Group], befores: &[Before]) -> Totals {
        let mut moved: HashMap<usize, (Points, &Before)> = HashMap::new();
        for (group, before) in groups.iter().zip(befores) {
            let Some((unit_idx, indicator_idx)) = group.place else { continue };
            let after = ledger.score(unit_idx).indicators[indicator_idx].score;
            moved.entry(unit_idx).or_insert((Points::ZERO, before)).0 += after - before.indicator;
        }
        let is_apart = |(unit_idx, (by, before)): &(usize, (Points, &Before))| {
            let score = ledger.score(*unit_idx);
            before.is_decided && score.undecided.is_empty() && before.total + *by == score.score
        };
        let apart =
            moved.into_iter().filter(is_apart).map(|(unit_idx, (_, before))| (unit_idx, before.total));
        Totals { told_apart: apart.collect() }
    }

    /// Returns the unit's total before and after a row.
    fn of(&mut self, ledger: &Ledger, place: PlaceIdx, before: &Before) -> (Option<Points>, Option<Points>) {
        let Some((unit_idx, indicator_idx)) = place else { return (None, None) };
        let score = ledger.score(unit_idx);
        if let Some(total) = self.told_apart.get_mut(&unit_idx) {
            let from = *total;
            *total += score.indicators[indicator_idx].score - before.indicator;
            return (Some(from), Some(*total));
        }
        (before.is_decided.then_some(before.total), score.decided())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{deduct, done, ledger, lines, self_score, to_local, undone, with};

    fn records() -> Vec<Record> {
        let mut seen = ledger();
        let parts = vec![
            with(deduct("a01", "release", "late"), |it| it.count = 2),
            deduct("a01", "media", "incident"),
            deduct("a01", "release", "late"),
            deduct("b01", "request", "unmet"),
        ];
        let mut records = vec![
            done(1, deduct("a01", "media", "stale")),
            done(2, Change::Batch { title: "导入扣分 甲.csv".to_owned(), changes: parts }),
            done(3, self_score("b01", "media", "19")),
        ];
        seen.extend(&records);
        for n in 4..=5 {
            let undo = seen.next_undo("张三", "PC-1").unwrap();
            records.push(undone(n, undo.of.n, undo.change));
            seen.apply(&records[records.len() - 1]);
        }
        records.push(done(6, deduct("a01", "media", "gone")));
        records
    }

    #[test]
    fn every_row_has_the_total_before_and_after() {
        let mut records = records();
        records.reverse();
        assert_eq!(
            lines(&log_table(ledger(), &records, &LogFilter::default(), &to_local)),
            [
                "时间|操作人|编号|单位|指标|操作|之前得分|之后得分",
                "时刻1|张三|1@zhang|区教育局|政务新媒体|扣 更新超期 1次|34|33.9",
                "时刻2|张三|2@zhang|区教育局|主动公开信息|导入扣分 甲.csv：扣 逾期未完成 2次；扣 逾期未完成 1次|33.9|33.6",
                "时刻2|张三|2@zhang|区教育局|政务新媒体|导入扣分 甲.csv：扣 严重问题 1次|33.6|32.6",
                "时刻2|张三|2@zhang|河坝镇|依申请公开|导入扣分 甲.csv：记 未按要求（不计分）|60|40",
                "时刻3|张三|3@zhang|河坝镇|政务新媒体|自评 19分|40|40",
                "时刻4|张三|4@zhang|河坝镇|政务新媒体|撤销 3@zhang：自评，改回未填|40|40",
                "时刻5|张三|5@zhang|河坝镇|依申请公开|撤销“导入扣分 甲.csv”：记 未按要求（不计分）|40|60",
                "时刻5|张三|5@zhang|区教育局|主动公开信息|撤销“导入扣分 甲.csv”：扣 逾期未完成 1次；扣 逾期未完成 2次|32.6|32.9",
                "时刻5|张三|5@zhang|区教育局|政务新媒体|撤销“导入扣分 甲.csv”：扣 严重问题 1次|32.9|33.9",
                "时刻6|张三|6@zhang|区教育局|政务新媒体|扣 gone 1次【未生效：“gone”不是该指标的规则：请填 严重问题、通报批评 或 更新超期】|33.9|33.9",
            ]
        );
    }

    /// The numbers of the records that a filter leaves, one for each row.
    #[track_caller]
    fn check(filter: LogFilter, expected: &[&str]) {
        let table = lines(&log_table(ledger(), &records(), &filter, &to_local));
        let numbers: Vec<&str> = table[1..].iter().map(|it| it.split('|').nth(2).unwrap()).collect();
        assert_eq!(numbers, expected);
    }

    #[test]
    fn filters_narrow_each_other() {
        let of = |kinds: &[Kind]| LogFilter { kinds: kinds.to_vec(), ..LogFilter::default() };
        let all = ["1@zhang", "2@zhang", "2@zhang", "2@zhang", "3@zhang", "4@zhang", "5@zhang", "5@zhang"];
        let all: Vec<&str> = all.into_iter().chain(["5@zhang", "6@zhang"]).collect();
        check(LogFilter::default(), &all);
        check(LogFilter { by: Some("张三".to_owned()), ..LogFilter::default() }, &all);
        check(LogFilter { by: Some("李四".to_owned()), ..LogFilter::default() }, &[]);
        check(of(&[Kind::SelfScore]), &["3@zhang"]);
        check(of(&[Kind::Undo]), &["4@zhang", "5@zhang", "5@zhang", "5@zhang"]);
        check(
            of(&[Kind::SelfScore, Kind::Deduct]),
            &["1@zhang", "2@zhang", "2@zhang", "2@zhang", "3@zhang", "6@zhang"],
        );
        let since = Some(records()[1].at);
        check(LogFilter { since, unit_idx: Some(1), ..of(&[Kind::Deduct]) }, &["2@zhang"]);
        check(LogFilter { before: since, ..LogFilter::default() }, &["1@zhang"]);
        check(
            LogFilter { unit_idx: Some(1), ..LogFilter::default() },
            &["2@zhang", "3@zhang", "4@zhang", "5@zhang"],
        );
    }
}
