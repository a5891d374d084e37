//! Sentences for rubrics that contradict themselves.

use kaohe_core::{Idle, Part, RubricFault};

use super::meaning::bad_id;
use super::one_of;

pub(super) fn rubric(fault: &RubricFault) -> (&'static str, String) {
    let plain = |code, sentence: &str| (code, sentence.to_owned());
    match fault {
        RubricFault::SumDiffers { whole, parts, stated, sum, group } => (
            "sum",
            format!(
                "分值对不上：{}写的是 {stated} 分，{}{}合计 {sum} 分，请改正其中一处",
                part(*whole),
                part(*parts),
                concerned(group.as_deref())
            ),
        ),
        RubricFault::WeightsDiffer { parts, sum, group } => {
            ("weight", format!("{}的权重{}合计 {sum}%，应为 100%", part(*parts), concerned(group.as_deref())))
        }
        RubricFault::WeightMissing { parts, stated, sum, group } => (
            "weight",
            format!(
                "权重或分值加不起来：{0}有的写了权重 weight，这里没有写，全部计入，{1}合计 {sum} 分，应为 {stated} 分",
                part(*parts),
                concerned(group.as_deref())
            ),
        ),
        RubricFault::NeverFull { sum } => {
            ("reach", format!("下面的指标合计只有 {sum} 分，到不了这里的分值：分值改小些才起作用"))
        }
        RubricFault::Duplicate { part: repeated, given } => {
            ("twice", format!("{}“{given}”重复：请改成不同的，或只留一处", part(*repeated)))
        }
        RubricFault::BadId { given } => ("id", bad_id(given)),
        RubricFault::EmptyText => plain("empty", "这里不能空着：请填写"),
        RubricFault::EmptyList => plain("empty", "这里至少要有一项"),
        RubricFault::NotPositive => plain("points", "必须大于 0"),
        RubricFault::NothingToLose => {
            plain("points", "必须大于 0：总分之外只扣分的可以写 0，但要用 at_least 写明最少几分，如 -10")
        }
        RubricFault::Negative => plain("points", "不能小于 0"),
        RubricFault::PercentOutOfRange => plain("percent", "百分数要在 0 到 100 之间"),
        RubricFault::PeriodReversed => plain("period", "考核期限的止日早于起日：请对调"),
        RubricFault::BoundsReversed => plain("bounds", "下限大于上限，或起止颠倒：请对调"),
        RubricFault::FloorAboveZero => {
            plain("floor", "最低得分 at_least 不能大于 0：不写就是 0，写负数表示可以扣成负分")
        }
        RubricFault::FloorInside => {
            plain("floor", "总分之内的一级指标不能低于 0 分：at_least 只用于 outside: true 的一级指标")
        }
        RubricFault::GateInside => {
            plain("gate", "总分之内的一级指标不能设前提 gate：它只用于 outside: true 的一级指标")
        }
        RubricFault::GateUnreachable { most } => {
            ("gate", format!("前提要求的分数达不到：最多只有 {most} 分"))
        }
        RubricFault::GateAlwaysOpen => plain("gate", "这个前提总能达到，不起作用"),
        RubricFault::GateOnItself => plain("gate", "前提不能是这个指标自己的得分：请写另一个指标的编号"),
        RubricFault::GatesInRing => plain("gate", "几个指标的前提绕成了一圈：请去掉其中一个"),
        RubricFault::FinerThanRounded { decimals } => (
            "decimals",
            format!("得分只取 {decimals} 位小数，这里的分值却更细：请改 decimals（小数位数）或分值"),
        ),
        RubricFault::TooManyDecimals { most } => ("decimals", format!("最多 {most} 位小数")),
        RubricFault::UnknownIndicator { given, nearest, known } => {
            ("indicator", format!("细则里没有编号为“{given}”的指标：{}", hint(nearest.as_ref(), known)))
        }
        RubricFault::TagInBoth { tag } => (
            "tag",
            format!("标签“{tag}”既在 only 里又在 except 里：有这个标签的单位到底考不考核，请只留一处"),
        ),
        RubricFault::UnknownRule { given, nearest, known } => {
            ("rule", format!("所指的规则“{given}”不在这个指标里：{}", hint(nearest.as_ref(), known)))
        }
        RubricFault::ForfeitOverItself => plain("rule", "这条规则自己的次数本来就计算在内：请去掉"),
        RubricFault::CapsCross { other } => {
            ("caps", format!("与最高扣分“{other}”所限的规则部分重叠：两者要么互不相干，要么一个包含另一个"))
        }
        RubricFault::CapMixesDirections => {
            plain("caps", "一个上限不能既限扣分又限加分：请分成两个，各限一种")
        }
        RubricFault::CapOverNoPoints => {
            plain("cap", "不计分和一票否决的规则没有自己的分值，这个上限限不到它：可以去掉")
        }
        RubricFault::CapNeverBinds { points } => {
            ("cap", format!("这个上限不会起作用：一共最多只有 {points} 分"))
        }
        RubricFault::TextNotInMethod => {
            plain("text", "规则的 text（原文）在评分办法 method 里找不到：请核对文字")
        }
        RubricFault::MoreThanThereIs { points } => (
            "bounds",
            format!("所记的要点或指标只有 {points} 分，这样一条也记不了：请改小下限，或改用别的扣分方式"),
        ),
        RubricFault::WorthTooMuch { points } => {
            ("worth", format!("一条记录就可能超过这个指标的 {points} 分，超出的不计：请核对"))
        }
        RubricFault::AwardNeverGives => plain(
            "award",
            "加分加不上去：指标从满分起算，又没有扣分的规则。从 0 分起加请在指标里写 start: Zero",
        ),
        RubricFault::NothingAwarded => {
            plain("award", "指标从 0 分起算（start: Zero），却没有一条加分的规则，分值得不到")
        }
        RubricFault::ScoreIsTaken => plain(
            "start",
            "指标从满分起算，这条规则算出的分是扣的，完成得越好扣得越多：要得分的，请在指标里写 start: Zero",
        ),
        RubricFault::NoEffect { what } => ("idle", idle(*what).to_owned()),
        RubricFault::RankStandsAlone => {
            plain("rank", "与同类单位比的规则每个单位只取最后一条，不分时段：请去掉 combine 和 per")
        }
        RubricFault::WeeksWithoutPeriod => {
            plain("period", "细则没有写考核期限 period，每几周就从各条记录当年的 1 月 1 日数起：请写明期限")
        }
        RubricFault::BandsNotInOrder => plain("bands", "各档要由轻到重写：这一档的界限没有比前一档更远"),
        RubricFault::BandsNotDearer => plain("bands", "各档要由轻到重写：这一档的分值没有比前一档多"),
        RubricFault::Gap { at } => {
            ("gap", format!("与相邻的一档之间有空当：例如 {at} 哪一档都不是，请让两档首尾相接"))
        }
        RubricFault::Overlap { at } => ("overlap", format!("与另一档重叠：例如 {at} 两档都是，请改正界限")),
        RubricFault::PlaceZero => plain("place", "没有第 0 名：第一名写 1，最后一名写 -1"),
        RubricFault::PlaceNeverApplies => plain("place", "这些名次前面都已写过，这一项不会起作用"),
        RubricFault::GradesNotFalling => plain("grades", "等次要从高到低写：这一等的起点没有比前一等低"),
        RubricFault::GradeUnreachable { most } => ("grades", format!("这一等评不上：总分最多只有 {most} 分")),
        RubricFault::LowestGradeAboveZero { from } => {
            ("grades", format!("总分低于 {from} 分的没有等次：要有的话，请加一等从 0 分起的"))
        }
        RubricFault::NoGrades => plain("grades", "细则没有设等次 grades，这里却说到等次：请补上等次"),
        RubricFault::UnknownGrade { given, nearest, known } => {
            ("grades", format!("没有等次“{given}”：{}", hint(nearest.as_ref(), known)))
        }
    }
}

