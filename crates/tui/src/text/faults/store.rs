//! Sentences for what the store refuses or cannot do.

use std::io;
use std::path::Path;

use kaohe_exchange::{clean, words};
use kaohe_store::{ArchiveFault, FileFault, RecordError, StoreError};

use super::file_fault;

/// Returns what the store could not do, to which file, and what to do next; where files are faulty, a line for each
/// fault.
pub fn store_error(error: &StoreError) -> String {
    match error {
        StoreError::NoYears { data } => format!(
            "数据文件夹 {} 里还没有年度：用 kaohe init 2023 新建一个，或用 --data 指定别的文件夹。",
            shown(data)
        ),
        StoreError::NoSuchYear { year, data, known } => {
            let known: Vec<String> = known.iter().map(u16::to_string).collect();
            let known = if known.is_empty() { "没有".to_owned() } else { known.join("、") };
            format!(
                "数据文件夹 {} 里没有 {year} 年（已有的年度：{known}）：用 --year 选一个，或用 kaohe init {year} 新建。",
                shown(data)
            )
        }
        StoreError::YearExists { year, path } => {
            format!("{year} 年已经有了（{}），没有改动：要重新开始，请先把这个文件夹移到别处。", shown(path))
        }
        StoreError::Read { path, source } => {
            format!("无法读取 {}：{}。{}", shown(path), io_error(source), remedy(source))
        }
        StoreError::Write { path, source } => {
            format!("无法写入 {}：{}。{}", shown(path), io_error(source), remedy(source))
        }
        StoreError::Unconfirmed { path, source } => {
            format!(
                "{} 写好了，但系统没能确认它已落盘：{}。断电可能会丢，请再做一次。",
                shown(path),
                io_error(source)
            )
        }
        StoreError::Damaged(faults) => {
            let advice = "没有改动任何内容。请按下列位置修复，或从备份、导出的年度数据恢复：";
            format!("已存的文件有 {} 处问题，{advice}{}", faults.len(), listed(faults))
        }
        StoreError::Input(faults) => {
            let advice = "没有改动任何内容。请改正后再试：";
            format!("给出的文件有 {} 处问题，{advice}{}", faults.len(), listed(faults))
        }
        StoreError::UnitsInUse { units } => {
            let units: Vec<String> = units.iter().map(|(id, name)| clean(&format!("{id} {name}"))).collect();
            format!(
                "名录没有替换：{} 个单位已有记录，新名录里却没有它们，或换了类别：{}。请把它们按原编号、原类别留在名录里。",
                units.len(),
                units.join("、")
            )
        }
        StoreError::RubricNotInForce { id, known } => format!(
            "没有换用：本年度没有编号是“{}”的细则（有的是 {}）。换用的细则要与现行的编号、类别相同。",
            clean(id),
            known.join("、")
        ),
        StoreError::RubricEditedSince { path } => format!(
            "没有改动：{path} 换用以后又在别处改过，改回去会丢掉那些改动。要换回，请用 kaohe rubric adopt 指定文件。"
        ),
        StoreError::VersionMissing { path } => {
            format!(
                "没有改动：那一份细则（{path}）不在了。请从备份恢复它，或用 kaohe rubric adopt 指定文件。"
            )
        }
        StoreError::NotACopy { path, year } => format!(
            "{} 里没有 {year} 年：请给出同事的年度文件夹（里面有 year.ron），或放着它的数据文件夹；别的年度用 --year 选。",
            shown(path)
        ),
        StoreError::Unmergeable(faults) => {
            let advice = "没有合并，也没有改动任何内容。请先解决，再合并一次：";
            format!("两份有 {} 处合不到一起，{advice}{}", faults.len(), listed(faults))
        }
        StoreError::TooLarge { path } => {
            format!("{} 太大，一年的文件合计不能超过 512 MB：请把不属于这里的移到别处。", shown(path))
        }
        StoreError::NotEmpty { path } => {
            format!("{} 里已有内容，没有恢复：恢复只写到新的或空的文件夹，请用 -o 另指定一个。", shown(path))
        }
        StoreError::BackupDamaged { path, fault } => {
            format!(
                "备份 {} {}：请换一份备份（kaohe backups list 列出全部）。",
                shown(path),
                archive_fault(fault)
            )
        }
        StoreError::JournalInUse { file } => {
            format!("没有修复：有窗口正在写 {}。请关掉那个窗口，再修复一次。", clean(file))
        }
        StoreError::NumbersUsedUp => {
            "没有记入：这个年度有一条留痕的号码已经是最大的，后面不能再编号。正常使用到不了这里，请用 kaohe log 找出它是谁记的。"
                .to_owned()
        }
        StoreError::TooManyWriters { writer } => {
            format!("“{}”在这台机器上同时打开的窗口太多：关掉几个再试。", clean(writer))
        }
    }
}

/// Returns what is wrong with a backup, to be read after its name.
pub fn archive_fault(fault: &ArchiveFault) -> String {
    match fault {
        ArchiveFault::NotAZip => "不是 zip 文件，或不完整、已损坏".to_owned(),
        ArchiveFault::Broken { name } => format!("已损坏：里面的 {} 解不开，或与校验不符", clean(name)),
        ArchiveFault::StrangeFile { name } => {
            format!("不是 kaohe 的备份：里面的“{}”不属于年度文件夹，或重复", clean(name))
        }
        ArchiveFault::TooLarge => "太大，超过了 512 MB 或 10000 个文件".to_owned(),
        ArchiveFault::Empty => "是空的".to_owned(),
    }
}

