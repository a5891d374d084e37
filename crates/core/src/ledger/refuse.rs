//! Whether a change is possible now, and why not.

use jiff::Timestamp;

use super::{Ledger, cost};
use crate::change::{Change, Deduction, MAX_COUNT, Mark};
use crate::id::{EntryId, IndicatorId, UnitId};
use crate::points::Points;
use crate::quantity::Quantity;
use crate::rubric::{Indicator, Measure};
use crate::sheet::Entry;

/// Why a change cannot be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No unit has this id.
    UnknownUnit(UnitId),
    /// The unit's rubric has no such indicator.
    UnknownIndicator {
        /// Whose rubric.
        unit: UnitId,
        /// As given.
        given: IndicatorId,
    },
    /// The indicator has no such rule.
    UnknownRule {
        /// As given.
        given: String,
        /// The labels of the rules that it has.
        known: Vec<String>,
    },
    /// The indicator has no such 评分要点.
    UnknownItem {
        /// As given.
        given: String,
        /// The numbers that it has.
        known: Vec<String>,
    },
    /// A rule by level needs a level.
    LevelMissing {
        /// The levels that it has.
        known: Vec<String>,
    },
    /// The rule has no such level.
    UnknownLevel {
        /// As given.
        given: String,
        /// The levels that it has.
        known: Vec<String>,
    },
    /// The rule has no levels.
    LevelNotAsked,
    /// The count is 0 or larger than [`MAX_COUNT`].
    CountOutOfRange {
        /// As given.
        given: u32,
    },
    /// A discretionary rule needs an amount.
    AmountMissing,
    /// The rule states its amount itself.
    AmountNotAsked,
    /// The amount is not above 0 or outside of what the rule allows for a case, or above the points of what it is
    /// taken from.
    AmountOutOfRange {
        /// What the rule asks for at least.
        at_least: Option<Points>,
        /// What the rule allows at most, and no more than the points of the 评分要点 or indicator.
        at_most: Points,
    },
    /// A rule that measures needs the value.
    ValueMissing,
    /// A measured value is below nothing.
    ValueNegative,
    /// The rule measures nothing.
    ValueNotAsked,
    /// An imported score is above what there is.
    ValueTooLarge {
        /// The largest that there is.
        at_most: Quantity,
    },
    /// The rule leaves it to the entry what was to be reached (任务数).
    TargetMissing,
    /// What was to be reached is not above nothing.
    TargetNotPositive,
    /// The rule states itself what is to be reached, or asks for nothing of the kind.
    TargetNotAsked,
    /// An entry of this rule stands for one occurrence.
    CountNotAsked,
    /// The rule's points cannot be multiplied.
    ModifierNotAsked,
    /// A veto is recorded there, which would vanish.
    VetoStands,
    /// The indicator does not concern the unit, by its 标签.
    NotConcerned {
        /// Whose.
        unit: UnitId,
        /// Which indicator.
        indicator: IndicatorId,
    },
    /// The unit is retired (停用): nothing new is recorded of it.
    UnitRetired {
        /// Which.
        unit: UnitId,
        /// Why.
        reason: String,
    },
    /// The rubric has no such factor.
    UnknownModifier {
        /// As given.
        given: String,
        /// The factors that it has.
        known: Vec<String>,
    },
    /// A discretionary deduction needs its reason in the note (R5).
    NoteMissing,
    /// No entry has this name.
    UnknownEntry(EntryId),
    /// An amendment may not move an entry to another unit or indicator.
    EntryMoved,
    /// The entry was withdrawn already.
    AlreadyWithdrawn,
    /// The entry is not withdrawn.
    NotWithdrawn,
    /// A reason must be given.
    ReasonMissing,
    /// The self-score is below what the indicator can score, which is 0 unless the rubric says less, or above its points.
    SelfScoreOutOfRange {
        /// What it scores at least.
        at_least: Points,
        /// The indicator's points.
        at_most: Points,
    },
    /// It is so already.
    NothingChanges,
    /// A batch within a batch.
    NestedBatch,
    /// There is nothing (more) to undo.
    NothingToUndo,
    /// There is nothing (more) to redo.
    NothingToRedo,
    /// Somebody else has changed since what would be undone or redone.
    ChangedSince {
        /// Their name.
        by: String,
        /// The names of the unit and the indicator that it was about; none where it was a file of the year.
        cell: Option<(String, String)>,
    },
    /// The year is fixed (定稿); it is to be reopened first.
    Finalised {
        /// Who fixed it.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// The year is not fixed, so that there is nothing to reopen.
    NotFinalised,
    /// The year cannot be fixed while units are not reviewed or not decided.
    Unfinished {
        /// Which.
        units: Vec<UnitId>,
    },
}

