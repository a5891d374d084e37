//! What the cuts have shown.

use super::judge::{Cut, Fault, Found};

/// What has happened so far.
#[derive(Default)]
pub(super) struct Figures {
    pub n_disks: usize,
    pub n_cuts: u32,
    /// Nothing had come to the disk since the cut before.
    n_same: u32,
    n_said: u32,
    /// Not said to be done yet, and on the disk already.
    n_done: u32,
    n_torn: u32,
    n_in_place: u32,
    n_left: u32,
    n_bad: u32,
    n_lost: u32,
}

impl Figures {
    /// Counts a cut; returns what is bad about it.
    pub(super) fn take(&mut self, cut: &Cut, judged: Result<Found, Fault>) -> Option<String> {
        self.n_cuts += 1;
        self.n_same += u32::from(cut.is_same);
        self.n_said += u32::from(cut.is_said);
        match judged {
            Ok(found) => {
                self.n_done += u32::from(found.is_done && !cut.is_said);
                self.n_torn += u32::from(found.is_torn);
                self.n_in_place += u32::from(found.is_in_place);
                self.n_left += u32::from(found.n_left > 0);
                None
            }
            Err(fault) => {
                self.n_bad += 1;
                self.n_lost += u32::from(matches!(fault, Fault::Lost(_)));
                let (Fault::Lost(what) | Fault::Other(what)) = fault;
                let said = if cut.is_said { "说过已记" } else { "还没有说已记" };
                Some(format!("{said}：{what}"))
            }
        }
    }

    pub(super) fn told(&self) -> Vec<String> {
        let Figures { n_disks, n_cuts, n_same, n_said, n_done, n_torn, n_in_place, n_left, n_bad, .. } = self;
        let (n_unsaid, n_other) = (n_cuts - n_said, n_cuts - n_same);
        vec![
            format!("断电 {n_cuts} 次（{n_disks} 块磁盘，{n_other} 次磁盘与上一次不同），{n_bad} 次不对"),
            format!("{n_said} 次在说过已记之后，全都在；{n_unsaid} 次还没有说，其中 {n_done} 次已经记入"),
            format!("没写完的行 {n_torn} 处，先于记录就位的细则 {n_in_place} 份，{n_left} 次留下临时文件"),
        ]
    }

    /// Returns the figures of a run with these calls taken out; where no cut is bad, the cuts say nothing.
    pub(super) fn told_without(&self, calls: &str) -> Result<String, String> {
        let Figures { n_cuts, n_bad, n_lost, .. } = self;
        // Where folders and whole files are not synced, the journals still are.
        if *n_bad == 0 || *n_lost == 0 && calls.contains("fdatasync") {
            return Err(format!(
                "{calls} 都不做事，断电 {n_cuts} 次，{n_bad} 次不对，说过已记的一条没丢：这样断电试不出什么"
            ));
        }
        Ok(format!("{calls} 都不做事：断电 {n_cuts} 次，{n_bad} 次不对，其中 {n_lost} 次丢了说过已记的"))
    }
}
