//! What people do, and the record of it.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::{EntryId, IndicatorId, ItemNo, RuleId, Stamp, UnitId};
use crate::points::Points;
use crate::quantity::Quantity;

/// The largest count (次数) that one entry may have.
pub const MAX_COUNT: u32 = 100_000;

/// One thing that a person does to the year (一次操作).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// Records an entry: a deduction or an award, as its rule says. It is named after the record ([`EntryId`]).
    Deduct(Deduction),
    /// Replaces what an entry says; its unit and indicator stay.
    Amend {
        /// Which entry.
        entry: EntryId,
        /// What it says from now on.
        to: Deduction,
    },
    /// Takes an entry back; it stays readable.
    Withdraw {
        /// Which entry.
        entry: EntryId,
        /// Why.
        reason: String,
    },
    /// Puts a withdrawn entry back.
    Restore {
        /// Which entry.
        entry: EntryId,
    },
    /// Sets or clears the unit's own score of an indicator (自评).
    SelfScore {
        /// Which unit.
        unit: UnitId,
        /// Which indicator.
        indicator: IndicatorId,
        /// Points, or none.
        to: Option<Points>,
        /// What the unit says about it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// Marks an indicator of a unit as reviewed (复核), or not.
    Review {
        /// Which unit.
        unit: UnitId,
        /// Which indicator.
        indicator: IndicatorId,
        /// The mark.
        to: Mark,
    },
    /// Says that an indicator does not concern a unit (不涉及), and why; or with none that it does.
    NotApplicable {
        /// Which unit.
        unit: UnitId,
        /// Which indicator.
        indicator: IndicatorId,
        /// Why it does not, or none.
        reason: Option<String>,
    },
    /// Says which files the year's scores rest on from now on: the settings, the roster and the rubrics. Written when
    /// something is recorded for the first time, and again whenever one of them was changed.
    Adopt {
        /// The files, each with the digest of its content.
        files: Vec<AdoptedFile>,
    },
    /// Puts another rubric in the place of the one of its class; what is recorded stays, and is scored by the new one.
    ReplaceRubric {
        /// The rubric's path below the year folder: `rubrics/district.ron`.
        path: String,
        /// The digest of what was in force, in hexadecimal.
        from: String,
        /// The digest of what is in force from now on.
        to: String,
    },
    /// Fixes the year (定稿): nothing more is taken until it is reopened. Not undone by undo.
    Finalise {
        /// What was fixed: each file with the digest of its content, each journal with the hash of its last line.
        files: Vec<AdoptedFile>,
        /// The digest of that list, in hexadecimal: one number that stands for all of it.
        digest: String,
        /// Whether it was fixed although units were not reviewed or not decided.
        #[serde(default, skip_serializing_if = "is_false")]
        provisional: bool,
    },
    /// Opens a year that was fixed (重新打开). Not undone by undo; it is fixed anew instead.
    Reopen {
        /// Why.
        reason: String,
    },
    /// Says that damaged lines of a journal were moved into quarantine (修复). Not undone by undo; also where the year is
    /// fixed.
    Repair {
        /// The journal's path below the year folder: `journal/zhang-b143d7.ron`.
        file: String,
        /// How many lines were moved.
        lines: u32,
        /// How many bytes that were.
        bytes: u64,
        /// The files, by their paths below the year folder, that hold them.
        quarantine: Vec<String>,
    },
    /// Several changes that were done, and are undone, as one. Batches do not nest.
    Batch {
        /// What it was: 导入扣分 entries.csv.
        title: String,
        /// The changes, in order.
        changes: Vec<Change>,
    },
}

/// A file of the year with the digest of its content.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AdoptedFile {
    /// Its path below the year folder: `rubrics/district.ron`.
    pub path: String,
    /// The digest, in hexadecimal.
    pub digest: String,
}

/// Whether the office has settled an indicator of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mark {
    /// 已复核.
    Reviewed,
    /// 未复核.
    Pending,
}

/// What an entry says (一条扣分记录): points that a rule takes, or gives where it awards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deduction {
    /// Whose.
    pub unit: UnitId,
    /// Under which indicator.
    pub indicator: IndicatorId,
    /// Under which 评分要点; none where there is only one, or for the indicator as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemNo>,
    /// By which rule.
    pub rule: RuleId,
    /// 档次: the level, grade or item of a checklist, for a rule that has any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// 次数: how many occurrences, from 1.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub count: u32,
    /// 分值 of each occurrence, for a discretionary rule only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Points>,
    /// 数值: what was measured, for a rule that measures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Quantity>,
    /// 任务数: what was to be reached, for a rule that leaves it to each unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Quantity>,
    /// 倍数: the name of the factor that the entry carries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modifier: Option<String>,
    /// 日期: the day of what happened.
    pub date: Date,
    /// 说明.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// 依据.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// 事项: ties entries to one event (R6).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
}

impl Deduction {
    /// Returns the plainest deduction: once, by a rule that needs nothing else.
    pub fn once(unit: UnitId, indicator: IndicatorId, rule: RuleId, date: Date) -> Deduction {
        Deduction {
            unit,
            indicator,
            item: None,
            rule,
            level: None,
            count: 1,
            amount: None,
            value: None,
            target: None,
            modifier: None,
            date,
            note: String::new(),
            source: String::new(),
            event: None,
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(it: &bool) -> bool {
    !*it
}

fn one() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_one(count: &u32) -> bool {
    *count == 1
}

/// A change with its order, time and author (一条留痕).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its place in the order of all.
    pub stamp: Stamp,
    /// When, by the writer's clock; for people to read, never for ordering.
    pub at: Timestamp,
    /// The person's name.
    pub by: String,
    /// The machine that they sat at; the same name at another machine may be somebody else.
    pub machine: String,
    /// Whether it was done, undone or done again.
    pub kind: RecordKind,
    /// What was done.
    pub change: Change,
}

/// How a change came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordKind {
    /// A person did it.
    Do,
    /// It takes back what the same person did with that record.
    Undo(Stamp),
    /// It does again what they had undone of that record.
    Redo(Stamp),
}
