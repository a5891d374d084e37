//! What stands on a unit's sheet: every deduction, what caps and bounds gave back, and sums that follow from them.

use jiff::civil::Date;
use kaohe_core::{
    Cell, Direction, Entry, EntryTally, Forfeited, Indicator, IndicatorScore, Ledger, LineKind, Points,
    RankOptions, Reason, Share, State, explain_indicator, rank,
};

use crate::tables::total_lines;
use crate::words;

/// What a sheet is made from.
#[derive(Clone, Copy, Debug)]
pub struct FeedbackIn<'l> {
    /// The year, as it is or as it was.
    pub ledger: &'l Ledger,
    /// What the year is called: 2023年政务公开考核.
    pub name: &'l str,
    /// A word that marks made-up data, or nothing.
    pub mark: &'l str,
    /// Which unit of the roster.
    pub unit_idx: usize,
    /// The day of the sheet; the caller's, since no clock is asked here.
    pub made_on: Date,
}

/// What stands on a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feedback {
    /// 2023年政务公开考核失分明细.
    pub title: String,
    /// The unit's full name.
    pub unit: String,
    /// Its id.
    pub id: String,
    /// Its class.
    pub track: String,
    /// The rubric, and the document that issued it.
    pub basis: String,
    /// The day of the sheet.
    pub made_on: Date,
    /// 满分.
    pub full_marks: Points,
    /// 得分, as far as it is decided.
    pub score: Option<Points>,
    /// What the score is worth so far, and the place: sentences.
    pub standing: Vec<String>,
    /// The indicators, in the order of the rubric.
    pub indicators: Vec<IndicatorLosses>,
    /// What else stands between the indicators' sums and 扣分 of the whole: weights, bounds, vetoes.
    pub steps: Vec<LossLine>,
}

/// What a unit lost on an indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndicatorLosses {
    /// As printed: `3 政务新媒体`.
    pub name: String,
    /// 满分.
    pub points: Points,
    /// 扣分, the sum of the lines; none where it is not decided, or none of the unit's.
    pub lost: Option<Points>,
    /// 得分, where there is one.
    pub score: Option<Points>,
    /// 已复核, 未复核, 不涉及 or 待定.
    pub state: &'static str,
    /// The deductions by date, then what gives back.
    pub lines: Vec<LossLine>,
}

/// A line of the sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LossLine {
    /// What was found, or what gives back.
    pub what: String,
    /// The clause of the rubric, verbatim.
    pub clause: String,
    /// The day of what happened.
    pub date: Option<Date>,
    /// How the amount comes about: `0.1×3次`.
    pub how: String,
    /// Points that it takes; negative where it gives them.
    pub lost: Points,
    /// 说明.
    pub note: String,
    /// 依据.
    pub source: String,
}

/// Computes what stands on a unit's sheet.
pub fn feedback_facts(input: &FeedbackIn<'_>) -> Feedback {
    let (ledger, unit_idx) = (input.ledger, input.unit_idx);
    let unit = ledger.unit(unit_idx);
    let rubric = ledger.rubric_of(unit_idx);
    let score = ledger.score(unit_idx);
    let mark = if input.mark.is_empty() { String::new() } else { format!("〔{}〕", input.mark) };
    let source = if rubric.source.is_empty() { String::new() } else { format!("（{}）", rubric.source) };
    Feedback {
        title: format!("{mark}{}失分明细", input.name),
        unit: unit.name.clone(),
        id: unit.id.to_string(),
        track: unit.track.to_string(),
        basis: format!("《{}》{source}", rubric.title),
        made_on: input.made_on,
        full_marks: score.points,
        score: score.decided(),
        standing: standing(ledger, unit_idx),
        indicators: (0..rubric.n_indicators()).map(|it| indicator(ledger, unit_idx, it)).collect(),
        steps: steps(ledger, unit_idx),
    }
}

