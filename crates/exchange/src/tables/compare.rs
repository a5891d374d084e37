//! `compare`: the classes side by side.

use kaohe_core::{
    ClassStatistics, Ledger, RankOptions, SharedIndicator, class_statistics, shared_indicators,
};

use crate::table::{Column, Table, Value};

/// Returns the figures of the classes, one column each: counts, mean, median, highest, lowest, and the 失分率 in
/// percent of each indicator that several classes share. Units that may not be ranked count in 单位数 alone.
pub fn compare_table(ledger: &Ledger, options: RankOptions) -> Table {
    let mut columns = vec![Column::text("项目")];
    columns.extend(ledger.rubrics().iter().map(|it| Column::number(it.track.to_string())));
    let mut table = Table::new(columns);
    let classes = class_statistics(ledger, options);
    let mut figure = |name: &str, of: &dyn Fn(&ClassStatistics) -> Value| {
        let mut row = vec![Value::text(name)];
        row.extend(classes.iter().map(of));
        table.rows.push(row);
    };
    let n_settled = |rubric_idx: usize| {
        ledger.units_of(rubric_idx).into_iter().filter(|it| ledger.score(*it).is_settled()).count()
    };
    figure("单位数", &|it| Value::count(it.n_units));
    figure("已复核单位数", &|it| Value::count(n_settled(it.rubric_idx)));
    figure("平均分", &|it| it.mean.into());
    figure("中位数", &|it| it.median.into());
    figure("最高分", &|it| it.highest.into());
    figure("最低分", &|it| it.lowest.into());
    for shared in shared_indicators(ledger, options) {
        let mut row = vec![Value::text(format!("失分率 {}", shared_name(ledger, &shared)))];
        row.extend((0..ledger.rubrics().len()).map(|rubric_idx| {
            let rate = shared.loss_rates.iter().find(|it| it.rubric_idx == rubric_idx);
            rate.map_or(Value::Empty, |it| it.percent.into())
        }));
        table.rows.push(row);
    }
    table
}

/// Returns the name of an indicator that classes call differently: 政务公开窗口·专区 for 政务公开窗口 and 政务公开专区.
pub(crate) fn shared_name(ledger: &Ledger, shared: &SharedIndicator) -> String {
    let name = |it: &kaohe_core::LossRate| &ledger.rubrics()[it.rubric_idx].indicator(it.indicator_idx).name;
    let names: Vec<&str> = shared.loss_rates.iter().map(|it| name(it).as_str()).collect();
    joined(&names)
}

fn joined(names: &[&str]) -> String {
    let Some((first, others)) = names.split_first() else { return String::new() };
    let mut shared = others.iter().fold(*first, |shared, name| {
        let n_shared = shared.chars().zip(name.chars()).take_while(|(one, other)| one == other).count();
        shared.char_indices().nth(n_shared).map_or(shared, |(at, _)| shared.split_at(at).0)
    });
    // One name may be the beginning of another one.
    if names.contains(&shared) {
        shared = "";
    }
    let mut joined = (*first).to_owned();
    let mut seen = vec![*first];
    for name in others {
        if !seen.contains(name) {
            seen.push(name);
            joined.push('·');
            joined.push_str(name.strip_prefix(shared).unwrap_or(name));
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{ledger_with, lines, review};

    #[test]
    fn names_join_after_what_they_share() {
        for (names, expected) in [
            (&["政务新媒体", "政务新媒体"][..], "政务新媒体"),
            (&["政务公开窗口", "政务公开专区"], "政务公开窗口·专区"),
            (&["年报", "信息公开年报"], "年报·信息公开年报"),
            (&["公开", "公开专区"], "公开·公开专区"),
            (&[], ""),
        ] {
            assert_eq!(joined(names), expected);
        }
    }

    #[test]
    fn classes_stand_side_by_side() {
        let mut ledger = ledger_with("a01,1,,late,,3,,\nb01,1,,late,,6,,\nb02,1,,late,,1,,");
        review(&mut ledger, 2, &[1, 3]);
        assert_eq!(
            lines(&compare_table(&ledger, RankOptions::default())),
            [
                "项目|区直|乡镇",
                "单位数|2|2",
                "已复核单位数|0|2",
                "平均分||59.65",
                "中位数||59.65",
                "最高分||59.9",
                "最低分||59.4",
                "失分率 主动公开信息||1.8",
                "失分率 政务新媒体||0",
                "失分率 依申请公开||0",
            ]
        );
        let provisional = lines(&compare_table(&ledger, RankOptions { provisional: true }));
        assert_eq!(provisional[3], "平均分|33.85|59.65");
        assert_eq!(provisional[7], "失分率 主动公开信息|1.5|1.8");
    }
}
