//! Results: the ranking, its figures, and the head of a unit's 考核表.

use kaohe_core::{Bin, Rubric, SheetScore, Track, Unit};
use kaohe_exchange::words;

/// The head of the figures that classes share.
pub(crate) const SHARED_LOSS_RATES: &str = "共有指标的失分率（%）";

/// The head of how the scores lie.
pub(crate) const DISTRIBUTION: &str = "得分分布（起分-止分 单位数；含起分，最高一档含止分）";
/// Said where no unit has a place.
pub(crate) const NO_DISTRIBUTION: &str = "还没有单位复核完；按 p 可看暂计得分的分布";

/// Returns `96-97`, or the only score that there is.
pub(crate) fn bin(bin: &Bin) -> String {
    if bin.from == bin.to { bin.from.to_string() } else { format!("{}-{}", bin.from, bin.to) }
}

/// Returns the head of a class's ranking: `区直（26个单位，含暂计）`.
pub(crate) fn class(track: &Track, n_units: usize, is_provisional: bool) -> String {
    let provisional = if is_provisional { "，含暂计" } else { "" };
    format!("{track}（{n_units}个单位{provisional}）")
}

/// Returns `Q02 区教育局  得分 99.7 / 100  扣 0.3  自评 100  已复核（9/9）`.
pub(crate) fn sheet(unit: &Unit, score: &SheetScore) -> String {
    let self_score = score.self_score.map_or_else(|| "未填全".to_owned(), |it| it.to_string());
    let scored = match score.decided() {
        Some(points) => format!("得分 {points} / {}  扣 {}", score.points, score.lost()),
        None => format!("得分 {} / {}", words::UNDECIDED, score.points),
    };
    format!(
        "{} {}  {scored}  自评 {self_score}  {}（{}/{}）",
        unit.id,
        unit.name,
        words::total_state(score),
        score.n_settled,
        score.indicators.len(),
    )
}

/// Returns what follows from a unit's total: its grade, or that it is out of the ranking; nothing where nothing does.
pub(crate) fn outcome(rubric: &Rubric, score: &SheetScore) -> Option<String> {
    if score.is_disqualified {
        return Some(words::DISQUALIFIED.to_owned());
    }
    let provisional = if score.is_settled() { "" } else { "（暂计）" };
    score.grade.map(|it| format!("等次：{}{provisional}", rubric.grades[it].name))
}