fn hint(nearest: Option<&String>, known: &[String]) -> String {
    nearest.map_or_else(|| one_of(known), |it| format!("是否应为“{it}”"))
}

/// Returns for which units something is so, to stand before 合计.
fn concerned(group: Option<&[String]>) -> String {
    match group {
        None => String::new(),
        Some([]) => "对没有相关标签的单位".to_owned(),
        Some(tags) => format!("对有标签“{}”的单位", tags.join("”“")),
    }
}

fn idle(what: Idle) -> &'static str {
    match what {
        Idle::Window => "记录本来就累计，按时段 per 分开不起作用：可以去掉，或写 combine",
        Idle::Combine => "这种规则没有自己的分值，combine 不起作用：可以去掉",
        Idle::NotApplicable => "总分之外的指标不涉及时总是不计，not_applicable 不起作用：可以去掉",
        Idle::TopGrade => "这是最高的等次，等次不高于它等于没有限制",
    }
}

fn part(part: Part) -> &'static str {
    match part {
        Part::Rubric => "细则",
        Part::Section => "一级指标",
        Part::Indicator => "二级指标",
        Part::CheckItem => "评分要点",
        Part::Rule => "规则",
        Part::Level => "档次",
        Part::Cap => "最高扣分",
        Part::Unit => "单位",
        Part::Modifier => "倍数",
        Part::Grade => "等次",
        Part::Tag => "标签",
    }
}
