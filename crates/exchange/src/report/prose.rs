//! The sentences of a report, the same in the circular and on the page.

use jiff::civil::Date;
use kaohe_core::Points;

use super::change::ClassChange;
use super::facts::{ClassFacts, Facts, UnrankedUnit};

/// The most units that a sentence names before it only says how many there are.
const MAX_NAMED: usize = 6;
/// How many causes a sentence names.
const MAX_CAUSES: usize = 3;

/// What the office still has to write; no figure follows from anything here.
pub(super) const REQUIREMENTS: &str = "〔此处由办公室撰写：对上述问题的整改要求、完成时限和责任单位〕";

/// Returns a day as official documents write it: 2023年12月31日.
pub(super) fn date(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// Returns what somebody who takes the draft in hand has to know before anything else.
pub(super) fn remarks(facts: &Facts) -> Vec<String> {
    let mut remarks = Vec::new();
    if !facts.mark.is_empty() {
        remarks.push(format!("〔{}〕本稿由标为“{}”的数据生成，不是真实的考核结果。", facts.mark, facts.mark));
    }
    let pending = |it: &ClassFacts| it.ranked.iter().filter(|it| !it.is_settled).count();
    let n_pending: usize = facts.classes.iter().map(pending).sum();
    if n_pending > 0 {
        remarks.push(format!(
            "〔暂计〕有 {n_pending} 个单位还没有复核完，本稿按暂计得分给它们排了名；复核完后得分和名次都可能变，印发前请重新生成。"
        ));
    }
    remarks
}

/// Returns on what the assessment rests: 根据《…》（大政公办发〔2023〕4号）….
pub(super) fn opening(facts: &Facts) -> String {
    let mut basis = String::new();
    for (idx, (title, source)) in facts.basis.iter().enumerate() {
        if idx > 0 {
            basis.push('、');
        }
        basis.push_str(&format!("《{title}》"));
        // Rubrics that one document issued name it once.
        let is_last_of_source = facts.basis.get(idx + 1).is_none_or(|next| next.1 != *source);
        if is_last_of_source && !source.is_empty() {
            basis.push_str(&format!("（{source}）"));
        }
    }
    let n_units: usize = facts.classes.iter().map(|it| it.figures.n_units).sum();
    format!("根据{basis}，对{n_units}个单位进行了考核。现将考核情况通报如下：")
}

/// Returns how many units were assessed, and how far the review is.
pub(super) fn scope(facts: &Facts) -> String {
    let sum = |of: fn(&ClassFacts) -> usize| facts.classes.iter().map(of).sum::<usize>();
    let (n_units, n_settled) = (sum(|it| it.figures.n_units), sum(|it| it.n_settled));
    let mut text = format!("纳入考核的单位共{n_units}个");
    if facts.classes.len() > 1 {
        let classes = facts.classes.iter().map(|it| format!("{}{}个", it.track, it.figures.n_units));
        text.push_str(&format!("，其中{}", classes.collect::<Vec<_>>().join("、")));
    }
    match n_units - n_settled {
        0 => text.push_str("，全部复核完毕。"),
        n_pending => text.push_str(&format!("；复核完毕{n_settled}个，未复核完{n_pending}个。")),
    }
    if let Some(period) = facts.period {
        text.push_str(&format!("考核期限为{}至{}。", date(period.from), date(period.to)));
    }
    text
}

/// Returns the figures of a class in a sentence: mean, median, highest and lowest with who has them, and the spread.
pub(super) fn figures(class: &ClassFacts) -> String {
    let figures = &class.figures;
    let head = format!("{}单位满分{}分", class.track, class.full_marks);
    let both = figures.highest.zip(figures.lowest).zip(figures.mean.zip(figures.median)).zip(class.spread);
    let Some((((highest, lowest), (mean, median)), spread)) = both else {
        return format!(
            "{head}，{}个单位都还没有可以排名的得分，不计平均分、中位数和最高、最低分。",
            figures.n_units
        );
    };
    let who = if figures.n_ranked == figures.n_units {
        format!("{}个单位参加排名", figures.n_units)
    } else {
        format!("{}个单位中{}个参加排名", figures.n_units, figures.n_ranked)
    };
    if spread.is_zero() {
        let all = if figures.n_ranked == 1 { "得分为" } else { "得分都是" };
        return format!("{head}，{who}，{all}{highest}分（{}）。", named(&class.highest));
    }
    format!(
        "{head}，{who}。平均分{mean}分，中位数{median}分；最高分{highest}分（{}），最低分{lowest}分（{}），相差{spread}分。",
        named(&class.highest),
        named(&class.lowest)
    )
}

/// Returns who is not ranked and why, a sentence for each reason; nobody is left out.
pub(super) fn unranked(class: &ClassFacts) -> Vec<String> {
    let mut states: Vec<&str> = Vec::new();
    for unit in &class.unranked {
        if !states.contains(&unit.state) {
            states.push(unit.state);
        }
    }
    let sentence = |state: &str| {
        let units: Vec<&UnrankedUnit> = class.unranked.iter().filter(|it| it.state == state).collect();
        let names = units.iter().map(|it| match it.n_settled {
            (n_settled, n) if n_settled < n => format!("{}（已复核{n_settled}/{n}）", it.name),
            (_, _) => it.name.clone(),
        });
        format!(
            "{state}、不排名的{}单位{}个：{}。",
            class.track,
            units.len(),
            names.collect::<Vec<_>>().join("、")
        )
    };
    states.into_iter().map(sentence).collect()
}

/// Returns who has which grade, a sentence for each.
pub(super) fn grades(class: &ClassFacts) -> Vec<String> {
    let sentence = |grade: &super::facts::GradeFacts| {
        let name = match &grade.name {
            Some(name) => format!("{name}（{}分及以上）", grade.from),
            None => "没有等次".to_owned(),
        };
        let n = grade.units.len();
        if n == 0 {
            format!("{name}：没有单位。")
        } else {
            format!("{name}{n}个：{}。", grade.units.join("、"))
        }
    };
    class.grades.iter().map(sentence).collect()
}

/// Returns where a class lost points, in a sentence or two.
pub(super) fn losses(class: &ClassFacts) -> String {
    let n_ranked = class.figures.n_ranked;
    if n_ranked == 0 {
        return format!("{}没有参加排名的单位，不统计失分。", class.track);
    }
    let problems = &class.problems.problems;
    if problems.is_empty() {
        return format!("参加排名的{n_ranked}个{}单位没有失分。", class.track);
    }
    let causes: Vec<String> = problems.iter().take(MAX_CAUSES).map(problem).collect();
    let mut text = format!("参加排名的{n_ranked}个{}单位合计失分{}分", class.track, class.problems.lost);
    if !class.problems.gained.is_zero() {
        text.push_str(&format!("（其中加分抵去{}分）", class.problems.gained));
    }
    let few = if problems.len() > 1 { "失分较多的是" } else { "失分在于" };
    text.push_str(&format!("，{few}：{}。", causes.join("；")));
    text
}

fn problem(it: &super::losses::ProblemFacts) -> String {
    let times = if it.n_occurrences > 0 { format!("{}次，", it.n_occurrences) } else { String::new() };
    let indicator = it.indicator.split_once(' ').map_or(it.indicator.as_str(), |it| it.1);
    format!("{indicator}“{}”（{times}涉及{}个单位，失分{}分）", it.cause, it.n_units, it.points)
}

/// Returns what moved in a class since the earlier year.
pub(super) fn change(class: &ClassFacts, change: &ClassChange, before: u16) -> String {
    let mut text = class.track.clone();
    match change.mean {
        Some(mean) => {
            let (what, unit) = if mean.is_rate { ("平均得分率", "%") } else { ("平均分", "分") };
            let (up, by) = (mean.now - mean.before, (mean.now - mean.before).abs());
            let moved = if up.is_zero() {
                "持平".to_owned()
            } else {
                let points = if mean.is_rate { "个百分点" } else { "分" };
                format!("{}{by}{points}", if up.is_negative() { "下降" } else { "上升" })
            };
            text.push_str(&format!(
                "{what}由{before}年的{}{unit}变为{}{unit}，{moved}。",
                mean.before, mean.now
            ));
        }
        None => text.push_str("两年中有一年没有平均分，不作比较。"),
    }
    if change.n_compared > 0 {
        let n_same = change.n_compared - change.n_up - change.n_down;
        text.push_str(&format!(
            "两年都有名次的单位{}个，名次上升{}个、下降{}个、不变{n_same}个",
            change.n_compared, change.n_up, change.n_down
        ));
        for (word, (places, names)) in [("上升", &change.most_up), ("下降", &change.most_down)] {
            if *places > 0 {
                text.push_str(&format!("；{word}最多的是{}（{places}位）", named(names)));
            }
        }
        text.push('。');
    }
    for (word, names) in [("新纳入", &change.new), ("不再纳入", &change.gone)] {
        if !names.is_empty() {
            text.push_str(&format!("{word}的单位{}个：{}。", names.len(), named(names)));
        }
    }
    text
}

/// Returns 失分率 of the indicators that several classes share, in a sentence; nothing where there are none.
pub(super) fn shared(facts: &Facts) -> Option<String> {
    let one = |it: &super::facts::SharedFacts| {
        let rates = facts
            .classes
            .iter()
            .zip(&it.rates)
            .filter_map(|(class, rate)| Some(format!("{}{}%", class.track, (*rate)?)));
        let rates: Vec<String> = rates.collect();
        (!rates.is_empty()).then(|| format!("{}（{}）", it.name, rates.join("、")))
    };
    let all: Vec<String> = facts.shared.iter().filter_map(one).collect();
    (!all.is_empty()).then(|| format!("各类共有指标的失分率为：{}。", all.join("、")))
}

/// Returns names, the first of them where there are many: 甲、乙等15个单位.
pub(super) fn named(names: &[String]) -> String {
    let first: Vec<&str> = names.iter().take(MAX_NAMED).map(String::as_str).collect();
    let first = first.join("、");
    if names.len() > MAX_NAMED { format!("{first}等{}个单位", names.len()) } else { first }
}

/// Returns a rank as a table has it: `3`, `3（并列）`.
pub(super) fn place(rank: usize, is_tied: bool) -> String {
    if is_tied { format!("{rank}（并列）") } else { rank.to_string() }
}

/// Returns percent with its sign, or nothing.
pub(super) fn percent(percent: Option<Points>) -> String {
    percent.map_or(String::new(), |it| format!("{it}%"))
}