/// Says how far the score is decided, and which place follows: only what is settled has one (R8).
fn standing(ledger: &Ledger, unit_idx: usize) -> Vec<String> {
    let score = ledger.score(unit_idx);
    let mut sentences: Vec<String> =
        score.undecided.iter().map(|it| words::undecided(ledger, unit_idx, it)).collect();
    let n_pending = score.indicators.len() - score.n_settled;
    if n_pending > 0 {
        sentences.push(format!("还有{n_pending}个指标未复核，得分为暂计，名次待复核后确定"));
    }
    if ledger.unit(unit_idx).is_retired() {
        sentences.push("单位已停用，不排名".to_owned());
    } else if score.is_disqualified {
        sentences.push(format!("{}，不排名", words::DISQUALIFIED));
    }
    let class = rank(ledger, ledger.sheet(unit_idx).rubric_idx, RankOptions::default());
    let n_ranked = class.iter().filter(|it| it.rank.is_some()).count();
    let own = class.iter().find(|it| it.unit_idx == unit_idx);
    if let Some((own, rank)) = own.and_then(|it| Some((it, it.rank?))) {
        let tied = if own.is_tied { "（并列）" } else { "" };
        let all = match class.len() - n_ranked {
            0 => format!("本类共{}个单位", class.len()),
            n_open => format!("本类{}个单位中还有{n_open}个没有名次，名次可能变", class.len()),
        };
        sentences.push(format!("第{rank}名{tied}，{all}"));
    }
    if let Some(grade_idx) = score.grade.filter(|_| score.is_settled()) {
        sentences.push(format!("等次：{}", ledger.rubric_of(unit_idx).grades[grade_idx].name));
    }
    sentences
}

fn indicator(ledger: &Ledger, unit_idx: usize, indicator_idx: usize) -> IndicatorLosses {
    let indicator = ledger.rubric_of(unit_idx).indicator(indicator_idx);
    let score = &ledger.score(unit_idx).indicators[indicator_idx];
    let name = format!("{} {}", indicator.number, indicator.name);
    let state = words::indicator_state(score);
    if score.share == Share::Absent {
        // Its points are none of the unit's, so that there is nothing to add up.
        let words = words::line(ledger, unit_idx, indicator_idx, LineKind::NotApplicable);
        let lines = vec![LossLine { what: words.step, clause: words.basis, ..LossLine::default() }];
        return IndicatorLosses { name, points: score.points, lost: None, score: None, state, lines };
    }
    IndicatorLosses {
        name,
        points: score.points,
        lost: score.decided().map(|_| score.lost()),
        score: score.decided(),
        state,
        lines: lines(ledger, unit_idx, indicator_idx, indicator, score),
    }
}

fn lines(
    ledger: &Ledger,
    unit_idx: usize,
    indicator_idx: usize,
    indicator: &Indicator,
    score: &IndicatorScore,
) -> Vec<LossLine> {
    let cell = &ledger.sheet(unit_idx).cells[indicator_idx];
    let mut lines: Vec<LossLine> = Vec::new();
    let mut forfeited = Points::ZERO;
    for it in explain_indicator(ledger, unit_idx, indicator_idx) {
        let lost = match it.kind {
            LineKind::Start => indicator.points - it.points,
            // Its entries have lines of their own.
            LineKind::Rule { .. } => continue,
            LineKind::Forfeit => {
                forfeited = -it.points;
                continue;
            }
            LineKind::Cap { .. }
            | LineKind::SharedCap { .. }
            | LineKind::Item { .. }
            | LineKind::Floor
            | LineKind::Ceiling
            | LineKind::Gate
            | LineKind::Rounded
            | LineKind::NotApplicable
            | LineKind::Indicator { .. }
            | LineKind::Total(_) => -it.points,
        };
        if !lost.is_zero() {
            lines.push(step_line(ledger, unit_idx, indicator_idx, it.kind, lost));
        }
    }
    let is_said = lines.iter().any(|it| it.what.starts_with("不涉及"));
    if score.state == State::NotApplicable && !is_said {
        lines.push(step_line(ledger, unit_idx, indicator_idx, LineKind::NotApplicable, Points::ZERO));
    }
    let mut entries = entries(ledger, unit_idx, indicator_idx, cell, score);
    // What 不计分 takes stands beside the entry that did it; where several rules' entries did it together, by itself.
    let acting = entries.iter_mut().find(|(entry, _)| {
        score.forfeits.iter().any(|it| it.rule_idx == entry.rule_idx && it.what == Forfeited::Indicator)
    });
    match acting {
        Some((_, line)) => line.lost += forfeited,
        None if forfeited.is_zero() => {}
        None => lines.insert(0, step_line(ledger, unit_idx, indicator_idx, LineKind::Forfeit, forfeited)),
    }
    entries.into_iter().map(|it| it.1).chain(lines).collect()
}

fn step_line(
    ledger: &Ledger,
    unit_idx: usize,
    indicator_idx: usize,
    kind: LineKind,
    lost: Points,
) -> LossLine {
    let words = words::line(ledger, unit_idx, indicator_idx, kind);
    LossLine { what: words.step, clause: words.basis, lost, ..LossLine::default() }
}

