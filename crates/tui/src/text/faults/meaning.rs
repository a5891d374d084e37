//! Sentences for rosters and journals that contradict themselves.

use kaohe_core::{RosterFault, Track};
use kaohe_store::LineFault;

use super::one_of;

pub(super) fn roster(fault: &RosterFault) -> (&'static str, String) {
    match fault {
        RosterFault::Empty => ("empty", "名录里没有单位：至少要有一个".to_owned()),
        RosterFault::BadId { given } => ("id", bad_id(given)),
        RosterFault::DuplicateId { given, first } => {
            ("twice", format!("编号“{given}”重复：第 {} 个单位已经用了", first + 1))
        }
        RosterFault::DuplicateName { given, first } => {
            ("twice", format!("单位名称“{given}”重复：第 {} 个单位也叫这个名称", first + 1))
        }
        RosterFault::EmptyText => ("empty", "单位的名称不能空着：请填写".to_owned()),
        RosterFault::UnknownTrack { given, known } => {
            let known: Vec<&str> = known.iter().map(Track::as_str).collect();
            let nearest = kaohe_core::nearest(given, known.iter().copied());
            let hint = nearest.map_or_else(|| one_of(&known), |it| format!("是否应为“{it}”"));
            ("track", format!("没有哪份细则考核类别“{given}”：{hint}"))
        }
    }
}

pub(super) fn journal(fault: &LineFault) -> (&'static str, String) {
    const RESTORE: &str = "用 kaohe repair 修复，或从备份恢复这个文件";
    match fault {
        LineFault::OtherEncoding => (
            "encoding",
            "这一行不是 UTF-8，像是被另存成了 GB18030（ANSI）：请用编辑器按原样另存回 UTF-8（无 BOM），或从备份恢复；也可用 kaohe repair 修复，但这些行会被移走"
                .to_owned(),
        ),
        LineFault::ByteOrderMark => {
            ("bom", "文件开头多了 BOM，内容完好：用 kaohe repair 修复，什么也不会丢".to_owned())
        }
        LineFault::CarriageReturn => {
            ("crlf", "行尾被改成了 Windows 换行（CRLF），内容完好：用 kaohe repair 修复，什么也不会丢".to_owned())
        }
        LineFault::NulBytes => ("nul", format!("这一行里有空字节（断电或磁盘出错会这样）：{RESTORE}")),
        LineFault::NotUtf8 => ("journal", format!("这一行不是 UTF-8 文本，已损坏：{RESTORE}")),
        LineFault::NoHash => ("journal", format!("这一行没有校验，不完整或被改动过：{RESTORE}")),
        LineFault::HashDiffers => ("journal", format!("这一行与它的校验不符，已损坏或被改动过：{RESTORE}")),
        LineFault::ChainBroken => {
            ("chain", format!("这一行接不上前一行：前面有行被改动、删去或调换，{RESTORE}"))
        }
        LineFault::BadRecord { message } => {
            ("journal", format!("这一行读不懂（解析器的原话：{message}）：请升级 kaohe 再试，或从备份恢复"))
        }
        LineFault::NumberNotRising => ("journal", format!("这一行的号码不比前一行大：{RESTORE}")),
        LineFault::Shortened => ("journal", format!("比先前读到的短了，有记录被删去：{RESTORE}")),
        LineFault::Replaced => ("journal", format!("末尾与先前读到的不同，有记录被换掉：{RESTORE}")),
        LineFault::BadHeader => ("journal", format!("第一行没有写明年度和记录人：{RESTORE}")),
        LineFault::HeaderMisplaced => {
            ("journal", "第一行写的年度或记录人与所在位置不符：请把文件放回原来的年度和文件名".to_owned())
        }
        LineFault::NewerFormat { found } => {
            let advice = "请升级 kaohe，不要用旧版本改动它";
            ("newer", format!("由更新版本的 kaohe 写成（格式版本 {found}），这个版本读不了：{advice}"))
        }
    }
}

pub(super) fn bad_id(given: &str) -> String {
    format!("编号“{given}”不合规定：只能用英文字母、数字、“-”和“_”，以字母或数字开头，1 至 32 个")
}