/// A deduction with its names resolved.
pub(super) struct Resolved {
    pub unit_idx: usize,
    pub indicator_idx: usize,
    pub rule_idx: usize,
    pub item_idx: Option<usize>,
    pub each: Points,
    /// Occurrences that count.
    pub count: u32,
}

impl Ledger {
    /// Returns why a person may not make this change now, or nothing where they may.
    ///
    /// The changes of a batch are each judged by the state before it.
    pub fn refusal(&self, change: &Change) -> Option<Refusal> {
        // Damage must be mendable in a year that is fixed, too.
        let is_free = matches!(change, Change::Reopen { .. } | Change::Repair { .. });
        if !is_free && let Err(refusal) = self.is_open() {
            return Some(refusal);
        }
        self.judge(change).err()
    }

    /// Refuses where the year is fixed.
    pub(super) fn is_open(&self) -> Result<(), Refusal> {
        match &self.finalised {
            Some(it) => Err(Refusal::Finalised { by: it.by.clone(), at: it.at }),
            None => Ok(()),
        }
    }

    /// Returns what a deduction would cost by itself, before caps and limits.
    ///
    /// # Errors
    ///
    /// Why it cannot be recorded.
    pub fn cost(&self, deduction: &Deduction) -> Result<Points, Refusal> {
        self.resolve(deduction).map(|it| cost::of_all(it.each, deduction.count))
    }

    fn judge(&self, change: &Change) -> Result<(), Refusal> {
        match change {
            Change::Deduct(deduction) => {
                let at = self.resolve(deduction)?;
                self.concerned(at.unit_idx, at.indicator_idx)
            }
            Change::Amend { entry, to } => {
                let entry = self.known(entry)?;
                if entry.withdrawn.is_some() {
                    return Err(Refusal::AlreadyWithdrawn);
                }
                let now = &entry.deduction;
                if (&now.unit, &now.indicator) != (&to.unit, &to.indicator) {
                    return Err(Refusal::EntryMoved);
                }
                self.resolve(to)?;
                changes(**now != *to)
            }
            Change::Withdraw { entry, reason } => {
                if self.known(entry)?.withdrawn.is_some() {
                    return Err(Refusal::AlreadyWithdrawn);
                }
                stated(reason)
            }
            Change::Restore { entry } => match self.known(entry)?.withdrawn {
                Some(_) => Ok(()),
                None => Err(Refusal::NotWithdrawn),
            },
            Change::SelfScore { unit, indicator, to, note } => {
                let (unit_idx, indicator_idx) = self.place(unit, indicator)?;
                self.concerned(unit_idx, indicator_idx)?;
                let bounds = self.rubric_of(unit_idx).indicator(indicator_idx);
                let (at_least, at_most) = (bounds.at_least, bounds.points);
                if to.is_some_and(|it| it < at_least || it > at_most) {
                    return Err(Refusal::SelfScoreOutOfRange { at_least, at_most });
                }
                let now = self.sheets[unit_idx].cells[indicator_idx].self_score.as_ref();
                changes(now.map(|it| (it.points, it.note.as_str())) != to.map(|it| (it, note.as_str())))
            }
            Change::Review { unit, indicator, to } => {
                let (unit_idx, indicator_idx) = self.place(unit, indicator)?;
                self.concerned(unit_idx, indicator_idx)?;
                let is_reviewed = self.sheets[unit_idx].cells[indicator_idx].reviewed.is_some();
                changes(is_reviewed != (*to == Mark::Reviewed))
            }
            Change::NotApplicable { unit, indicator, reason } => {
                let (unit_idx, indicator_idx) = self.place(unit, indicator)?;
                self.concerned(unit_idx, indicator_idx)?;
                if let Some(reason) = reason {
                    self.no_veto(unit_idx, indicator_idx)?;
                    stated(reason)?;
                }
                changes(self.sheets[unit_idx].cells[indicator_idx].not_applicable != *reason)
            }
            Change::Adopt { files } => {
                let is_known = files.iter().all(|it| self.adopted.get(&it.path) == Some(&it.digest));
                changes(!is_known)
            }
            Change::ReplaceRubric { from, to, .. } => changes(from != to),
            Change::Finalise { provisional, .. } => {
                let unfinished = if *provisional { Vec::new() } else { self.unfinished() };
                if unfinished.is_empty() {
                    return Ok(());
                }
                let units = unfinished.into_iter().map(|it| self.unit(it).id.clone()).collect();
                Err(Refusal::Unfinished { units })
            }
            Change::Reopen { reason } => {
                self.finalised.as_ref().ok_or(Refusal::NotFinalised)?;
                stated(reason)
            }
            // It tells what was done.
            Change::Repair { .. } => Ok(()),
            Change::Batch { changes: parts, .. } => {
                if parts.is_empty() {
                    return Err(Refusal::NothingChanges);
                }
                for part in parts {
                    let is_whole = matches!(
                        part,
                        Change::Batch { .. }
                            | Change::Adopt { .. }
                            | Change::ReplaceRubric { .. }
                            | Change::Finalise { .. }
                            | Change::Repair { .. }
                            | Change::Reopen { .. }
                    );
                    if is_whole {
                        return Err(Refusal::NestedBatch);
                    }
                    self.judge(part)?;
                }
                Ok(())
            }
        }
    }

