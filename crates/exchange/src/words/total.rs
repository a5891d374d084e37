//! The steps from the indicators' scores to the total, in words.

use kaohe_core::{Forfeited, Ledger, Measure, NotApplicable, Share, TotalStepKind};

use super::explain::{LineWords, forfeiting, named_all, reason};
use super::veto_effect;

/// Returns a step in words, with the clause or the reason that it rests on.
pub(super) fn step(ledger: &Ledger, unit_idx: usize, kind: TotalStepKind) -> LineWords {
    let rubric = ledger.rubric_of(unit_idx);
    let score = ledger.score(unit_idx);
    let words = |step: String, basis: &str| LineWords { step, basis: basis.to_owned() };
    let section = |section_idx: usize| &rubric.sections[section_idx];
    match kind {
        TotalStepKind::IndicatorWeight { indicator_idx } => {
            let indicator = rubric.indicator(indicator_idx);
            let weight = indicator.weight.map_or(String::new(), |it| it.to_string());
            let own = score.indicators[indicator_idx].score;
            let part = indicator.weight.map_or(own, |it| own.percent(it));
            words(format!("{} {own}×{weight}%＝{part}，按权重计入", indicator.name), "")
        }
        TotalStepKind::LeftOut { indicator_idx } => {
            let name = &rubric.indicator(indicator_idx).name;
            let step = match score.indicators[indicator_idx].share {
                Share::Spread => format!("{name} 不涉及，分值摊给同一一级指标的其他指标"),
                Share::Scaled | Share::Counted => format!("{name} 不涉及，不计入合计"),
                Share::Absent => format!("{name} 不考核这个单位，不计入合计"),
            };
            words(step, &reason(ledger, unit_idx, indicator_idx))
        }
        TotalStepKind::Spread { section_idx } => {
            words(format!("{}：其余指标分摊不涉及的分值", section(section_idx).name), "")
        }
        TotalStepKind::SectionForfeit { section_idx } => {
            let all = rubric.indicators().zip(&score.indicators).enumerate();
            let rules: Vec<_> = all
                .filter(|(idx, _)| rubric.section_of(*idx).0 == section_idx)
                .flat_map(|(_, (indicator, score))| forfeiting(indicator, score, Forfeited::Section))
                .collect();
            let (labels, texts) = named_all(&rules);
            words(format!("{}：{labels} 整项不计分", section(section_idx).name), &texts)
        }
        TotalStepKind::SectionBounds { section_idx } => {
            let section = section(section_idx);
            let least = if section.at_least.is_zero() { "0" } else { &section.at_least.to_string() };
            if section.is_outside {
                words(format!("{} 合计在 {least} 到 {} 之间", section.name, section.points), "")
            } else {
                words(format!("{} 最低 {least}，多扣的退回", section.name), "")
            }
        }
        TotalStepKind::SectionWeight { section_idx } => {
            let weight = section(section_idx).weight.map_or(String::new(), |it| it.to_string());
            words(format!("{} 按权重 {weight}% 计入总分", section(section_idx).name), "")
        }
        TotalStepKind::Scaled => words("其余指标折算到满分".to_owned(), ""),
        TotalStepKind::SectionGate { section_idx } => {
            let section = section(section_idx);
            let gate = section.gate.as_ref();
            let at_least = gate.map_or(String::new(), |it| it.at_least.to_string());
            let step = format!("{}：基础得分不足 {at_least} 分，得的不计", section.name);
            words(step, gate.map_or("", |it| it.text.as_str()))
        }
        TotalStepKind::AtMost => {
            let at_most = rubric.at_most.map_or(String::new(), |it| it.to_string());
            words(format!("总分最多 {at_most}"), "")
        }
        TotalStepKind::Floor => words("总分扣完为止，多扣的退回".to_owned(), ""),
        TotalStepKind::Rounded => {
            let decimals = rubric.decimals.unwrap_or_default();
            words(format!("总分四舍五入到 {decimals} 位小数"), "")
        }
        TotalStepKind::Veto { indicator_idx, rule_idx } => {
            let rule = &rubric.indicator(indicator_idx).rules[rule_idx];
            let effect = match &rule.measure {
                Measure::Veto { effect } => veto_effect(effect),
                Measure::Count { .. }
                | Measure::ByLevel { .. }
                | Measure::Checklist { .. }
                | Measure::Graded { .. }
                | Measure::Discretionary { .. }
                | Measure::Forfeit { .. }
                | Measure::Shortfall { .. }
                | Measure::Steps { .. }
                | Measure::Bands { .. }
                | Measure::Ratio { .. }
                | Measure::Imported { .. }
                | Measure::ByRank { .. }
                | Measure::Relative { .. } => String::new(),
            };
            words(format!("{}：{effect}", rule.label), &rule.text)
        }
    }
}

/// Says what a year or a rubric does with what does not concern a unit.
pub fn treatment(treatment: NotApplicable) -> String {
    match treatment {
        NotApplicable::FullMarks => "计满分".to_owned(),
        NotApplicable::Scaled => "折算：不计该指标，其余折算到满分".to_owned(),
        NotApplicable::Spread => "分摊：分值摊给同一一级指标的其他指标".to_owned(),
        NotApplicable::Rate(percent) => format!("按分值的 {percent}% 计"),
        NotApplicable::ClassMean => "取同类其他单位的平均分".to_owned(),
    }
}