/// Returns that no backup was made, and why; nothing else has changed.
pub fn no_backup(error: &StoreError) -> String {
    format!("提示：这次没有备份成，已记入的不受影响。{}", store_error(error))
}

/// Said where something was recorded in a place that knows no locks.
pub const UNLOCKED: &str =
    "提示：数据文件夹所在的位置不支持文件锁，已照常记入。请不要用同一个名字同时开两个窗口，以免留痕损坏。";

/// Returns why a change was not recorded.
pub fn record_error(error: &RecordError) -> String {
    match error {
        RecordError::Refused(refusal) => format!("没有记入：{}。", words::refusal(refusal)),
        RecordError::Damaged => {
            "没有记入：留痕有损坏，只读。用 kaohe check 看哪里，用 kaohe repair 修复。".to_owned()
        }
        RecordError::Misfits(misfits) => {
            const MAX_NAMED: usize = 3;
            let named = misfits.iter().take(MAX_NAMED);
            let named: Vec<String> = named.map(|(id, why)| format!("{id} {}", words::refusal(why))).collect();
            let etc = if misfits.len() > MAX_NAMED { "等" } else { "" };
            format!(
                "没有改动：换用以后有 {} 条记录对不上细则，不会计分：{}{etc}。请先撤回或修改它们。",
                misfits.len(),
                named.join("；")
            )
        }
        RecordError::Store(error) => store_error(error),
    }
}

/// Returns why a step was not taken back, or not done again: `what` is 撤销 or 重做.
pub fn step_error(error: &RecordError, what: &str) -> String {
    match error {
        RecordError::Refused(refusal) => format!("没有{what}：{}。", words::refusal(refusal)),
        RecordError::Damaged | RecordError::Misfits(_) | RecordError::Store(_) => record_error(error),
    }
}

/// Returns an error of reading or writing in words: 磁盘已满.
pub fn io_error(error: &io::Error) -> String {
    use io::ErrorKind as Kind;
    let words = match error.kind() {
        Kind::NotFound => "文件或文件夹不存在",
        Kind::PermissionDenied => "没有权限",
        Kind::AlreadyExists => "已经存在",
        Kind::StorageFull => "磁盘已满",
        Kind::QuotaExceeded => "超出磁盘配额",
        Kind::FileTooLarge => "文件太大",
        Kind::ReadOnlyFilesystem => "所在磁盘是只读的",
        Kind::IsADirectory => "这是文件夹，不是文件",
        Kind::NotADirectory => "路径当中有一段不是文件夹",
        Kind::DirectoryNotEmpty => "文件夹不是空的",
        Kind::InvalidFilename => "文件名不合规定",
        Kind::ResourceBusy | Kind::ExecutableFileBusy => "正被别的程序占用",
        Kind::TimedOut => "等待超时",
        Kind::BrokenPipe => "接收的一端已经关闭",
        Kind::UnexpectedEof => "内容不完整",
        Kind::WriteZero => "写不进去",
        Kind::OutOfMemory => "内存不足",
        Kind::NetworkDown | Kind::NetworkUnreachable | Kind::HostUnreachable => "网络不通",
        Kind::StaleNetworkFileHandle => "网络文件夹已断开",
        Kind::InvalidData => "内容不合格式",
        Kind::InvalidInput => "路径不合规定",
        Kind::Unsupported => "这个位置不支持此项操作",
        Kind::Interrupted => "被打断",
        // The standard library adds kinds over time, and some errors have none.
        _ => {
            return match error.raw_os_error() {
                Some(5) if cfg!(unix) => "读写出错，磁盘或网络可能有故障".to_owned(),
                Some(code) => format!("系统报错（错误号 {code}）"),
                None => "原因不明".to_owned(),
            };
        }
    };
    words.to_owned()
}

/// Returns what to do about an error of reading or writing.
fn remedy(error: &io::Error) -> String {
    use io::ErrorKind as Kind;
    let first = match error.kind() {
        Kind::NotFound | Kind::NotADirectory | Kind::InvalidFilename => "请核对路径",
        Kind::PermissionDenied => "请向管理员要读写权限",
        Kind::StorageFull | Kind::QuotaExceeded => "请腾出空间",
        Kind::ReadOnlyFilesystem => "请换到可写的位置",
        Kind::IsADirectory => "请给出文件的路径",
        Kind::ResourceBusy | Kind::ExecutableFileBusy => "请关掉占用它的程序",
        // Of the rest there is nothing better to say.
        _ => "请检查磁盘和网络",
    };
    format!("{first}，然后再试一次。")
}

fn shown(path: &Path) -> String {
    clean(&path.display().to_string())
}

fn listed(faults: &[FileFault]) -> String {
    let mut lines = String::new();
    for fault in faults {
        lines.push('\n');
        lines.push_str(&file_fault(fault));
    }
    lines
}
