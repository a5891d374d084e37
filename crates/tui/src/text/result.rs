//! Results: the ranking, its figures, and the head of a unit's 考核表.

use kaohe_core::{SheetScore, Track, Unit};
use kaohe_exchange::words;

/// The head of the figures that classes share.
pub(crate) const SHARED_LOSS_RATES: &str = "共有指标的失分率（%）";

/// Returns the head of a class's ranking: `区直（26个单位，含暂计）`.
pub(crate) fn class(track: &Track, n_units: usize, is_provisional: bool) -> String {
    let provisional = if is_provisional { "，含暂计" } else { "" };
    format!("{track}（{n_units}个单位{provisional}）")
}

/// Returns `Q02 区教育局  得分 99.7 / 100  扣 0.3  自评 100  已复核（9/9）`.
pub(crate) fn sheet(unit: &Unit, score: &SheetScore) -> String {
    let self_score = score.self_score.map_or_else(|| "未填全".to_owned(), |it| it.to_string());
    format!(
        "{} {}  得分 {} / {}  扣 {}  自评 {self_score}  {}（{}/{}）",
        unit.id,
        unit.name,
        score.score,
        score.points,
        score.lost(),
        words::settled(score.is_settled()),
        score.n_settled,
        score.indicators.len(),
    )
}
