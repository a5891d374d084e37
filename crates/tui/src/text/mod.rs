//! What people read: all sentences of the screens, and of the store's errors for screens and command line alike.
//!
//! Here is what the screens say of what was done; each of the modules has the words of one theme.

pub(crate) mod arrange;
pub(crate) mod cell;
pub(crate) mod differences;
pub(crate) mod explain;
pub(crate) mod export;
pub mod faults;
pub(crate) mod form;
pub(crate) mod indicator;
pub(crate) mod labels;
pub(crate) mod last_year;
pub(crate) mod log;
pub(crate) mod losses;
pub(crate) mod palette;
pub(crate) mod result;
pub(crate) mod roster;
pub mod settings;
pub(crate) mod several;
pub(crate) mod start;
pub(crate) mod tour;
pub(crate) mod years;

use kaohe_core::{Change, Finalised, Ledger, Record};
use kaohe_exchange::{clean, words};
use kaohe_store::News;

use crate::widgets::cells;
use crate::world::short_name;

/// What the program is called on its screens.
pub(crate) const PROGRAM: &str = "考核";
/// The sentence of a terminal that is too small.
pub(crate) const TOO_SMALL: &str = "窗口太小，请拉大到 60 列 16 行以上（已记的都在）";
/// Said when a year was begun.
pub(crate) const FIRST_HINT: &str = "年度已建立。方向键选格，按规则前的数字扣分，按 ? 看全部按键";
/// Said where the rubric leaves an indicator out for units with the unit's 标签.
pub(crate) const NOT_CONCERNED: &str = "细则规定这个指标不考核该单位（按名录里的标签）";
/// Said where nothing is left to review.
pub(crate) const ALL_REVIEWED: &str = "全部单位的全部指标都已复核";
/// Said where a cell has no deduction to take back.
pub(crate) const NOTHING_TO_TAKE_BACK: &str = "这一格没有可以收回的扣分";
/// The reason that `-` gives.
pub(crate) const TAKEN_BACK: &str = "收回";
/// Said where a cell has no entries.
pub(crate) const NO_ENTRIES: &str = "没有扣分记录";
/// What the footer calls bringing a withdrawn entry back.
pub(crate) const RESTORE: &str = "恢复";
/// Said where a digit is pressed and nothing can be lost or earned.
pub(crate) const NO_RULES: &str = "这个指标没有扣分规则，不用记";
/// Said where a whole unit is reviewed already.
pub(crate) const UNIT_REVIEWED: &str = "这个单位的全部指标都已复核";
/// The choice that names no 评分要点.
pub(crate) const WHOLE_INDICATOR: &str = "记在整个指标上（分不清要点时）";
/// The title of the box that finds a unit.
pub(crate) const FIND: &str = "找单位：名称、简称、拼音（首字母或全拼）、编号、第几行";
/// Said where no unit is like what was typed.
pub(crate) const NOT_FOUND: &str = "没有这样的单位";
/// Stands in the shell while the program is stopped.
pub(crate) const SUSPENDED: &str = "考核已暂停，都已存好。输入 fg 再按回车，就回到原来的画面。\r\n";
/// Said where no shell waits behind the screens.
pub(crate) const NO_SHELL: &str = "这个窗口里没有命令行可回；要用命令行，请另开一个窗口";
/// Said where a colleague has replaced what the screens rest on.
pub(crate) const REPLACED: &str = "名录、细则或年度设置刚被改过，画面已重新载入；没填完的请重填";
/// The title of what has to be read before any key acts again.
pub(crate) const NOTICE: &str = "请看一下";
/// Said where that happened while something was filled in.
pub(crate) const REPLACED_UNDER_FORM: &str =
    "名录、细则或年度设置刚被改过，画面已重新载入。正在填的还没有记入，请重填。按 Esc 继续，别的键不起作用。";
/// What taking a step back is called, and doing it again.
pub(crate) const UNDO: &str = "撤销";
pub(crate) const REDO: &str = "重做";
/// Stands in the title while journals are damaged.
pub(crate) const DAMAGED: &str = "有损坏，只读，请用 kaohe repair";
/// Stands in the title once something was recorded where files cannot be locked.
pub(crate) const UNLOCKED: &str = "没有文件锁，同名只开一个窗口";
/// Stands in the title while the year is fixed.
pub(crate) const FINALISED: &str = "已定稿";
/// Said to a key that does nothing here.
pub(crate) const NO_SUCH_KEY: &str = "这里没有这个键，按 ? 看全部按键";
/// Stands in the place of the lines of a refusal that have no room.
pub(crate) const MORE_BY_CHECK: &str = "  还有，用 kaohe check 看全部";
/// What moves the official table.
pub(crate) const SHEET_HINT: &str = "上下键翻看，左右键换单位";
/// Said on the ranking while nobody has a rank.
pub(crate) const NOBODY_RANKED: &str = "还没有单位复核完，都不排名次；按 p 可按暂计得分排";
/// Said of an entry whose date lies outside of the rubric's period; it counts all the same (R12).
const BEYOND_PERIOD: &[&str] = &["（日期不在考核期）", "（期外）"];
/// What follows from an entry in a cell that is marked 不涉及.
const LEFT_OUT: &str = "，该指标不涉及，暂不计分";

