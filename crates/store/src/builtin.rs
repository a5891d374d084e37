//! The rubrics of 2023 and a sample roster, so that a newcomer can begin at once.

use kaohe_core::{Roster, Rubric, Unit};

use crate::rubric_file::read_rubric;

/// The year whose rubrics are built in.
pub const BUILTIN_YEAR: u16 = 2023;

/// Id and text of each, in the order of the classes.
pub(crate) const BUILTIN_RUBRICS: [(&str, &str); 2] = [
    ("district", include_str!("../../../rubrics/2023/district.ron")),
    ("township", include_str!("../../../rubrics/2023/township.ron")),
];

/// Returns the rubrics of 2023.
pub fn builtin_rubrics() -> Vec<Rubric> {
    let read = |(id, text): &(&str, &str)| read_rubric(id, text.as_bytes()).expect("a test reads them").0;
    BUILTIN_RUBRICS.iter().map(read).collect()
}

/// What the sample roster says of itself, wherever it is shown.
const SAMPLE_NOTE: &str = "示例名录，请核对";

/// 区直: id, name, short name.
const DISTRICT: [(&str, &str, &str); 26] = [
    ("Q01", "区发展和改革局", "发改局"),
    ("Q02", "区教育局", "教育局"),
    ("Q03", "区科技和工业信息化局", "科工局"),
    ("Q04", "区公安分局", "公安分局"),
    ("Q05", "区民政局", "民政局"),
    ("Q06", "区司法局", "司法局"),
    ("Q07", "区财政局", "财政局"),
    ("Q08", "区人力资源和社会保障局", "人社局"),
    ("Q09", "区自然资源局", "自然资源局"),
    ("Q10", "区生态环境分局", "生态环境分局"),
    ("Q11", "区住房和城乡建设局", "住建局"),
    ("Q12", "区交通运输局", "交通运输局"),
    ("Q13", "区水利局", "水利局"),
    ("Q14", "区农业农村局", "农业农村局"),
    ("Q15", "区商务局", "商务局"),
    ("Q16", "区文化旅游广电体育局", "文旅广体局"),
    ("Q17", "区卫生健康局", "卫健局"),
    ("Q18", "区退役军人事务局", "退役军人局"),
    ("Q19", "区应急管理局", "应急局"),
    ("Q20", "区审计局", "审计局"),
    ("Q21", "区市场监督管理局", "市监局"),
    ("Q22", "区统计局", "统计局"),
    ("Q23", "区医疗保障局", "医保局"),
    ("Q24", "区城市管理和综合执法局", "城管局"),
    ("Q25", "区行政审批服务局", "行政审批局"),
    ("Q26", "区大发集团", "大发集团"),
];

/// 乡镇: id, name, short name.
const TOWNSHIP: [(&str, &str, &str); 5] = [
    ("Z01", "河坝镇", ""),
    ("Z02", "北洲子镇", ""),
    ("Z03", "金盆镇", ""),
    ("Z04", "千山红镇", ""),
    ("Z05", "南湾湖办事处", "南湾湖"),
];

/// Returns the sample roster: the four towns and the sub-district office of the official text, 区大发集团, and usual
/// names of departments that the office has to check against its own list.
pub fn builtin_roster() -> Roster {
    let unit = |track: &str, (id, name, short): (&str, &str, &str)| Unit {
        id: id.into(),
        name: name.to_owned(),
        track: track.into(),
        short: short.to_owned(),
        pinyin: String::new(),
        tags: Vec::new(),
        note: String::new(),
        retired: String::new(),
    };
    let district = DISTRICT.into_iter().map(|it| unit("区直", it));
    let township = TOWNSHIP.into_iter().map(|it| unit("乡镇", it));
    Roster { note: SAMPLE_NOTE.to_owned(), units: district.chain(township).collect() }
}
