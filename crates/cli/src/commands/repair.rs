//! `kaohe repair`: damaged lines of journals are moved aside, and the rest goes on.

use kaohe_core::{Move, RankOptions, moved};
use kaohe_exchange::{clean, tables, to_text};
use kaohe_store::{JournalRepair, RepairEffect, Repaired};
use kaohe_tui::text::faults;

use crate::failure::Failure;
use crate::opened::back_up;
use crate::output::{say, warn};
use crate::session::Session;
use crate::time::now;

#[derive(Debug, clap::Args)]
pub(crate) struct RepairArgs {
    #[arg(long, help = "照做；不写就只看要做什么")]
    yes: bool,
}

/// Says what is to be repaired, or repairs it.
pub(crate) fn repair(session: &Session, args: &RepairArgs) -> Result<(), Failure> {
    let year = session.data.pick_year(session.year)?;
    let person = session.person();
    if !args.yes {
        let repairs = session.data.repairs(year, &person)?;
        if repairs.is_empty() {
            return match session.data.unrecorded_repairs(year)? {
                0 => say(&sound(year)),
                n => say(&format!(
                    "{year} 年的留痕没有损坏；有 {n} 个文件修复过，却没来得及记入留痕。\n什么也没有改动；要补记：kaohe repair --yes"
                )),
            };
        }
        let mut lines = told(&repairs, "要移到");
        lines.extend(effect(&session.data.repair_effect(year, &repairs)?));
        lines.push(
            "现在看到的得分已经只算核验得过的记录。\n什么也没有改动；要修复：kaohe repair --yes".to_owned(),
        );
        return say(&lines.join("\n"));
    }
    let Repaired { journals: repairs, n_late, is_unlocked } = session.data.repair(year, &person, now())?;
    if is_unlocked {
        warn(faults::UNLOCKED);
    }
    if repairs.is_empty() && n_late == 0 {
        return say(&sound(year));
    }
    back_up(&session.data, year);
    let mut lines = told(&repairs, "已移到");
    if !repairs.is_empty() {
        // It is done, whether or not the year can be read again now.
        match session.data.repair_effect(year, &repairs) {
            Ok(it) => lines.extend(effect(&it)),
            Err(error) => warn(&faults::store_error(&error)),
        }
        lines.push(format!("{year} 年的留痕已修复，并记入留痕；移走的行逐字节留着，请对照备份补记。"));
    }
    if n_late > 0 {
        lines.push(format!("先前修复过 {n_late} 个文件，没来得及记入留痕，已补记。"));
    }
    say(&lines.join("\n"))
}

fn sound(year: u16) -> String {
    format!("{year} 年的留痕没有损坏，没有改动任何内容。细则、名录和 year.ron 的问题要手工改：kaohe check")
}

/// Names every place, journal by journal.
fn told(repairs: &[JournalRepair], moved: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for repair in repairs {
        lines.push(clean(&format!("{}：核验得过的记录 {} 条，都计入", repair.file, repair.n_records)));
        if repair.gaps.is_empty() {
            lines.push("  行的先后被打乱过：按原来的顺序排好，没有移走的行".to_owned());
        }
        for gap in &repair.gaps {
            let numbers = ranges(&gap.lines);
            let line = match &gap.quarantine {
                Some(file) => format!("第 {numbers} 行（{} 字节）{moved} {file}", gap.bytes.len()),
                None => "缺了行，找不回来：只把前后接上".to_owned(),
            };
            lines.push(format!("  {}", clean(&line)));
        }
    }
    lines
}

/// Says whose score would be another if what damaged lines say counted too.
fn effect(effect: &RepairEffect) -> Vec<String> {
    let RepairEffect { before, after, n_unreadable } = effect;
    let options = RankOptions { provisional: true };
    let classes = 0..after.rubrics().len();
    let moves: Vec<Move> = classes.flat_map(|it| moved(before, after, it, options)).collect();
    let mut lines = Vec::new();
    if moves.is_empty() {
        lines.push("损坏的行里还能照记的内容，记与不记，得分都一样。".to_owned());
    } else {
        lines.push("“得分”把损坏的行里还读得出的内容也照记，“新得分”是修复后只算核验得过的记录：".to_owned());
        lines.push(to_text(&tables::moves_table(before, &moves)).trim_end().to_owned());
    }
    if *n_unreadable > 0 {
        lines.push(format!("另有 {n_unreadable} 行读不出，不知道记的是什么，没有算在上面。"));
    }
    lines.push("被删去的行、改得对不上细则的行原来记的什么，这里看不出：请对照备份，该补的补记。".to_owned());
    lines
}

/// Returns numbers with stretches of them shortened: `3、5-7`.
fn ranges(numbers: &[u32]) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for &number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            Some(_) | None => ranges.push((number, number)),
        }
    }
    let shown = ranges
        .into_iter()
        .map(|(first, last)| if first == last { first.to_string() } else { format!("{first}-{last}") });
    shown.collect::<Vec<_>>().join("、")
}