/// A sentence for one line. Where there is no room for all of it, the remark goes first, and then the end of what was
/// done; what follows from it shows whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    /// What was done, or what is to be said.
    pub what: String,
    /// A remark, in several lengths, the longest first.
    pub notes: &'static [&'static str],
    /// What follows from it, and which key comes next.
    pub result: String,
}

impl From<String> for Said {
    fn from(what: String) -> Said {
        Said { what, ..Said::default() }
    }
}

impl Said {
    /// Returns all of it.
    pub(crate) fn whole(&self) -> String {
        let note = self.notes.first().copied().unwrap_or_default();
        format!("{}{note}{}", self.what, self.result)
    }

    /// Returns it within so many cells.
    pub(crate) fn within(&self, room: usize) -> String {
        let for_what = room.saturating_sub(cells::width(&self.result));
        let for_note = for_what.saturating_sub(cells::width(&self.what));
        let note = self.notes.iter().find(|it| cells::width(it) <= for_note).copied().unwrap_or_default();
        format!("{}{note}{}", cells::cut(&self.what, for_what), self.result)
    }
}

/// What stands where others are waited for.
const WAITING: &str = "待定=要等别的单位或复核";

/// Returns what the signs of the matrix mean; what is rare comes first, for it is explained nowhere else.
pub(crate) fn matrix_signs(is_undecided: bool, is_disqualified: bool) -> Vec<&'static str> {
    let mut signs = Vec::new();
    signs.extend(is_undecided.then_some(WAITING));
    signs.extend(is_disqualified.then_some("x=取消资格"));
    signs.extend(["满=满分", "?=未复核", ":=扣10%以上", "!=扣30%以上", "*=复核后又有改动", "/=不涉及"]);
    signs
}

/// Returns what the signs of a ranking mean.
pub(crate) fn ranking_signs(
    is_undecided: bool,
    is_disqualified: bool,
    has_grades: bool,
) -> Vec<&'static str> {
    let mut signs = Vec::new();
    signs.push(if is_disqualified { "-=不排名次" } else { "-=未复核完，不排名次" });
    signs.extend(is_undecided.then_some(WAITING));
    signs.extend(["?=暂计得分", "并=同分"]);
    signs.extend(has_grades.then_some("几/几=复核进度"));
    signs
}

/// Says what was recorded, and what the unit's score is now.
pub(crate) fn recorded(ledger: &Ledger, change: &Change) -> Said {
    let notes: &[&str] = if is_beyond_period(ledger, change) { BEYOND_PERIOD } else { &[] };
    let said = match change {
        // The ledger is the one after the change, where what an entry said before is no longer to be seen.
        Change::Amend { to, .. } => format!("已改为 {}", words::change(ledger, &Change::Deduct(to.clone()))),
        change => format!("已记 {}", words::change(ledger, change)),
    };
    let result = if is_left_out(ledger, change) { LEFT_OUT.to_owned() } else { total_of(ledger, change) };
    Said { what: shortened(ledger, change, said), notes, result: format!("{result}  按 u 撤销") }
}

/// Calls the unit by its short name, so that the line has room for what follows.
fn shortened(ledger: &Ledger, change: &Change, said: String) -> String {
    match unit_of(ledger, change) {
        Some(unit_idx) => said.replacen(&ledger.unit(unit_idx).name, short_name(ledger, unit_idx), 1),
        None => said,
    }
}

/// Says whether an entry is one of a cell that is marked 不涉及, where it does not count.
fn is_left_out(ledger: &Ledger, change: &Change) -> bool {
    if !matches!(change, Change::Deduct(_) | Change::Amend { .. } | Change::Restore { .. }) {
        return false;
    }
    let place = place_of(ledger, change);
    place.is_some_and(|(unit_idx, it)| ledger.sheet(unit_idx).cells[it].not_applicable.is_some())
}

/// Says whether a deduction is dated outside the rubric's period; it counts all the same (R12).
fn is_beyond_period(ledger: &Ledger, change: &Change) -> bool {
    let (Change::Deduct(deduction) | Change::Amend { to: deduction, .. }) = change else { return false };
    let Some(unit_idx) = ledger.find_unit(deduction.unit.as_str()) else { return false };
    ledger.rubric_of(unit_idx).period.is_some_and(|it| !it.contains(deduction.date))
}

/// Says what was undone.
pub(crate) fn undone(ledger: &Ledger, change: &Change) -> Said {
    let what = shortened(ledger, change, words::undone(ledger, change));
    Said { what, notes: &[], result: total_of(ledger, change) }
}

