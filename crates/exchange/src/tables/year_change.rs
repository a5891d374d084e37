//! `compare --with`: a year beside another one, unit by unit or indicator by indicator.

use kaohe_core::{InYear, IndicatorChange, Ledger, Points, UnitChange, YearChange};

use crate::table::{Column, Table, Value};
use crate::words;

/// Returns the units of both years, class by class, those that are gone last. 名次变化 is positive where a unit rose;
/// 得分变化 is empty where the full marks differ, and then 得分率变化 tells.
pub fn unit_change_table(now: &Ledger, before: &Ledger, change: &YearChange) -> Table {
    let mut table = Table::new(vec![
        Column::text("类别"),
        Column::text("编号"),
        Column::text("单位"),
        Column::number("名次"),
        Column::number("上年名次"),
        Column::number("名次变化"),
        Column::number("满分"),
        Column::number("得分"),
        Column::number("上年满分"),
        Column::number("上年得分"),
        Column::number("得分变化"),
        Column::number("得分率"),
        Column::number("上年得分率"),
        Column::number("得分率变化"),
        Column::text("备注"),
    ]);
    table.rows.extend(change.units.iter().map(|it| unit_row(now, before, it)));
    table
}

fn unit_row(now: &Ledger, before: &Ledger, change: &UnitChange) -> Vec<Value> {
    let (new, old) = (change.now.as_ref(), change.before.as_ref());
    let unit = match (new, old) {
        (Some(it), _) => Some(now.unit(it.idx)),
        (None, Some(it)) => Some(before.unit(it.idx)),
        (None, None) => None,
    };
    let rank = |it: Option<&InYear>| it.and_then(|it| it.rank).map_or(Value::Empty, Value::count);
    let points = |it: Option<&InYear>| Value::from(it.map(|it| it.full_marks));
    let score = |it: Option<&InYear>| Value::from(it.and_then(|it| it.score));
    let rate = |it: Option<&InYear>| Value::from(it.and_then(InYear::rate));
    vec![
        Value::text(change.track.as_str()),
        Value::text(unit.map_or("", |it| it.id.as_str())),
        Value::text(unit.map_or("", |it| it.name.as_str())),
        rank(new),
        rank(old),
        change.places_up().and_then(signed).into(),
        points(new),
        score(new),
        points(old),
        score(old),
        change.score_up().into(),
        rate(new),
        rate(old),
        change.rate_up().into(),
        Value::text(words::unit_change(change, before)),
    ]
}

/// Returns a number of places as tables have signed numbers.
fn signed(places: i64) -> Option<Points> {
    let points = Points::whole(u32::try_from(places.unsigned_abs()).ok()?);
    Some(if places < 0 { -points } else { points })
}

/// Returns the indicators of both years with their 失分率 in percent, class by class, those that are gone last.
pub fn indicator_change_table(now: &Ledger, before: &Ledger, change: &YearChange) -> Table {
    let mut table = Table::new(vec![
        Column::text("类别"),
        Column::text("指标"),
        Column::text("指标名称"),
        Column::text("上年指标"),
        Column::text("上年指标名称"),
        Column::number("满分"),
        Column::number("上年满分"),
        Column::number("失分率"),
        Column::number("上年失分率"),
        Column::number("失分率变化"),
        Column::text("对应"),
    ]);
    table.rows.extend(change.indicators.iter().map(|it| indicator_row(now, before, it)));
    table
}

fn indicator_row(now: &Ledger, before: &Ledger, change: &IndicatorChange) -> Vec<Value> {
    let (new, old) = (change.now.as_ref(), change.before.as_ref());
    let names = |ledger: &Ledger, rubric_idx: Option<usize>, it: Option<&InYear>| {
        let indicator = rubric_idx.zip(it).map(|(class, it)| ledger.rubrics()[class].indicator(it.idx));
        [
            Value::text(indicator.map_or("", |it| it.number.as_str())),
            Value::text(indicator.map_or("", |it| it.name.as_str())),
        ]
    };
    let points = |it: Option<&InYear>| Value::from(it.map(|it| it.full_marks));
    let rate = |it: Option<&InYear>| Value::from(it.and_then(InYear::loss_rate));
    let mut row = vec![Value::text(change.track.as_str())];
    row.extend(names(now, change.rubric_idx, new));
    row.extend(names(before, change.before_rubric_idx, old));
    row.extend([points(new), points(old), rate(new), rate(old), change.loss_rate_up().into()]);
    row.push(Value::text(words::indicator_change(change)));
    row
}

