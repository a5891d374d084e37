//! `units import`: the roster (名录) from a spreadsheet.

use kaohe_core::{Place, Roster, RosterFault, Step, Track, Unit, check_roster, half_width, nearest};

use crate::fault::{CellFault, Faults};
use crate::names::likely;
use crate::sheet_in::{RowIn, SheetIn, read_table};
use crate::tables::TAG_SEPARATOR;
use crate::words;

const ID: &str = "编号";
const NAME: &str = "单位";
const TRACK: &str = "类别";
const SHORT: &str = "简称";
const PINYIN: &str = "拼音";
const TAGS: &str = "标签";
const NOTE: &str = "备注";
/// Why the unit is no longer assessed.
pub(crate) const RETIRED: &str = "停用";

/// The columns of a roster; the first three are required.
pub const UNIT_COLUMNS: [&str; 8] = [ID, NAME, TRACK, SHORT, PINYIN, TAGS, NOTE, RETIRED];
const REQUIRED: [&str; 3] = [ID, NAME, TRACK];

/// Reads a roster whose classes are among `tracks`.
///
/// # Errors
///
/// All faults of all rows, those that core finds included.
pub fn read_units(bytes: &[u8], file: &str, tracks: &[Track]) -> Result<Roster, Vec<CellFault>> {
    read_sheet(&read_table(bytes, file, &UNIT_COLUMNS, &REQUIRED)?, tracks)
}

fn read_sheet(sheet: &SheetIn, tracks: &[Track]) -> Result<Roster, Vec<CellFault>> {
    let rows: Vec<RowIn> = sheet.rows().collect();
    let units = rows.iter().map(|it| unit(*it, tracks)).collect();
    let roster = Roster { note: String::new(), units };
    let mut faults = Faults::new(&sheet.file);
    for problem in check_roster(&roster, tracks) {
        let row_of = |idx: usize| format!("第 {} 行", rows.get(idx).map_or(0, |it| it.row));
        let (row, column) = (row_of_place(&problem.place, &rows), column(&problem.fault));
        faults.add(|it| {
            let given = row.zip(column).map_or("", |(row, column)| row.cell(column));
            let near = match &problem.fault {
                RosterFault::UnknownTrack { given, known } => {
                    likely(given).and_then(|it| nearest(it, known.iter().map(Track::as_str)))
                }
                RosterFault::Empty
                | RosterFault::BadId { .. }
                | RosterFault::DuplicateId { .. }
                | RosterFault::DuplicateName { .. }
                | RosterFault::EmptyText => None,
            };
            let reason = words::roster_fault(&problem.fault, &row_of);
            let fault = CellFault { reason, ..it };
            match row.zip(column) {
                Some((row, column)) => fault.in_cell(row.row, column, given).near(near),
                None => fault,
            }
        });
    }
    faults.finish()?;
    Ok(roster)
}

fn unit(row: RowIn<'_>, tracks: &[Track]) -> Unit {
    let given = row.cell(TRACK);
    let is_same = |it: &&Track| half_width(it.as_str()) == half_width(given);
    let track = tracks.iter().find(|it| *it.as_str() == *given).or_else(|| tracks.iter().find(is_same));
    let tags = half_width(row.cell(TAGS));
    let tags = tags.split(TAG_SEPARATOR).map(str::trim).filter(|it| !it.is_empty());
    Unit {
        id: half_width(row.cell(ID)).into_owned().into(),
        name: row.cell(NAME).to_owned(),
        track: track.cloned().unwrap_or_else(|| given.into()),
        short: row.cell(SHORT).to_owned(),
        pinyin: half_width(row.cell(PINYIN)).into_owned(),
        tags: tags.map(str::to_owned).collect(),
        note: row.cell(NOTE).to_owned(),
        retired: row.cell(RETIRED).trim().to_owned(),
    }
}

/// Returns the row of the unit that core's place `units[i].field` is about.
fn row_of_place<'r, 's>(place: &Place, rows: &'r [RowIn<'s>]) -> Option<&'r RowIn<'s>> {
    place.0.iter().find_map(|it| match it {
        Step::Index(idx) => rows.get(*idx),
        Step::Field(_) => None,
    })
}

fn column(fault: &RosterFault) -> Option<&'static str> {
    match fault {
        RosterFault::Empty => None,
        RosterFault::BadId { .. } | RosterFault::DuplicateId { .. } => Some(ID),
        RosterFault::DuplicateName { .. } | RosterFault::EmptyText => Some(NAME),
        RosterFault::UnknownTrack { .. } => Some(TRACK),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tracks() -> Vec<Track> {
        vec!["区直".into(), "乡镇".into()]
    }

    fn read(csv: &str) -> Result<Roster, Vec<CellFault>> {
        read_units(csv.as_bytes(), "名录.csv", &tracks())
    }

    #[track_caller]
    fn check_faults(rows: &str, expected: &[&str]) {
        let faults = read(&format!("编号,单位,类别\n{rows}\n")).unwrap_err();
        assert_eq!(faults.iter().map(CellFault::sentence).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn reads_units_with_all_they_have() {
        let roster = read("类别,编号,单位,标签,备注\n区直,ａ０１,区教育局（本级）,重点；沿湖; ,\n").unwrap();
        let unit = &roster.units[0];
        assert_eq!((unit.id.as_str(), unit.name.as_str()), ("a01", "区教育局（本级）"));
        assert_eq!(unit.tags, ["重点", "沿湖"]);
        assert!(!unit.is_retired());
        let roster = read("编号,单位,类别,停用\na01,甲,区直,2023年6月并入乙\na02,乙,区直,\n").unwrap();
        assert_eq!(roster.units[0].retired, "2023年6月并入乙");
        assert!(!roster.units[1].is_retired());
    }

    #[test]
    fn faults_have_their_rows() {
        check_faults(
            "a01,区教育局,区直\n\nA01,区财政局,区值\n局,区教育局,村\n,,",
            &[
                "第 4 行“编号”列：“A01”与第 2 行的编号重复（不分大小写）。",
                "第 4 行“类别”列：“区值”不是本年度的类别：请填 区直 或 乡镇，最接近的是“区直”。",
                "第 5 行“编号”列：“局”不能作编号：请用 1 到 32 个英文字母、数字、- 或 _，以字母或数字开头，且不是 con、nul 这类系统保留名。",
                "第 5 行“单位”列：“区教育局”与第 2 行的单位重名。",
                "第 5 行“类别”列：“村”不是本年度的类别：请填 区直 或 乡镇。",
            ],
        );
        check_faults(
            ",,区直",
            &["第 2 行“编号”列：空着：请填编号。", "第 2 行“单位”列：空着：请填单位全名。"],
        );
        check_faults("a01,甲,", &["第 2 行“类别”列：空着：请填 区直 或 乡镇。"]);
        check_faults("", &["名录里没有任何单位：请至少填一个。"]);
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let with_header = ["编号,单位,类别\n".as_bytes(), &bytes].concat();
            let _ = read_units(&with_header, "名录.csv", &tracks());
        }
    }
}