/// Says what was done again.
pub(crate) fn redone(ledger: &Ledger, change: &Change) -> Said {
    let what = shortened(ledger, change, words::redone(ledger, change));
    Said { what, notes: &[], result: total_of(ledger, change) }
}

/// Returns the title of the batch that reviews a whole unit.
pub(crate) fn review_unit(unit: &str) -> String {
    format!("{unit} 整行复核")
}

/// Says what was recorded meanwhile in other windows, one's own second one among them.
pub(crate) fn refreshed(n_records: usize) -> String {
    format!("读入了别处新记的 {n_records} 条")
}

/// Says what others have changed of ours, and what of theirs does not count any more; nothing where that is nothing.
pub(crate) fn notice(ledger: &Ledger, news: &News) -> Option<String> {
    let of = |records: &[Record], did: &str| match records {
        [] => None,
        [one] => Some(format!("{} {did}：{}", clean(&one.by), words::change(ledger, &one.change))),
        [.., last] => {
            let n = records.len();
            Some(format!("{} 等{did} {n} 处：{}……", clean(&last.by), words::change(ledger, &last.change)))
        }
    };
    let told = [of(&news.overwriting, "改了您记的"), of(&news.withdrawn, "先前记的，现在不在留痕里了")];
    told.into_iter().flatten().reduce(|one, other| format!("{one}；{other}"))
}

/// Says that an indicator has no rule of this number.
pub(crate) fn no_such_rule(number: u8, n_rules: usize) -> String {
    format!("这个指标只有 {n_rules} 条规则，没有第 {number} 条")
}

/// Returns the title of the help of a screen; it scrolls where not all fits.
pub(crate) fn keys_of(screen: &str, is_all: bool) -> String {
    format!("{screen}的按键{}", if is_all { "" } else { "（上下键翻看）" })
}

/// Says why no key changes anything, short enough for a narrow line.
pub(crate) fn fixed(finalised: &Finalised) -> String {
    let by = clean(&finalised.by);
    format!("本年度已定稿（{by}），不能改动；确要改，先 kaohe reopen --reason 理由")
}

/// Marks that records fit nothing of this year's rubrics and roster.
pub(crate) fn unresolved(n_records: usize) -> String {
    format!("{n_records}条记录对不上")
}

/// Says in which row of the matrix a unit stands, behind its name.
pub(crate) fn in_row(typed: &str) -> String {
    format!("  （第 {} 行）", typed.trim())
}

/// Says that a list has no item of this number.
pub(crate) fn no_such_choice(number: u8) -> String {
    format!("没有第 {number} 项")
}

/// Returns `，总分 86.2`, where the change may have moved one unit's total.
fn total_of(ledger: &Ledger, change: &Change) -> String {
    match change {
        Change::Deduct(_)
        | Change::Amend { .. }
        | Change::Withdraw { .. }
        | Change::Restore { .. }
        | Change::NotApplicable { .. } => {
            let score = |it| match ledger.score(it).decided() {
                Some(points) => format!("，总分 {points}"),
                None => format!("，总分{}", words::UNDECIDED),
            };
            unit_of(ledger, change).map_or_else(String::new, score)
        }
        Change::SelfScore { .. }
        | Change::Review { .. }
        | Change::Adopt { .. }
        | Change::ReplaceRubric { .. }
        | Change::Finalise { .. }
        | Change::Repair { .. }
        | Change::Reopen { .. }
        | Change::Batch { .. } => String::new(),
    }
}

/// Returns the unit that a change is about; none for a batch.
fn unit_of(ledger: &Ledger, change: &Change) -> Option<usize> {
    place_of(ledger, change).map(|it| it.0)
}

/// Returns the cell that a change is about; of a batch the first one.
pub(crate) fn place_of(ledger: &Ledger, change: &Change) -> Option<(usize, usize)> {
    let (unit, indicator) = match change {
        Change::Deduct(deduction) | Change::Amend { to: deduction, .. } => {
            (&deduction.unit, &deduction.indicator)
        }
        Change::Withdraw { entry, .. } | Change::Restore { entry } => {
            let deduction = &ledger.entry(entry)?.deduction;
            (&deduction.unit, &deduction.indicator)
        }
        Change::NotApplicable { unit, indicator, .. }
        | Change::SelfScore { unit, indicator, .. }
        | Change::Review { unit, indicator, .. } => (unit, indicator),
        Change::Batch { changes, .. } => return place_of(ledger, changes.first()?),
        Change::Adopt { .. }
        | Change::ReplaceRubric { .. }
        | Change::Finalise { .. }
        | Change::Repair { .. }
        | Change::Reopen { .. } => return None,
    };
    let unit_idx = ledger.find_unit(unit.as_str())?;
    let indicator_idx = ledger.rubric_of(unit_idx).indicators().position(|it| it.id == *indicator)?;
    Some((unit_idx, indicator_idx))
}
