//! `import self`: what the units score themselves (自评).

use std::collections::HashMap;

use kaohe_core::{Change, Ledger, Refusal};

use crate::fault::{CellFault, Faults};
use crate::numbers::read_points;
use crate::places_in::{INDICATOR, Places, UNIT};
use crate::sheet_in::{SheetIn, read_table};
use crate::words;

const POINTS: &str = "自评分";
const NOTE: &str = "说明";

/// The columns of self-scores; 说明 may be absent.
pub const SELF_COLUMNS: [&str; 4] = [UNIT, INDICATOR, POINTS, NOTE];
const REQUIRED: [&str; 3] = [UNIT, INDICATOR, POINTS];

/// Self-scores that were read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelfIn {
    /// One [`Change::SelfScore`] per row that says something new.
    pub changes: Vec<Change>,
    /// Rows that say what is recorded already.
    pub n_unchanged: usize,
}

/// Reads self-scores. Where a row gives the recorded score and no 说明, the recorded 说明 stays.
///
/// # Errors
///
/// All faults of all rows.
pub fn read_self_scores(bytes: &[u8], file: &str, ledger: &Ledger) -> Result<SelfIn, Vec<CellFault>> {
    read_sheet(&read_table(bytes, file, &SELF_COLUMNS, &REQUIRED)?, ledger)
}

fn read_sheet(sheet: &SheetIn, ledger: &Ledger) -> Result<SelfIn, Vec<CellFault>> {
    let places = Places::of(ledger);
    let mut faults = Faults::new(&sheet.file);
    let mut read = SelfIn { changes: Vec::new(), n_unchanged: 0 };
    let mut first_rows = HashMap::new();
    for row in sheet.rows() {
        let unit_idx = places.unit(row, &mut faults);
        let place = unit_idx.and_then(|it| places.indicator(row, it, &mut faults));
        let given = row.cell(POINTS);
        let points = match read_points(given) {
            Ok(points) => Some(points),
            Err(_) if given.is_empty() => {
                faults.cell(row.row, POINTS, "", "空着：请填自评分，不自评的指标请删去这一行");
                None
            }
            Err(error) => {
                faults.cell(row.row, POINTS, given, &words::points_error(error));
                None
            }
        };
        let (Some(unit_idx), Some((indicator_idx, indicator))) = (unit_idx, place) else { continue };
        let first = *first_rows.entry((unit_idx, indicator_idx)).or_insert(row.row);
        if first != row.row {
            let reason = format!("在第 {first} 行已有同一单位这个指标的自评：请只留一行");
            faults.cell(row.row, INDICATOR, row.cell(INDICATOR), &reason);
        }
        let Some(points) = points else { continue };
        let recorded = ledger.sheet(unit_idx).cells[indicator_idx].self_score.as_ref();
        let note = match (row.cell(NOTE), recorded) {
            ("", Some(recorded)) if recorded.points == points => recorded.note.clone(),
            (note, _) => note.to_owned(),
        };
        let unit = ledger.unit(unit_idx).id.clone();
        let change = Change::SelfScore { unit, indicator: indicator.id.clone(), to: Some(points), note };
        match ledger.refusal(&change) {
            None => read.changes.push(change),
            Some(Refusal::NothingChanges) => read.n_unchanged += 1,
            Some(refusal) => faults.cell(row.row, POINTS, given, &words::refusal_parts(&refusal).1),
        }
    }
    faults.finish()?;
    Ok(read)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sample::{done, ledger, self_score};

    fn read(csv: &str) -> Result<SelfIn, Vec<CellFault>> {
        read_self_scores(csv.as_bytes(), "自评.csv", &ledger())
    }

    #[track_caller]
    fn check_faults(rows: &str, expected: &[&str]) {
        let faults = read(&format!("单位,指标,自评分,说明\n{rows}\n")).unwrap_err();
        assert_eq!(faults.iter().map(CellFault::sentence).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn scores_are_numbers_with_or_without_their_unit() {
        for points in ["9.5", "9.5分", "９．５", "9.50"] {
            let read = read(&format!("单位,指标,自评分\n区教育局,1,{points}\n")).unwrap();
            assert_eq!(read.changes, [self_score("a01", "release", "9.5")]);
        }
    }

    #[test]
    fn what_is_recorded_already_is_counted() {
        let mut ledger = ledger();
        ledger.apply(&done(1, self_score("a01", "release", "9.5")));
        let csv = "单位,指标,自评分\na01,1,9.5\na01,3,10\n";
        let read = read_self_scores(csv.as_bytes(), "自评.csv", &ledger).unwrap();
        assert_eq!(read, SelfIn { changes: vec![self_score("a01", "media", "10")], n_unchanged: 1 });
    }

    #[test]
    fn recorded_note_stays_where_the_file_has_none() {
        let mut ledger = ledger();
        let Change::SelfScore { unit, indicator, to, .. } = self_score("a01", "release", "9.5") else {
            panic!()
        };
        ledger.apply(&done(1, Change::SelfScore { unit, indicator, to, note: "见附件".to_owned() }));
        let read = |csv: &str| read_self_scores(csv.as_bytes(), "自评.csv", &ledger).unwrap().changes;
        assert_eq!(read("单位,指标,自评分\na01,1,9.5\n"), []);
        assert_eq!(read("单位,指标,自评分\na01,1,9\n"), [self_score("a01", "release", "9")]);
    }

    #[test]
    fn all_faults_are_reported() {
        check_faults(
            "a01,1,11,\na01,1,-1,\na01,3,,\na01,4,满分,\n某某,x,y,\nb01,4,1,",
            &[
                "第 2 行“自评分”列：“11”不在范围内：须不小于 0，不超过 10。",
                "第 3 行“指标”列：“1”在第 2 行已有同一单位这个指标的自评：请只留一行。",
                "第 3 行“自评分”列：“-1”不在范围内：须不小于 0，不超过 10。",
                "第 4 行“自评分”列：空着：请填自评分，不自评的指标请删去这一行。",
                "第 5 行“自评分”列：“满分”不是数：请填 0.5 这样的小数或整数。",
                "第 6 行“单位”列：“某某”不在名录中：请填名录里的编号或单位全名。",
                "第 6 行“自评分”列：“y”不是数：请填 0.5 这样的小数或整数。",
                "第 7 行“指标”列：“4”不是乡镇的指标：请填 1 主动公开信息、2 政务新媒体 或 3 依申请公开。",
            ],
        );
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let with_header = ["单位,指标,自评分\n".as_bytes(), &bytes].concat();
            let _ = read_self_scores(&with_header, "自评.csv", &ledger());
        }
    }
}