    /// Refuses what is about a retired unit, or about an indicator that does not concern the unit by its 标签.
    fn concerned(&self, unit_idx: usize, indicator_idx: usize) -> Result<(), Refusal> {
        let unit = self.unit(unit_idx);
        if unit.is_retired() {
            return Err(Refusal::UnitRetired { unit: unit.id.clone(), reason: unit.retired.clone() });
        }
        if self.sheets[unit_idx].cells[indicator_idx].exclusion.is_none() {
            return Ok(());
        }
        Err(Refusal::NotConcerned {
            unit: self.unit(unit_idx).id.clone(),
            indicator: self.rubric_of(unit_idx).indicator(indicator_idx).id.clone(),
        })
    }

    /// Refuses to leave an indicator out where a veto stands: it must not vanish unseen.
    fn no_veto(&self, unit_idx: usize, indicator_idx: usize) -> Result<(), Refusal> {
        let rules = &self.rubric_of(unit_idx).indicator(indicator_idx).rules;
        let cell = &self.sheets[unit_idx].cells[indicator_idx];
        let is_veto = |it: &&Entry| {
            it.withdrawn.is_none() && matches!(rules[it.rule_idx].measure, Measure::Veto { .. })
        };
        if cell.entries.iter().any(|it| is_veto(&it)) { Err(Refusal::VetoStands) } else { Ok(()) }
    }

    fn known(&self, id: &EntryId) -> Result<&Entry, Refusal> {
        self.entry(id).ok_or_else(|| Refusal::UnknownEntry(id.clone()))
    }

    /// Returns the indices of a unit and of an indicator of its rubric.
    pub(super) fn place(&self, unit: &UnitId, indicator: &IndicatorId) -> Result<(usize, usize), Refusal> {
        let unit_idx = *self.unit_idxs.get(unit).ok_or_else(|| Refusal::UnknownUnit(unit.clone()))?;
        let indicator_idx = self.rubric_of(unit_idx).indicators().position(|it| it.id == *indicator);
        let unknown = || Refusal::UnknownIndicator { unit: unit.clone(), given: indicator.clone() };
        Ok((unit_idx, indicator_idx.ok_or_else(unknown)?))
    }

    pub(super) fn resolve(&self, deduction: &Deduction) -> Result<Resolved, Refusal> {
        let (unit_idx, indicator_idx) = self.place(&deduction.unit, &deduction.indicator)?;
        let indicator = self.rubric_of(unit_idx).indicator(indicator_idx);
        let rule_idx = indicator.rule_idx(deduction.rule.as_str()).ok_or_else(|| Refusal::UnknownRule {
            given: deduction.rule.to_string(),
            known: indicator.rules.iter().map(|it| it.label.clone()).collect(),
        })?;
        let item_idx = item_idx(indicator, deduction)?;
        if !(1..=MAX_COUNT).contains(&deduction.count) {
            return Err(Refusal::CountOutOfRange { given: deduction.count });
        }
        let modifiers = &self.rubric_of(unit_idx).modifiers;
        let each = cost::each(&indicator.rules[rule_idx], deduction, modifiers, indicator, item_idx)?;
        let count = if cost::is_exempt(deduction, modifiers) { 0 } else { deduction.count };
        Ok(Resolved { unit_idx, indicator_idx, rule_idx, item_idx, each, count })
    }
}

fn item_idx(indicator: &Indicator, deduction: &Deduction) -> Result<Option<usize>, Refusal> {
    let Some(item) = &deduction.item else {
        // The only 评分要点 need not be named.
        return Ok((indicator.items.len() == 1).then_some(0));
    };
    let unknown = || Refusal::UnknownItem {
        given: item.to_string(),
        known: indicator.items.iter().map(|it| it.number.to_string()).collect(),
    };
    indicator.item_idx(item.as_str()).ok_or_else(unknown).map(Some)
}

fn stated(reason: &str) -> Result<(), Refusal> {
    if reason.trim().is_empty() { Err(Refusal::ReasonMissing) } else { Ok(()) }
}

fn changes(does: bool) -> Result<(), Refusal> {
    if does { Ok(()) } else { Err(Refusal::NothingChanges) }
}
