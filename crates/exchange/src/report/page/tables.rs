//! The tables of the page; each scrolls within its own box where it is wider than the screen.

use super::element;
use crate::markup::escape;
use crate::report::facts::{ClassFacts, Facts};
use crate::report::prose;

/// A column: its name, and the class of its cells.
type Column<'c> = (&'c str, &'c str);

/// Number columns.
const NUMBER: &str = "n";

/// Returns a table; the cell of the column `head` names its row.
fn table(caption: &str, columns: &[Column<'_>], head: usize, rows: &[Vec<String>]) -> String {
    let mut html = format!(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\">\n<table>\n<caption>{0}</caption>\n<thead>\n<tr>\n",
        escape(caption)
    );
    for (name, class) in columns {
        html.push_str(&cell("th", "col", class, name));
    }
    html.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in rows {
        html.push_str("<tr>\n");
        for (idx, (text, (_, class))) in row.iter().zip(columns).enumerate() {
            if idx == head {
                html.push_str(&cell("th", "row", class, text));
            } else {
                html.push_str(&element("td", class, text));
            }
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody>\n</table>\n</div>\n");
    html
}

fn cell(name: &str, scope: &str, class: &str, text: &str) -> String {
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    format!("<{name} scope=\"{scope}\"{class}>{}</{name}>\n", escape(text))
}

/// Returns the ranking of a class.
pub(super) fn ranking(class: &ClassFacts) -> String {
    let mut columns: Vec<Column<'_>> =
        vec![("名次", "place"), ("单位", "name"), ("得分", NUMBER), ("扣分", NUMBER), ("得分率", NUMBER)];
    let has_grades = !class.grades.is_empty();
    let has_notes = class.ranked.iter().any(|it| !it.is_settled);
    columns.extend(has_grades.then_some(("等次", "")));
    columns.extend(class.change.is_some().then_some(("上年名次", NUMBER)));
    columns.extend(has_notes.then_some(("备注", "")));
    let row = |unit: &crate::report::facts::RankedUnit| {
        let mut row = vec![
            prose::place(unit.rank, unit.is_tied),
            unit.name.clone(),
            unit.score.to_string(),
            unit.lost.to_string(),
            prose::percent(unit.rate),
        ];
        row.extend(has_grades.then(|| unit.grade.clone().unwrap_or_default()));
        let before = unit.rank_before.map_or("—".to_owned(), |it| it.to_string());
        row.extend(class.change.is_some().then_some(before));
        row.extend(has_notes.then(|| if unit.is_settled { "" } else { "未复核，暂计" }.to_owned()));
        row
    };
    let rows: Vec<Vec<String>> = class.ranked.iter().map(row).collect();
    table(&format!("{}单位考核排名", class.track), &columns, 1, &rows)
}

/// Returns where a class lost points.
pub(super) fn problems(class: &ClassFacts) -> String {
    let columns = [
        ("指标", "name"),
        ("问题", "name"),
        ("次数", NUMBER),
        ("单位数", NUMBER),
        ("失分", NUMBER),
        ("占比", NUMBER),
        ("细则条款", "wide"),
    ];
    let row = |it: &crate::report::losses::ProblemFacts| {
        let times = if it.n_occurrences > 0 { it.n_occurrences.to_string() } else { String::new() };
        vec![
            it.indicator.clone(),
            it.cause.clone(),
            times,
            it.n_units.to_string(),
            it.points.to_string(),
            prose::percent(it.percent),
            it.clause.clone(),
        ]
    };
    let rows: Vec<Vec<String>> = class.problems.problems.iter().map(row).collect();
    table(&format!("{}单位失分情况", class.track), &columns, 1, &rows)
}

/// Returns 失分率 of what the classes share.
pub(super) fn shared(facts: &Facts) -> String {
    let mut columns: Vec<Column<'_>> = vec![("指标", "")];
    columns.extend(facts.classes.iter().map(|it| (it.track.as_str(), NUMBER)));
    let row = |it: &crate::report::facts::SharedFacts| {
        let rates = it.rates.iter().map(|it| it.map_or("—".to_owned(), |it| format!("{it}%")));
        std::iter::once(it.name.clone()).chain(rates).collect()
    };
    let rows: Vec<Vec<String>> = facts.shared.iter().map(row).collect();
    table("共有指标的失分率", &columns, 0, &rows)
}
