//! Kinds of changes, as people ask for them.

use kaohe_core::{Change, RecordKind, nearest};

/// What sort of change a record, or a part of a batch, is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 扣分; a rule that awards is recorded in the same way.
    Deduct,
    /// 修改.
    Amend,
    /// 撤回.
    Withdraw,
    /// 恢复.
    Restore,
    /// 自评.
    SelfScore,
    /// 复核.
    Review,
    /// 不涉及.
    NotApplicable,
    /// 撤销, whatever it undid.
    Undo,
    /// 重做, whatever it did again.
    Redo,
    /// 换用细则.
    ReplaceRubric,
    /// 以文件为准.
    Adopt,
    /// 定稿.
    Finalise,
    /// 重新打开.
    Reopen,
    /// 修复.
    Repair,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 14] = [
        Kind::Deduct,
        Kind::Amend,
        Kind::Withdraw,
        Kind::Restore,
        Kind::SelfScore,
        Kind::Review,
        Kind::NotApplicable,
        Kind::Undo,
        Kind::Redo,
        Kind::ReplaceRubric,
        Kind::Adopt,
        Kind::Finalise,
        Kind::Reopen,
        Kind::Repair,
    ];

    /// Returns the kind of a change that was recorded so; of a batch its parts are asked one by one.
    pub fn of(kind: &RecordKind, change: &Change) -> Option<Kind> {
        match kind {
            RecordKind::Undo(_) => return Some(Kind::Undo),
            RecordKind::Redo(_) => return Some(Kind::Redo),
            RecordKind::Do => {}
        }
        match change {
            Change::Deduct(_) => Some(Kind::Deduct),
            Change::Amend { .. } => Some(Kind::Amend),
            Change::Withdraw { .. } => Some(Kind::Withdraw),
            Change::Restore { .. } => Some(Kind::Restore),
            Change::SelfScore { .. } => Some(Kind::SelfScore),
            Change::Review { .. } => Some(Kind::Review),
            Change::NotApplicable { .. } => Some(Kind::NotApplicable),
            Change::Adopt { .. } => Some(Kind::Adopt),
            Change::ReplaceRubric { .. } => Some(Kind::ReplaceRubric),
            Change::Finalise { .. } => Some(Kind::Finalise),
            Change::Reopen { .. } => Some(Kind::Reopen),
            Change::Repair { .. } => Some(Kind::Repair),
            Change::Batch { .. } => None,
        }
    }

    /// Returns the office's word.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Deduct => "扣分",
            Kind::Amend => "修改",
            Kind::Withdraw => "撤回",
            Kind::Restore => "恢复",
            Kind::SelfScore => "自评",
            Kind::Review => "复核",
            Kind::NotApplicable => "不涉及",
            Kind::Undo => "撤销",
            Kind::Redo => "重做",
            Kind::ReplaceRubric => "换用细则",
            Kind::Adopt => "以文件为准",
            Kind::Finalise => "定稿",
            Kind::Reopen => "重新打开",
            Kind::Repair => "修复",
        }
    }

    /// Returns the kind with this word.
    ///
    /// # Errors
    ///
    /// There is none: then the nearest word, where one is like it.
    pub fn find(word: &str) -> Result<Kind, Option<&'static str>> {
        let found = Kind::ALL.into_iter().find(|it| it.word() == word);
        found.ok_or_else(|| nearest(word, Kind::ALL.into_iter().map(Kind::word)))
    }
}
