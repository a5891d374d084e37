//! Sentences for what is wrong with files: what happened, where, and what to do.
//!
//! Names that stand in a file stay as they are in the file (`points`), with the office's word beside them. Each fault
//! ends in a short code such as `[E-sum]` that stays the same when a sentence is reworded: E stops the work, W does not.

use std::io;
use std::path::Path;

use kaohe_core::{Part, RosterFault, RubricFault, Severity, Track};
use kaohe_exchange::{clean, words};
use kaohe_store::spanned::{self, Expected, Found, Position};
use kaohe_store::{FaultKind, FileFault, LineFault, RecordError, StoreError};

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
    let (code, sentence) = kind(&fault.kind);
    let letter = match fault.severity {
        Severity::Error => 'E',
        Severity::Warning => 'W',
    };
    clean(&format!("{sentence}。[{letter}-{code}]"))
}

/// Returns 错误 or 提示.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "错误",
        Severity::Warning => "提示",
    }
}

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
        StoreError::TooManyWriters { writer } => {
            format!("“{}”在这台机器上同时打开的窗口太多：关掉几个再试。", clean(writer))
        }
    }
}

/// Returns why a change was not recorded.
pub fn record_error(error: &RecordError) -> String {
    match error {
        RecordError::Refused(refusal) => format!("没有记入：{}。", words::refusal(refusal)),
        RecordError::Store(error) => store_error(error),
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

/// Returns the code and the sentence, without its full stop.
fn kind(kind: &FaultKind) -> (&'static str, String) {
    match kind {
        FaultKind::NotUtf8 { is_gb18030: true } => {
            ("encoding", "编码不是 UTF-8，看来是 GB18030（GBK）：请在编辑器里另存为 UTF-8".to_owned())
        }
        FaultKind::NotUtf8 { is_gb18030: false } => {
            ("encoding", "这里有不属于 UTF-8 的字节：文件可能已损坏，或不是文本文件".to_owned())
        }
        FaultKind::Ron(fault) => ron(fault),
        FaultKind::Rubric(fault) => rubric(fault),
        FaultKind::Roster(fault) => roster(fault),
        FaultKind::Journal(fault) => journal(fault),
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
        FaultKind::FileMissing => ("missing", "缺少这个文件：year.ron 里写了它，请放回原处".to_owned()),
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
        FaultKind::StrangeFile => ("strange", "年度数据里不应有这个文件：请重新导出后再试".to_owned()),
    }
}

fn ron(fault: &spanned::FaultKind) -> (&'static str, String) {
    use spanned::FaultKind as Ron;
    match fault {
        Ron::TooLarge { bytes, limit } => {
            ("large", format!("文件太大（{} KB，最多 {} KB）：看来不是细则或名录", bytes >> 10, limit >> 10))
        }
        Ron::TooDeep { limit } => ("deep", format!("括号套得太深（最多 {limit} 层）：请检查括号是否配对")),
        Ron::UnexpectedCharacter { found: '#' } => ("char", "这里不应有“#”：注释请以“//”开头".to_owned()),
        Ron::UnexpectedCharacter { found } => {
            ("char", format!("这里不应有“{found}”：文字请放在英文双引号里"))
        }
        Ron::ControlCharacter { code } => ("control", format!("这里有看不见的字符（U+{code:04X}）：请删去")),
        Ron::FullWidthPunctuation { found: '\u{3000}', .. } => {
            ("fullwidth", "这里是全角空格：请改为半角空格".to_owned())
        }
        Ron::FullWidthPunctuation { found, instead } => {
            ("fullwidth", format!("这里是中文标点“{found}”：请改为英文的 {instead}"))
        }
        Ron::UnterminatedText => ("quote", "这里开始的文字没有收尾的英文双引号：请补上".to_owned()),
        Ron::UnterminatedComment => ("comment", "这里开始的注释 /* 没有收尾的 */：请补上".to_owned()),
        Ron::QuoteInText => ("quote", "文字当中有英文双引号：请改为中文引号“”，或写成 \\\"".to_owned()),
        Ron::BadEscape { found } => ("escape", format!("“{found}”不是可用的转义：单个反斜杠请写成 \\\\")),
        Ron::BadNumber { found } => ("number", format!("“{found}”不是普通写法的数：请写成 10、0.1 这样")),
        Ron::ExpectedValue { found } => ("value", format!("这里缺少一个值，{}", stands(*found))),
        Ron::ExpectedColon { found } => ("colon", format!("名称后面缺少英文冒号“:”，{}", stands(*found))),
        Ron::MissingComma => ("comma", "这里缺少英文逗号“,”：两项之间要用逗号隔开".to_owned()),
        Ron::ExpectedCommaOrClosing { found, opener, opened } => (
            "comma",
            format!(
                "这里是“{found}”，应为英文逗号“,”或收尾的“{}”（与 {} 的“{opener}”配对）",
                closing(*opener),
                place(*opened)
            ),
        ),
        Ron::ExpectedClosing { opener, opened } => (
            "bracket",
            format!("文件到此结束，{} 的“{opener}”没有收尾的“{}”：请补上", place(*opened), closing(*opener)),
        ),
        Ron::MixedFieldsAndItems { opened } => (
            "mixed",
            format!(
                "{} 的括号里既有“名称: 值”又有单独的值：请补上名称，或检查前面是否少了“)”",
                place(*opened)
            ),
        ),
        Ron::FieldNameInQuotes => ("quote", "字段的名称不加引号：请去掉引号".to_owned()),
        Ron::TrailingText { found } => {
            ("trailing", format!("内容到此应已结束，后面却还有“{found}”：请检查括号是否多了一个"))
        }
        Ron::UnknownField { found, within, nearest, known } => {
            let hint = nearest.map_or_else(|| one_of(known), |it| format!("是否应为 {}", field(it)));
            ("field", format!("{}没有字段“{found}”：{hint}", structure(within)))
        }
        Ron::UnknownVariant { found, nearest, known } => {
            let hint = nearest.map_or_else(|| one_of(known), |it| format!("是否应为 {}", structure(it)));
            ("choice", format!("这里不能写“{found}”：{hint}"))
        }
        Ron::MissingField { name, within } => {
            ("field", format!("{}缺少字段 {}：请补上", structure(within), field(name)))
        }
        Ron::DuplicateField { name, first } => {
            ("field", format!("字段 {} 在 {} 已经写过：请只留一处", field(name), place(*first)))
        }
        Ron::WrongType { expected: wanted, found } => {
            ("type", format!("这里应为{}，写的却是{}", expected(*wanted), self::found(*found)))
        }
        Ron::NumberTooFine { found, decimals } => {
            ("number", format!("“{found}”的小数太长：最多 {decimals} 位"))
        }
        Ron::NumberTooLarge { found, limit } => ("number", format!("“{found}”太大：最多 {limit}")),
        Ron::BadDate { found } => ("date", format!("“{found}”不是日期：请写成 2023-11-06 这样")),
        Ron::BadName { found } => {
            ("id", format!("“{found}”不能作文件名：只能用英文字母、数字、“-”和“_”，1 至 32 个"))
        }
        Ron::WrongName { expected, found } => {
            ("type", format!("这里应为 {}，写的却是“{found}”", structure(expected)))
        }
    }
}

fn rubric(fault: &RubricFault) -> (&'static str, String) {
    match fault {
        RubricFault::SumDiffers { whole, parts, stated, sum } => (
            "sum",
            format!(
                "分值对不上：{}写的是 {stated} 分，{}合计 {sum} 分，请改正其中一处",
                part(*whole),
                part(*parts)
            ),
        ),
        RubricFault::Duplicate { part: repeated, given } => {
            ("twice", format!("{}“{given}”重复：请改成不同的", part(*repeated)))
        }
        RubricFault::BadId { given } => ("id", bad_id(given)),
        RubricFault::EmptyText => ("empty", "这里不能空着：请填写".to_owned()),
        RubricFault::EmptyList => ("empty", "这里至少要有一项".to_owned()),
        RubricFault::NotPositive => ("points", "分值必须大于 0".to_owned()),
        RubricFault::UnknownRule { given, nearest, known } => {
            let hint = nearest.as_ref().map_or_else(|| one_of(known), |it| format!("是否应为“{it}”"));
            ("rule", format!("最高扣分所指的规则“{given}”不在这个指标里：{hint}"))
        }
        RubricFault::CapsCross { other } => {
            ("caps", format!("与最高扣分“{other}”所限的规则部分重叠：两者要么互不相干，要么一个包含另一个"))
        }
        RubricFault::CapOverItems => {
            ("caps", "有多个评分要点的指标不能设最高扣分：说不清减免的是哪个要点，请拆成几个指标".to_owned())
        }
        RubricFault::TextNotInMethod => {
            ("text", "规则的 text（原文）在评分办法 method 里找不到：请核对文字".to_owned())
        }
        RubricFault::PeriodReversed => ("period", "考核期限的止日早于起日：请对调".to_owned()),
    }
}

fn roster(fault: &RosterFault) -> (&'static str, String) {
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

fn journal(fault: &LineFault) -> (&'static str, String) {
    const RESTORE: &str = "请从备份恢复这个文件";
    match fault {
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

fn bad_id(given: &str) -> String {
    format!("编号“{given}”不合规定：只能用英文字母、数字、“-”和“_”，1 至 32 个")
}

fn stands(found: Option<char>) -> String {
    found.map_or_else(|| "文件却到此结束".to_owned(), |it| format!("写的却是“{it}”"))
}

fn place(Position { line, column }: Position) -> String {
    format!("第 {line} 行第 {column} 列")
}

fn closing(opener: char) -> char {
    match opener {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        other => other,
    }
}

fn one_of<T: AsRef<str>>(known: &[T]) -> String {
    let known: Vec<&str> = known.iter().map(AsRef::as_ref).collect();
    if known.is_empty() {
        "这里没有可用的".to_owned()
    } else {
        format!("可用的有 {}", known.join("、"))
    }
}

/// Returns a struct, or a kind of rule, as the file calls it and as the office does.
fn structure(name: &str) -> String {
    let word = match name {
        "Rubric" => "考核细则",
        "Period" => "考核期限",
        "Reading" => "读法",
        "Section" => "一级指标",
        "Indicator" => "二级指标",
        "CheckItem" => "评分要点",
        "Rule" => "扣分规则",
        "Level" => "档次",
        "Cap" => "最高扣分",
        "Count" => "按次扣分",
        "ByLevel" => "按档次扣分",
        "Discretionary" => "酌情扣分",
        "Forfeit" => "不计分",
        "Year" => "年度",
        "Settings" => "年度设置",
        "Roster" => "名录",
        "Unit" => "单位",
        "Skip" => "跳过名次",
        "Dense" => "不跳过名次",
        "FullMarks" => "计满分",
        "Scaled" => "折算",
        "All" => "都扣",
        "HighestOnly" => "就高",
        _ => return name.to_owned(),
    };
    format!("{name}（{word}）")
}

/// Returns a field as the file calls it and as the office does.
fn field(name: &str) -> String {
    let word = match name {
        "id" => "编号",
        "track" => "类别",
        "title" => "标题",
        "source" => "依据",
        "period" => "考核期限",
        "points" => "分值",
        "readings" => "读法",
        "sections" => "一级指标",
        "indicators" => "二级指标",
        "items" => "评分要点",
        "rules" => "扣分规则",
        "caps" => "最高扣分",
        "number" => "序号",
        "name" => "名称",
        "method" => "评分办法",
        "label" => "规则名称",
        "text" => "原文",
        "measure" => "扣分方式",
        "each" => "每次分值",
        "unit" => "计数单位",
        "levels" => "档次",
        "at_most" => "上限",
        "over" => "所限的规则",
        "from" => "起日",
        "to" => "止日",
        "question" => "问题",
        "answer" => "答复",
        "format" => "格式版本",
        "year" => "年度",
        "mark" => "标记",
        "rubrics" => "考核细则",
        "settings" => "年度设置",
        "ties" => "同分名次",
        "not_applicable" => "不涉及",
        "events" => "事项",
        "units" => "单位",
        "short" => "简称",
        "pinyin" => "拼音",
        "tags" => "标签",
        "note" => "备注",
        _ => return name.to_owned(),
    };
    format!("{name}（{word}）")
}

fn part(part: Part) -> &'static str {
    match part {
        Part::Rubric => "细则",
        Part::Section => "一级指标",
        Part::Indicator => "二级指标",
        Part::CheckItem => "评分要点",
        Part::Rule => "扣分规则",
        Part::Level => "档次",
        Part::Cap => "最高扣分",
        Part::Unit => "单位",
    }
}

fn expected(expected: Expected) -> &'static str {
    match expected {
        Expected::Struct => "括号里的一组字段，如 (number: 1, …)",
        Expected::Single => "括号里的一个值",
        Expected::List => "方括号里的列表，如 [ … ]",
        Expected::Map => "花括号里的对照表",
        Expected::Text => "英文双引号里的文字",
        Expected::Number => "一个数，如 10 或 0.1",
        Expected::Whole => "一个整数",
        Expected::Boolean => "true 或 false",
        Expected::Word => "一个不加引号的词",
        Expected::Variant => "一个种类，如 Count(…) 或 Forfeit",
    }
}

fn found(found: Found) -> &'static str {
    match found {
        Found::Struct => "一组字段",
        Found::Tuple => "括号里的几个值",
        Found::List => "列表",
        Found::Map => "对照表",
        Found::Text => "文字",
        Found::Number => "数",
        Found::Boolean => "true 或 false",
        Found::Word => "没有引号的词（文字要加英文双引号）",
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use kaohe_core::{Points, Refusal, Stamp};

    use super::*;

    const AT: Position = Position { line: 12, column: 5 };

    fn ron_faults() -> Vec<spanned::FaultKind> {
        use spanned::FaultKind as Ron;
        let given = || "ponits".to_owned();
        vec![
            Ron::TooLarge { bytes: 1 << 30, limit: 1 << 20 },
            Ron::TooDeep { limit: 64 },
            Ron::UnexpectedCharacter { found: '#' },
            Ron::UnexpectedCharacter { found: '%' },
            Ron::ControlCharacter { code: 0x200b },
            Ron::FullWidthPunctuation { found: '，', instead: ',' },
            Ron::FullWidthPunctuation { found: '\u{3000}', instead: ' ' },
            Ron::UnterminatedText,
            Ron::UnterminatedComment,
            Ron::QuoteInText,
            Ron::BadEscape { found: "\\q".to_owned() },
            Ron::BadNumber { found: "1e3".to_owned() },
            Ron::ExpectedValue { found: None },
            Ron::ExpectedValue { found: Some(')') },
            Ron::ExpectedColon { found: Some(',') },
            Ron::MissingComma,
            Ron::ExpectedCommaOrClosing { found: ']', opener: '(', opened: AT },
            Ron::ExpectedClosing { opener: '[', opened: AT },
            Ron::MixedFieldsAndItems { opened: AT },
            Ron::FieldNameInQuotes,
            Ron::TrailingText { found: ')' },
            Ron::UnknownField {
                found: given(),
                within: "Indicator",
                nearest: Some("points"),
                known: &["points"],
            },
            Ron::UnknownField { found: given(), within: "Level", nearest: None, known: &["name", "points"] },
            Ron::UnknownVariant { found: given(), nearest: Some("Count"), known: &["Count"] },
            Ron::UnknownVariant { found: given(), nearest: None, known: &["Count", "Forfeit"] },
            Ron::MissingField { name: "points", within: "Indicator" },
            Ron::DuplicateField { name: "points", first: AT },
            Ron::WrongType { expected: Expected::Text, found: Found::Word },
            Ron::NumberTooFine { found: "0.1234567".to_owned(), decimals: 6 },
            Ron::NumberTooLarge { found: "99999999".to_owned(), limit: 1_000_000 },
            Ron::BadDate { found: "2023-13-01".to_owned() },
            Ron::BadName { found: "考核".to_owned() },
            Ron::WrongName { expected: "Rubric", found: given() },
        ]
    }

    fn rubric_faults() -> Vec<RubricFault> {
        let given = || "nope".to_owned();
        vec![
            RubricFault::SumDiffers {
                whole: Part::Rubric,
                parts: Part::Section,
                stated: Points::whole(100),
                sum: Points::whole(107),
            },
            RubricFault::Duplicate { part: Part::Rule, given: given() },
            RubricFault::BadId { given: given() },
            RubricFault::EmptyText,
            RubricFault::EmptyList,
            RubricFault::NotPositive,
            RubricFault::UnknownRule {
                given: given(),
                nearest: Some("notice".to_owned()),
                known: Vec::new(),
            },
            RubricFault::UnknownRule { given: given(), nearest: None, known: vec!["late".to_owned()] },
            RubricFault::UnknownRule { given: given(), nearest: None, known: Vec::new() },
            RubricFault::CapsCross { other: given() },
            RubricFault::CapOverItems,
            RubricFault::TextNotInMethod,
            RubricFault::PeriodReversed,
        ]
    }

    fn roster_faults() -> Vec<RosterFault> {
        let known = || vec![Track::from("区直"), Track::from("乡镇")];
        vec![
            RosterFault::Empty,
            RosterFault::BadId { given: "教育局".to_owned() },
            RosterFault::DuplicateId { given: "Q01".to_owned(), first: 0 },
            RosterFault::DuplicateName { given: "教育局".to_owned(), first: 0 },
            RosterFault::EmptyText,
            RosterFault::UnknownTrack { given: "区值".to_owned(), known: known() },
            RosterFault::UnknownTrack { given: "企业".to_owned(), known: known() },
        ]
    }

    fn line_faults() -> Vec<LineFault> {
        vec![
            LineFault::NotUtf8,
            LineFault::NoHash,
            LineFault::HashDiffers,
            LineFault::ChainBroken,
            LineFault::BadRecord { message: "expected comma".to_owned() },
            LineFault::NumberNotRising,
            LineFault::BadHeader,
            LineFault::HeaderMisplaced,
            LineFault::NewerFormat { found: 2 },
        ]
    }

    fn kinds() -> Vec<FaultKind> {
        let stamp = Stamp { n: 17, writer: "zhang-3f2a".into() };
        let mut kinds = vec![
            FaultKind::NotUtf8 { is_gb18030: true },
            FaultKind::NotUtf8 { is_gb18030: false },
            FaultKind::Unresolved { stamp, refusal: Refusal::UnknownUnit("Q99".into()) },
            FaultKind::NewerFormat { found: 2 },
            FaultKind::OtherYear { found: 2022 },
            FaultKind::FileMissing,
            FaultKind::RubricMisnamed { id: "district".to_owned() },
            FaultKind::TwoRubrics { track: "区直".into() },
            FaultKind::NotASnapshot { message: "expected comma".to_owned() },
            FaultKind::StrangeFile,
        ];
        kinds.extend(ron_faults().into_iter().map(FaultKind::Ron));
        kinds.extend(rubric_faults().into_iter().map(FaultKind::Rubric));
        kinds.extend(roster_faults().into_iter().map(FaultKind::Roster));
        kinds.extend(line_faults().into_iter().map(FaultKind::Journal));
        kinds
    }

    fn at(kind: FaultKind) -> FileFault {
        FileFault { file: "district.ron".to_owned(), position: Some(AT), severity: Severity::Error, kind }
    }

    /// A sentence for people: Chinese, complete, and nothing that only a programmer would write.
    #[track_caller]
    fn check_sentence(sentence: &str) {
        for odd in ["{", "Some(", "None", "\"ponits", "Fault", "Error", "Position", "  ", "。。", "：："]
        {
            assert!(!sentence.contains(odd), "{odd} in {sentence}");
        }
        assert!(sentence.chars().any(|it| ('\u{4e00}'..='\u{9fff}').contains(&it)), "{sentence}");
    }

    #[test]
    fn every_fault_has_a_sentence_with_its_place_and_code() {
        for kind in kinds() {
            let sentence = file_fault(&at(kind));
            check_sentence(&sentence);
            assert!(sentence.starts_with("district.ron:12:5："), "{sentence}");
            let (_, code) = sentence.rsplit_once("。[E-").unwrap();
            let code = code.strip_suffix(']').unwrap();
            assert!(code.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit()), "{sentence}");
        }
    }

    #[test]
    fn a_misspelt_field_names_the_one_that_was_meant() {
        let fault = at(FaultKind::Ron(ron_faults().remove(21)));
        let expected =
            "district.ron:12:5：Indicator（二级指标）没有字段“ponits”：是否应为 points（分值）。[E-field]";
        assert_eq!(file_fault(&fault), expected);
    }

    #[test]
    fn a_warning_says_so() {
        let kind = FaultKind::Rubric(RubricFault::TextNotInMethod);
        let fault = FileFault { severity: Severity::Warning, position: None, ..at(kind) };
        let sentence = file_fault(&fault);
        assert!(sentence.starts_with("district.ron：提示：规则的 text"), "{sentence}");
        assert!(sentence.ends_with("[W-text]"), "{sentence}");
    }

    #[test]
    fn every_store_error_has_a_sentence() {
        let path = || PathBuf::from("/srv/数据/2023");
        let full = || io::Error::from(io::ErrorKind::StorageFull);
        let faults = || kinds().into_iter().map(at).collect::<Vec<_>>();
        let errors = [
            StoreError::NoYears { data: path() },
            StoreError::NoSuchYear { year: 2024, data: path(), known: vec![2022, 2023] },
            StoreError::NoSuchYear { year: 2024, data: path(), known: Vec::new() },
            StoreError::YearExists { year: 2023, path: path() },
            StoreError::Read { path: path(), source: io::Error::from(io::ErrorKind::PermissionDenied) },
            StoreError::Write { path: path(), source: full() },
            StoreError::Damaged(faults()),
            StoreError::Input(faults()),
            StoreError::UnitsInUse { units: vec![("Q01".to_owned(), "区教育局".to_owned())] },
            StoreError::TooManyWriters { writer: "张三".to_owned() },
        ];
        for error in errors {
            check_sentence(&store_error(&error));
            check_sentence(&record_error(&RecordError::Store(error)));
        }
        check_sentence(&record_error(&RecordError::Refused(Refusal::NothingToUndo)));
    }

    #[test]
    fn a_full_disk_is_told_with_the_path_and_what_to_do() {
        let source = io::Error::from(io::ErrorKind::StorageFull);
        let error = StoreError::Write { path: PathBuf::from("/srv/a"), source };
        assert_eq!(store_error(&error), "无法写入 /srv/a：磁盘已满。请腾出空间，然后再试一次。");
    }

    #[test]
    fn control_characters_of_a_name_do_not_reach_the_terminal() {
        let fault = FileFault { file: "a\u{1b}[2J\n.ron".to_owned(), ..at(FaultKind::FileMissing) };
        assert!(!file_fault(&fault).contains(char::is_control));
    }
}