/// Returns the entries that stand, by date and of one day as recorded, each with its line; those that do not count take
/// nothing, and say why.
fn entries<'l>(
    ledger: &'l Ledger,
    unit_idx: usize,
    indicator_idx: usize,
    cell: &'l Cell,
    score: &IndicatorScore,
) -> Vec<(&'l Entry, LossLine)> {
    let indicator = ledger.rubric_of(unit_idx).indicator(indicator_idx);
    let counted = score.entries.iter().map(|it: &EntryTally| (it.entry_idx, Some(it.amount), None));
    let others = score.superseded.iter().map(|it| (it.entry_idx, None, Some(it.by)));
    let mut all: Vec<(usize, Option<Points>, Option<Reason>)> = counted.chain(others).collect();
    all.sort_by_key(|it| (cell.entries[it.0].deduction.date, it.0));
    let line = |(entry_idx, amount, by): (usize, Option<Points>, Option<Reason>)| {
        let entry = &cell.entries[entry_idx];
        let rule = &indicator.rules[entry.rule_idx];
        let amount = amount.unwrap_or_default();
        let mut how = words::entry_amount(ledger, unit_idx, indicator_idx, entry);
        if let Some(by) = by {
            how.push_str(&format!("（{}，不计）", words::why_superseded(rule, by)));
        }
        let deduction = &entry.deduction;
        let line = LossLine {
            what: rule.label.clone(),
            clause: rule.text.clone(),
            date: Some(deduction.date),
            how,
            lost: match rule.direction {
                Direction::Deduct => amount,
                Direction::Award => -amount,
            },
            note: deduction.note.clone(),
            source: deduction.source.clone(),
        };
        (entry, line)
    };
    all.into_iter().map(line).collect()
}

/// Returns what stands between the sums of the indicators and 扣分 of the whole, so that all of it adds up to that.
fn steps(ledger: &Ledger, unit_idx: usize) -> Vec<LossLine> {
    let score = ledger.score(unit_idx);
    let mut lines = Vec::new();
    let own: Points =
        score.indicators.iter().filter(|it| it.share != Share::Absent).map(|it| it.points).sum();
    let outside = score.points - own;
    if !outside.is_zero() {
        let what = format!("总满分{}，各指标满分之和{own}，相差", score.points);
        lines.push(LossLine { what, lost: outside, ..LossLine::default() });
    }
    for line in total_lines(ledger, unit_idx) {
        lines.push(step_line(ledger, unit_idx, 0, line.kind, -line.points));
    }
    lines
}

impl Feedback {
    /// Returns 扣分 of the whole, as far as it is decided.
    pub fn lost(&self) -> Option<Points> {
        self.score.map(|it| self.full_marks - it)
    }

    /// Says whether nothing was taken.
    pub fn is_spotless(&self) -> bool {
        self.steps.is_empty() && self.indicators.iter().all(|it| it.lines.is_empty())
    }

    /// Returns whose sheet it is, in a line.
    pub(super) fn whose(&self) -> String {
        let day = self.made_on;
        format!(
            "单位：{}（{}）　类别：{}　制表日期：{}年{}月{}日",
            self.unit,
            self.id,
            self.track,
            day.year(),
            day.month(),
            day.day()
        )
    }

    /// Returns score and place, as far as they are decided, in a line.
    pub(super) fn result(&self) -> String {
        let mut parts = vec![format!("满分{}分", self.full_marks)];
        match self.score.zip(self.lost()) {
            Some((score, lost)) => parts.push(format!("扣{lost}分，得{score}分")),
            None => parts.push(format!("得分{}", words::UNDECIDED)),
        }
        parts.extend(self.standing.iter().cloned());
        if self.is_spotless() {
            parts.push("全年没有扣分记录".to_owned());
        }
        format!("{}。", parts.join("；"))
    }
}

impl IndicatorLosses {
    /// Returns what stands beside the sum of an indicator: `3 政务新媒体 小计（满分10分，得9分，已复核）`.
    pub(super) fn result(&self) -> String {
        let sum = if self.lines.is_empty() { "未扣分" } else { "小计" };
        let score = self.score.map_or(String::new(), |it| format!("得{it}分，"));
        format!("{} {sum}（满分{}分，{score}{}）", self.name, self.points, self.state)
    }
}
