//! Sentences for text that is not RON, or not of the right shape.

use kaohe_store::spanned::{self, Expected, Found, Position};

use super::one_of;

pub(super) fn ron(fault: &spanned::FaultKind) -> (&'static str, String) {
    use spanned::FaultKind as Ron;
    match fault {
        Ron::TooLarge { bytes, limit } => {
            ("large", format!("文件太大（{} KB，最多 {} KB）：看来不是细则或名录", bytes >> 10, limit >> 10))
        }
        Ron::TooMany { limit } => ("large", format!("内容太多（最多 {limit} 个值）：看来不是细则或名录")),
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
        Ron::BadPercent { found } => ("percent", format!("“{found}”不对：百分数要在 0 到 100 之间")),
        Ron::LengthsDiffer { first, n_first, second, n_second } => (
            "lengths",
            format!(
                "两个并列的列表长短不一：{} 有 {n_first} 项，{} 有 {n_second} 项，应一一对应",
                field(first),
                field(second)
            ),
        ),
        Ron::OneOf { within, choices, is_given } => {
            let choices: Vec<String> = choices
                .iter()
                .map(|it| it.iter().map(|it| field(it)).collect::<Vec<_>>().join("加 "))
                .collect();
            let what = if *is_given { "不能同时写" } else { "要写明其中一种" };
            ("oneof", format!("{}{what}：{}，只能取一种", structure(within), choices.join("；或 ")))
        }
        Ron::BadRuleRef { found } => (
            "ref",
            format!("“{found}”不是“指标.规则”：请写成 media.notice 这样，点号前是指标的编号，后是规则的编号"),
        ),
        Ron::WrongName { expected, found } => {
            ("type", format!("这里应为 {}，写的却是“{found}”", structure(expected)))
        }
    }
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

/// Returns a struct, or a kind of rule, as the file calls it and as the office does.
fn structure(name: &str) -> String {
    let word = match name {
        "Rubric" => "考核细则",
        "Period" => "考核期限",
        "Reading" => "读法",
        "Section" => "一级指标",
        "Indicator" => "二级指标",
        "CheckItem" => "评分要点",
        "Rule" => "规则",
        "Level" => "档次",
        "Cap" => "最高扣分",
        "Grade" => "等次",
        "Gate" => "前提",
        "Count" => "按次",
        "ByLevel" => "按档次",
        "Checklist" => "按缺项",
        "Graded" => "按等级",
        "Discretionary" => "酌情",
        "Forfeit" => "不计分",
        "Shortfall" => "少于规定数",
        "Steps" => "按差距",
        "Bands" => "分档",
        "Band" => "一档",
        "Ratio" => "按完成比例",
        "Imported" => "引用得分",
        "ByRank" => "按名次",
        "Relative" => "与第一名比",
        "Place" => "名次",
        "Veto" => "一票否决",
        "Disqualified" => "取消资格",
        "Zero" => "记 0 分或从 0 分起",
        "Lose" => "扣总分",
        "AtMost" => "总分不高于",
        "NoTopGrade" => "不得评为最高等次",
        "GradeAtMost" => "等次不高于",
        "Full" => "从满分起",
        "Deduct" => "扣分",
        "Award" => "加分",
        "Add" => "累计",
        "Last" => "以最后一条为准",
        "Highest" => "最高",
        "Lowest" => "最低",
        "Mean" => "平均",
        "Month" => "每月",
        "Quarter" => "每季度",
        "HalfYear" => "每半年",
        "Weeks" => "每几周",
        "Spread" => "分摊",
        "Rate" => "按百分比计",
        "ClassMean" => "按同类平均分计",
        "Modifier" => "倍数",
        "Below" => "低于",
        "Above" => "高于",
        "WholeSteps" => "不足不计",
        "StepsBegun" => "不足按一档计",
        "Exact" => "按比例计",
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
        "rules" => "规则",
        "caps" => "最高扣分",
        "number" => "序号",
        "name" => "名称",
        "method" => "评分办法",
        "label" => "规则名称",
        "text" => "原文",
        "measure" => "计分方式",
        "each" => "每次的分值",
        "unit" => "计数单位",
        "levels" => "档次",
        "percent" | "percents" => "百分数",
        "weight" => "权重",
        "decimals" => "小数位数",
        "outside" => "总分之外",
        "gate" => "前提",
        "only" => "只考核这些标签",
        "except" => "不考核这些标签",
        "start" => "从哪里起算",
        "grades" => "等次",
        "tie_breakers" => "同分时先比",
        "direction" => "扣分还是加分",
        "combine" => "几条怎样合计",
        "per" => "时段",
        "scope" => "不计分的范围",
        "factor" => "乘以多少",
        "out_of" => "满分",
        "best" => "哪头在前",
        "places" => "名次",
        "first" => "第一名的分值",
        "effect" => "后果",
        "indicator" => "指标",
        "at_most" => "上限",
        "at_least" => "下限",
        "target" => "规定数",
        "strikes" => "第几次起",
        "reference" => "基准",
        "side" => "哪一侧",
        "step" => "一档多大",
        "rounding" => "不足一档怎样计",
        "bands" => "各档",
        "beyond" => "界限",
        "modifiers" => "倍数",
        "times" => "乘以多少",
        "over" => "所指的规则",
        "from" => "起",
        "to" => "止",
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
        "retired" => "停用",
        "pinyin" => "拼音",
        "tags" => "标签",
        "note" => "备注",
        _ => return name.to_owned(),
    };
    format!("{name}（{word}）")
}

fn expected(expected: Expected) -> &'static str {
    match expected {
        Expected::Struct => "括号里的一组字段，如 (number: 1, …)",
        Expected::List => "方括号里的列表，如 [ … ]",
        Expected::Text => "英文双引号里的文字",
        Expected::Number => "一个数，如 10 或 0.1",
        Expected::Whole => "一个整数",
        Expected::Word => "一个不加引号的词",
        Expected::Variant => "一个种类，如 Count(…) 或 Forfeit",
        Expected::Truth => "true 或 false",
        Expected::OneValue => "名称和括号里的一个值，如 Rate(90)",
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
