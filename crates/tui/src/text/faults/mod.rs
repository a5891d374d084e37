//! Sentences for what is wrong with files: what happened, where, and what to do.
//!
//! Names that stand in a file stay as they are in the file (`points`), with the office's word beside them. Each fault
//! ends in a short code such as `[E-sum]` that stays the same when a sentence is reworded: E stops the work, W does not.

mod meaning;
mod rubric;
mod shape;
mod store;
#[cfg(test)]
mod tests;

use kaohe_core::Severity;
use kaohe_exchange::{clean, words};
use kaohe_store::spanned::Position;
use kaohe_store::{FaultKind, FileFault};

pub use store::{UNLOCKED, archive_fault, io_error, no_backup, record_error, step_error, store_error};

/// Returns a fault with its place: `district.ron:12:5：…。[E-sum]`.
pub fn file_fault(fault: &FileFault) -> String {
    let place = match fault.position {
        Some(Position { line, column }) => format!("{}:{line}:{column}", fault.file),
        None => fault.file.clone(),
    };
    let severity = match fault.severity {
        Severity::Error => "",
        Severity::Warning => "提示：",
    };
    clean(&format!("{place}：{severity}{}", self::fault(fault)))
}

/// Returns a fault without its place: `…。[E-sum]`.
pub fn fault(fault: &FileFault) -> String {
    format!("{}[{}]", sentence(fault), code(fault))
}

/// Returns a fault without its place and code: `…。`.
pub fn sentence(fault: &FileFault) -> String {
    let (_, sentence) = kind(&fault.kind);
    clean(&format!("{sentence}。"))
}

/// Returns a fault's code, which stays the same when its sentence is reworded: `E-sum`.
pub fn code(fault: &FileFault) -> String {
    let (code, _) = kind(&fault.kind);
    let letter = match fault.severity {
        Severity::Error => 'E',
        Severity::Warning => 'W',
    };
    format!("{letter}-{code}")
}

/// Returns 错误 or 提示.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "错误",
        Severity::Warning => "提示",
    }
}

