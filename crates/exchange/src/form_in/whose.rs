//! Whose form it is, and of which year: the hidden mark, what is written on it, and the name of the file.

mod names;
mod texts;

use std::path::Path;

use kaohe_core::Ledger;

use super::grid::{Grid, key, key_of};
use super::headings::Heads;
use super::{FormNote, Notes};
use crate::form_mark::FormMark;
use crate::names::likely;
use crate::workbook_in::{CellValue, SheetCell, Spot};
use names::Names;
use texts::{cut, is_spelt_anew, label, named_in_title, years};

/// Something that says whose form it is.
struct Sign {
    place: Option<String>,
    /// What it is: 标记, 表上写的单位.
    what: &'static str,
    /// The units that it can mean.
    units: Vec<usize>,
}

/// Returns whose form it is; nothing, and why, where that is not said or said differently.
pub(super) fn find(
    grids: &[Grid<'_>],
    heads: &[Option<Heads>],
    file: &str,
    ledger: &Ledger,
    year: u16,
    notes: &mut Notes,
) -> Option<usize> {
    let names = Names::of(ledger);
    let mut signs = Vec::new();
    let mut strangers = Vec::new();
    for (grid, heads) in grids.iter().zip(heads) {
        for cell in grid.cells(1, u32::MAX) {
            read_mark(grid, cell, ledger, year, &mut signs, notes);
        }
        let title_end = heads.as_ref().map_or(u32::MAX, Heads::first_row);
        read_titles(grid, title_end, year, &names, &mut signs, &mut strangers, notes);
        if let Some(heads) = heads {
            // 填报单位 may stand below the table too.
            read_labels(grid, heads.first_row() + 1, u32::MAX, &names, &mut signs, &mut strangers);
            signs.push(Sign {
                place: None,
                what: "工作表名",
                units: names.within(&key_of(&grid.sheet.name), true),
            });
        }
    }
    if heads.iter().all(Option::is_none) {
        let reason = "不像自评表：没有找到写着“自评”的一列和细则里的二级指标。请用 kaohe forms 给出的表填，或写成有 单位、指标、自评分 三列的表格";
        notes.faults.push(FormNote::whole(reason));
    }
    let path = Path::new(file);
    let stem = path.file_stem().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    signs.push(Sign { place: None, what: "文件名", units: names.of_file(&stem) });
    signs.retain(|it| !it.units.is_empty());
    if !notes.faults.is_empty() {
        return None;
    }
    decide(&signs, &strangers, ledger, notes)
}

/// Takes the unit that every sign can mean.
fn decide(signs: &[Sign], strangers: &[FormNote], ledger: &Ledger, notes: &mut Notes) -> Option<usize> {
    let name = |unit_idx: usize| ledger.unit(unit_idx).name.as_str();
    let mut common: Vec<usize> = signs.first().map(|it| it.units.clone()).unwrap_or_default();
    for sign in signs {
        common.retain(|it| sign.units.contains(it));
    }
    let is_sure = |what: &str| signs.iter().any(|it| it.what == what);
    match common.as_slice() {
        [unit_idx] => {
            for stranger in strangers {
                // A name that was spelt anew is one that is like the unit's; any other may be another unit's form.
                if is_spelt_anew(&stranger.value, name(*unit_idx)) && is_sure(MARK) {
                    let reason = format!("与名录里的“{}”不同：按隐藏的标记认作它", name(*unit_idx));
                    notes.remarks.push(FormNote { reason, ..stranger.clone() });
                } else {
                    let reason =
                        format!("不在名录中，而别处写的是“{}”：请核对是哪个单位的表", name(*unit_idx));
                    notes.faults.push(FormNote { reason, ..stranger.clone() });
                }
            }
            if !is_sure(MARK) && !is_sure(LABEL) && !is_sure(TITLE) {
                let reason = format!("表上没有写单位，按文件名或工作表名认作“{}”", name(*unit_idx));
                notes.remarks.push(FormNote::whole(reason));
            }
            notes.faults.is_empty().then_some(*unit_idx)
        }
        _ if signs.is_empty() => {
            for stranger in strangers {
                let near = likely(&stranger.value).and_then(|it| ledger.nearest_unit(it));
                let near = near.map_or(String::new(), |it| format!("，最接近的是“{it}”"));
                notes.faults.push(FormNote { reason: format!("不在名录中{near}"), ..stranger.clone() });
            }
            if strangers.is_empty() {
                let reason = "看不出是哪个单位的表：请在表头写“单位：全名”，或用 kaohe forms 给出的表";
                notes.faults.push(FormNote::whole(reason));
            }
            None
        }
        _ => {
            let said = |sign: &Sign| {
                let names: Vec<&str> = sign.units.iter().map(|it| name(*it)).collect();
                let place = sign.place.as_ref().map_or(String::new(), |it| format!("（{it}）"));
                format!("{}{place}是“{}”", sign.what, names.join("”或“"))
            };
            let said: Vec<String> = signs.iter().map(said).collect();
            let place = signs.iter().find_map(|it| it.place.clone().filter(|_| it.what != MARK));
            let mut marks = signs.iter().filter(|it| it.what == MARK).map(|it| &it.units);
            let first = marks.next();
            let has_several = marks.any(|it| Some(it) != first);
            let advice = if has_several {
                "一个文件里只能有一个单位的表，请分成几个文件"
            } else {
                "请核对后改成一致"
            };
            let reason = format!("分不清是哪个单位的表：{}。{advice}", said.join("，"));
            notes.faults.push(FormNote { place, value: String::new(), reason });
            None
        }
    }
}

const MARK: &str = "隐藏的标记";
const LABEL: &str = "填报单位";
const TITLE: &str = "标题";

fn read_mark(
    grid: &Grid<'_>,
    cell: &SheetCell,
    ledger: &Ledger,
    year: u16,
    signs: &mut Vec<Sign>,
    notes: &mut Notes,
) {
    let CellValue::Text(text) = &cell.value else { return };
    let Some(mark) = FormMark::parse(text.trim()) else { return };
    if mark.year != year {
        let reason =
            format!("这是 {} 年的自评表，现在导入的是 {year} 年：请核对年度，或用 --year 指定", mark.year);
        notes.faults.push(FormNote { place: Some(grid.place(cell.at)), value: String::new(), reason });
    }
    match ledger.find_unit(mark.unit.as_str()) {
        Some(unit_idx) => {
            signs.push(Sign { place: Some(grid.place(cell.at)), what: MARK, units: vec![unit_idx] });
        }
        None => {
            let reason = format!("表上的标记说是编号 {} 的单位，名录里没有这个编号", mark.unit.as_str());
            notes.faults.push(FormNote { place: Some(grid.place(cell.at)), value: String::new(), reason });
        }
    }
}

/// Reads what stands above the table, or on a cover.
fn read_titles(
    grid: &Grid<'_>,
    end_row: u32,
    year: u16,
    names: &Names,
    signs: &mut Vec<Sign>,
    strangers: &mut Vec<FormNote>,
    notes: &mut Notes,
) {
    read_labels(grid, 1, end_row.saturating_sub(1), names, signs, strangers);
    for cell in grid.cells(1, end_row.saturating_sub(1)) {
        let key = key(&cell.value);
        if label(&key).is_some() || key.chars().count() > 200 {
            continue;
        }
        let units = names.within(&key, false);
        // A cover may well name several, such as those that it goes to.
        if units.len() == 1 {
            signs.push(Sign { place: Some(grid.place(cell.at)), what: TITLE, units: units.clone() });
        }
        // Somebody else's name above the table says as much as behind 单位.
        let seen = named_in_title(&key).filter(|_| units.is_empty() && key.contains("自评"));
        if let Some(given) = seen.filter(|it| names.exactly(it).is_empty()) {
            let place = Some(grid.place(cell.at));
            strangers.push(FormNote { place, value: given.to_owned(), reason: String::new() });
        }
        let is_about = ["考核", "自评", "细则", "评分", "评估"].iter().any(|it| key.contains(it));
        for other in years(&key).into_iter().filter(|it| is_about && *it != year) {
            let reason = format!("写的是 {other} 年，现在导入的是 {year} 年：请核对年度，或用 --year 指定");
            notes.faults.push(grid.note(cell.at, reason));
        }
    }
}

/// Reads `单位：区教育局`, in one cell or in two.
fn read_labels(
    grid: &Grid<'_>,
    from_row: u32,
    to_row: u32,
    names: &Names,
    signs: &mut Vec<Sign>,
    strangers: &mut Vec<FormNote>,
) {
    for cell in grid.cells(from_row, to_row) {
        let key = key(&cell.value);
        let Some(given) = label(&key) else { continue };
        let mut at = cell.at;
        let mut given = given.to_owned();
        if given.is_empty() {
            let last = grid.area(cell.at).last.column;
            let next = grid.cells(at.row, at.row).find(|it| it.at.column > last);
            let Some(next) = next.filter(|it| matches!(it.value, CellValue::Text(_))) else { continue };
            at = Spot { ..next.at };
            given = cut(&self::key(&next.value)).to_owned();
        }
        if given.is_empty() || label(&given).is_some() {
            continue;
        }
        let units = names.exactly(&given);
        if units.is_empty() {
            strangers.push(FormNote { place: Some(grid.place(at)), value: given, reason: String::new() });
        } else {
            signs.push(Sign { place: Some(grid.place(at)), what: LABEL, units });
        }
    }
}