#[cfg(test)]
mod tests {
    use kaohe_core::{Ledger, RankOptions, Settings, year_change};

    use super::*;
    use crate::sample::{import, ledger, lines, review, roster, rubrics};

    /// An earlier year: 区财政局 was not yet there, 区粮食局 was, 北洲子镇 was scored as 区直, 政务新媒体 of 区直 was
    /// worth twice as much, and 依申请公开 of 乡镇 went by another id.
    fn before() -> Ledger {
        let (mut rubrics, mut roster) = (rubrics(), roster());
        let media = &mut rubrics[0].sections[0].indicators[1];
        media.points = "20".parse().unwrap();
        media.items[0].points = media.points;
        rubrics[0].points = "44".parse().unwrap();
        rubrics[0].sections[0].points = rubrics[0].points;
        rubrics[1].sections[0].indicators[2].id = "asked".into();
        rubrics[1].sections[0].indicators[1].name = "新媒体".to_owned();
        rubrics[1].sections[0].indicators[1].id = "new-media".into();
        roster.units[2].id = "a09".into();
        roster.units[2].name = "区粮食局".to_owned();
        roster.units[3].track = "区直".into();
        let mut ledger = Ledger::new(rubrics, roster, Settings::default()).unwrap();
        import(&mut ledger, 1, "a01,1,,late,,5,,\nb01,1,,late,,10,,");
        review(&mut ledger, 2, &[0, 1, 2, 3]);
        ledger
    }

    fn now() -> Ledger {
        let mut ledger = ledger();
        import(&mut ledger, 1, "a01,1,,late,,3,,\na02,3,,stale,,1,,\nb01,1,,late,,4,,");
        review(&mut ledger, 2, &[0, 1, 2, 3]);
        ledger
    }

    #[test]
    fn units_stand_with_both_ranks_and_scores_and_rates_where_full_marks_differ() {
        let (now, before) = (now(), before());
        let change = year_change(&now, &before, &[], RankOptions::default());
        assert_eq!(
            lines(&unit_change_table(&now, &before, &change)),
            [
                "类别|编号|单位|名次|上年名次|名次变化|满分|得分|上年满分|上年得分|得分变化|得分率|上年得分率|得分率变化|备注",
                "区直|a02|区财政局（国资办）|1|||34|33.9||||99.7|||新增",
                "区直|a01|区教育局|2|3|1|34|33.7|44|43.5||99.1|98.9|0.2|",
                "乡镇|b02|北洲子镇|1|1||60|60|44|44||100|100|0|原在区直",
                "乡镇|b01|河坝镇|2|1|-1|60|59.6|60|59|0.6|99.3|98.3|1|",
                "区直|a09|区粮食局||1||||44|44|||100||不再考核",
            ]
        );
    }

    #[test]
    fn indicators_are_matched_by_map_then_id_then_name() {
        let (now, before) = (now(), before());
        let rows = |map: &[(String, String)]| {
            let change = year_change(&now, &before, map, RankOptions::default());
            lines(&indicator_change_table(&now, &before, &change))
        };
        assert_eq!(
            rows(&[]),
            [
                "类别|指标|指标名称|上年指标|上年指标名称|满分|上年满分|失分率|上年失分率|失分率变化|对应",
                "区直|1|主动公开信息|1|主动公开信息|10|10|1.5|1.7|-0.2|编号相同",
                "区直|3|政务新媒体|3|政务新媒体|10|20|0.5|0|0.5|编号相同",
                "区直|4|基础信息公开|4|基础信息公开|4|4|0|0|0|编号相同",
                "区直|8|依申请公开|8|依申请公开|10|10|0|0|0|编号相同",
                "乡镇|1|主动公开信息|1|主动公开信息|20|20|1|5|-4|编号相同",
                "乡镇|2|政务新媒体|||20||0|||上年没有",
                "乡镇|3|依申请公开|3|依申请公开|20|20|0|0|0|名称相同",
                "乡镇|||2|新媒体||20||0||今年没有",
            ]
        );
        let mapped = rows(&[("新媒体".to_owned(), "media".to_owned())]);
        assert_eq!(mapped[6], "乡镇|2|政务新媒体|2|新媒体|20|20|0|0|0|对照表");
        assert_eq!(mapped.len(), 8);
    }
}