/// Returns the code and the sentence, without its full stop.
fn kind(kind: &FaultKind) -> (&'static str, String) {
    match kind {
        FaultKind::NotUtf8 { is_gb18030: true } => {
            ("encoding", "编码不是 UTF-8，看来是 GB18030（GBK）：请在编辑器里另存为 UTF-8".to_owned())
        }
        FaultKind::NotUtf8 { is_gb18030: false } => {
            ("encoding", "这里有不属于 UTF-8 的字节：文件可能已损坏，或不是文本文件".to_owned())
        }
        FaultKind::Ron(fault) => shape::ron(fault),
        FaultKind::MoreFaults => ("more", "还有更多问题没有列出：请先改正列出的这些，再检查一次".to_owned()),
        FaultKind::Rubric(fault) => rubric::rubric(fault),
        FaultKind::Roster(fault) => meaning::roster(fault),
        FaultKind::Journal(fault) => meaning::journal(fault),
        FaultKind::Unresolved { stamp, refusal } => {
            let refusal = words::refusal(refusal);
            let advice = "细则或名录改动后可能如此，请恢复原来的细则或名录";
            ("unresolved", format!("第 {} 号记录对不上现在的细则和名录：{refusal}。{advice}", stamp.n))
        }
        FaultKind::NewerFormat { found } => {
            let advice = "请升级 kaohe，不要用旧版本改动它";
            ("newer", format!("由更新版本的 kaohe 写成（格式版本 {found}），这个版本读不了：{advice}"))
        }
        FaultKind::OtherYear { found } => {
            ("year", format!("里面写的是 {found} 年，与文件夹的名字不同：请改回原来的文件夹名"))
        }
        FaultKind::FileMissing => ("missing", "缺少这个文件或文件夹：请从备份放回原处".to_owned()),
        FaultKind::RubricMisnamed { id } => {
            ("name", format!("文件名与里面的 id “{id}”不同：请把文件改名为 {id}.ron"))
        }
        FaultKind::TwoRubrics { track } => {
            ("twice", format!("类别“{track}”或这个 id 已有一份细则：一个类别只能有一份，请去掉一份"))
        }
        FaultKind::NotASnapshot { message } => {
            let advice = "请使用 kaohe export --format ron 写出的文件，不要手工改动";
            ("snapshot", format!("不是 kaohe 导出的年度数据，或已损坏（解析器的原话：{message}）：{advice}"))
        }
        FaultKind::TornLine => (
            "torn",
            "最后一行没有写完，是断电或中断留下的，从未显示为已记：下次记入时会移到旁边的 .torn 文件"
                .to_owned(),
        ),
        FaultKind::Repaired { n_lines: 0, .. } => {
            ("repaired", "这里修复过：缺了行，没有找回，前后已接上".to_owned())
        }
        FaultKind::Repaired { n_lines, quarantine } => {
            let file = quarantine.as_deref().unwrap_or_default();
            ("repaired", format!("这里修复过：损坏的 {n_lines} 行移到了 {file}，前后已接上"))
        }
        FaultKind::QuarantineMissing => (
            "quarantine",
            "修复时移走的行本来存在这个文件里，它不在了：得分不受影响，可从备份取回".to_owned(),
        ),
        FaultKind::QuarantineDamaged => {
            let advice = "得分不受影响，请从备份取回这个文件";
            ("quarantine", format!("修复时移走的行存在这里，内容与文件名（摘要）对不上，被改动过：{advice}"))
        }
        FaultKind::QuarantineUnnamed => {
            let advice = "请从备份取回留痕文件；留痕已从备份恢复、不再需要它的，可把它移到别处";
            (
                "quarantine",
                format!("没有哪个留痕文件写着从哪里移走了这些行，写着的那一行可能被删去了：{advice}"),
            )
        }
        FaultKind::NotAsFixed => {
            let advice = "请从备份或定稿时写出的年度数据恢复；确要改，先 kaohe reopen";
            ("final", format!("与定稿时的不同，定稿之后被改动过：{advice}"))
        }
        FaultKind::AfterFinalise { stamp } => {
            let advice = "请用 kaohe log 看过，再 kaohe reopen，核对后重新定稿";
            ("late", format!("第 {} 号记录不在定稿之内，是定稿之后才到的，照样计入得分：{advice}", stamp.n))
        }
        FaultKind::VersionDamaged => {
            ("version", "留存的细则与它的文件名（摘要）对不上，内容被改动过：请从备份恢复".to_owned())
        }
        FaultKind::SetAside => {
            ("aside", "这里存着断电或中断留下的半行，从未显示为已记：看过之后可以删去".to_owned())
        }
        FaultKind::StrayFile => ("stray", "这个文件不属于年度文件夹，没有读它：请移到别处".to_owned()),
        FaultKind::ChangedSince => {
            let advice = "得分已按现在的内容计算，下次记入时会在留痕里注明";
            ("changed", format!("记分开始之后被改动过：{advice}"))
        }
        FaultKind::StrangeFile => ("strange", "年度数据里不应有这个文件：请重新导出后再试".to_owned()),
        FaultKind::Parted => {
            let advice =
                "请以一份为准，把它的这个文件抄到另一份里，另一份多记的（先用 kaohe log 看）补记一遍";
            ("parted", format!("从这一行起两份各记各的，同一个写入者的合不成一个文件：{advice}"))
        }
        FaultKind::CopiesDiffer => {
            ("differ", "两份从这一行起不同：请商定用哪一份，把这个文件原样抄到另一份里".to_owned())
        }
        FaultKind::InOneCopy { is_here } => {
            let (has, lacks) = if *is_here {
                ("这里", "要合并的那一份")
            } else {
                ("要合并的那一份", "这里")
            };
            ("alone", format!("只有{has}有，{lacks}没有：请商定要不要它，让两份一样"))
        }
        FaultKind::InUse => ("busy", "有窗口正在写它，不能换成更长的：请关掉那个窗口".to_owned()),
        FaultKind::TooLarge { bytes, limit } => {
            let (bytes, limit) = (bytes.div_ceil(1 << 20), limit >> 20);
            let advice = "没有读它。请把它移到别处，本来有这个文件的再从备份恢复";
            ("large", format!("文件太大（{bytes} MB，年度文件夹里的文件最多 {limit} MB）：{advice}"))
        }
        FaultKind::LeadsOut => {
            ("link", "不是文件夹里的文件（是链接或别的东西），没有读它：请换成文件本身".to_owned())
        }
    }
}

fn one_of<T: AsRef<str>>(known: &[T]) -> String {
    const SHOWN: usize = 12;
    let shown: Vec<&str> = known.iter().take(SHOWN).map(AsRef::as_ref).collect();
    let more = if known.len() > SHOWN { "等" } else { "" };
    if shown.is_empty() {
        "这里没有可用的".to_owned()
    } else {
        format!("可用的有 {}{more}", shown.join("、"))
    }
}
