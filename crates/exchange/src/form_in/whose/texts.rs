//! What texts of a form say of its unit and its year.

use super::super::grid::key_of;

/// What stands before a unit's name, longer ones first.
const LABELS: [&str; 11] = [
    "被考核单位名称",
    "自评单位名称",
    "填报单位名称",
    "单位名称",
    "被考核单位",
    "填报单位",
    "自评单位",
    "报送单位",
    "考核单位",
    "单位全称",
    "单位",
];
/// What else stands in the same cell behind the name.
const BEHIND: [&str; 9] = ["(盖章", "(公章", "(章", "填报", "填表", "联系", "负责人", "日期", "时间"];

/// Says whether a name can be another spelling of a unit's: the one has all characters of the other, in order.
pub(super) fn is_spelt_anew(given: &str, name: &str) -> bool {
    let name = key_of(name);
    let (longer, shorter) = if given.chars().count() > name.chars().count() {
        (given, name.as_str())
    } else {
        (name.as_str(), given)
    };
    let mut rest = longer.chars();
    shorter.chars().count() > 2 && shorter.chars().all(|it| rest.any(|other| other == it))
}

/// Returns the name of a unit that a title seems to have, in front of the year or in brackets at the end:
/// `区气象局2023年度自评表`, `2023年政务公开自评表（区气象局）`.
pub(super) fn named_in_title(key: &str) -> Option<&str> {
    let year_at = key.find("年")?;
    let before = key.get(..year_at)?.trim_end_matches(|it: char| it.is_ascii_digit());
    let in_brackets = key.strip_suffix(')').and_then(|it| it.rsplit_once('(')).map(|it| it.1);
    let is_unit =
        |it: &&str| (3..=24).contains(&it.chars().count()) && ENDINGS.iter().any(|end| it.ends_with(end));
    Some(before).filter(is_unit).or(in_brackets.filter(is_unit))
}

/// What names of units end in; districts themselves end in none of these.
const ENDINGS: [&str; 16] = [
    "局",
    "镇",
    "乡",
    "街道",
    "办事处",
    "委员会",
    "中心",
    "集团",
    "公司",
    "医院",
    "学校",
    "大队",
    "委",
    "联合会",
    "法院",
    "检察院",
];

/// Returns what stands behind a label for the unit; empty where it is the label alone.
pub(super) fn label(key: &str) -> Option<&str> {
    let rest = LABELS.iter().find_map(|it| key.strip_prefix(it))?;
    let rest = BEHIND
        .iter()
        .filter(|it| it.starts_with('('))
        .find_map(|it| rest.strip_prefix(it))
        .map_or(rest, |it| it.trim_start_matches(')'));
    match rest.strip_prefix(':') {
        Some(rest) => Some(cut(rest)),
        None => rest.is_empty().then_some(""),
    }
}

/// Returns a name without what stands behind it in the same cell.
pub(super) fn cut(text: &str) -> &str {
    let end = BEHIND.iter().filter_map(|it| text.find(it)).min().unwrap_or(text.len());
    text.get(..end).unwrap_or_default().trim_matches(['_', ':', ';', '-'])
}

/// Returns the years that a text names, but for those of days: `2023年` and not `2024年1月`.
pub(super) fn years(key: &str) -> Vec<u16> {
    let mut years = Vec::new();
    for (at, _) in key.match_indices('年') {
        let before = key.get(..at).unwrap_or_default();
        let digits = before.trim_end_matches(|it: char| it.is_ascii_digit());
        let number = before.strip_prefix(digits).unwrap_or_default();
        let after = key.get(at + '年'.len_utf8()..).unwrap_or_default();
        let is_day = after.trim_start_matches(|it: char| it.is_ascii_digit()).starts_with('月');
        if number.len() == 4 && !is_day {
            years.extend(number.parse::<u16>().ok().filter(|it| (1990..2100).contains(it)));
        }
    }
    years
}
