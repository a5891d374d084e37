//! What is wrong with a roster.

use kaohe_core::RosterFault;

use crate::names::choice;

/// Returns the fault to be read after the value that it is about; `row_of` gives the row or line of a unit by
/// its index, in words: `第 3 行`.
pub fn roster_fault(fault: &RosterFault, row_of: &dyn Fn(usize) -> String) -> String {
    match fault {
        RosterFault::Empty => "名录里没有任何单位：请至少填一个".to_owned(),
        RosterFault::BadId { given } if given.is_empty() => "空着：请填编号".to_owned(),
        RosterFault::BadId { given: _ } => {
            "不能作编号：请用 1 到 32 个英文字母、数字、- 或 _，以字母或数字开头，且不是 con、nul 这类系统保留名".to_owned()
        }
        RosterFault::DuplicateId { given: _, first } => {
            format!("与{}的编号重复（不分大小写）", row_of(*first))
        }
        RosterFault::DuplicateName { given: _, first } => format!("与{}的单位重名", row_of(*first)),
        RosterFault::EmptyText => "空着：请填单位全名".to_owned(),
        RosterFault::UnknownTrack { given, known } => {
            let known: Vec<&str> = known.iter().map(|it| it.as_str()).collect();
            let what = if given.is_empty() { "空着" } else { "不是本年度的类别" };
            format!("{what}：请填 {}", choice(&known))
        }
    }
}
