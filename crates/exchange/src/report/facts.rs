//! What a report says, computed once: the circular and the page only put it into words and pictures.

use jiff::civil::Date;
use kaohe_core::{
    Bin, ClassStatistics, Ledger, Period, Points, RankOptions, Standing, class_statistics, distribution,
    rank, shared_indicators,
};

use super::change::{ClassChange, class_changes};
use super::losses::{ClassProblems, class_problems};
use super::office::Office;
use crate::tables::shared_name;
use crate::words;

/// What a report is made from.
#[derive(Clone, Copy, Debug)]
pub struct ReportIn<'l> {
    /// The year, as it is or as it was.
    pub ledger: &'l Ledger,
    /// Its number.
    pub year: u16,
    /// What it is called: 2023年政务公开考核.
    pub name: &'l str,
    /// A word that marks made-up data, or nothing.
    pub mark: &'l str,
    /// The earlier year that it is held against, where there is one.
    pub before: Option<(u16, &'l Ledger)>,
    /// Whether units that are 未复核 are ranked by their provisional scores (R8).
    pub options: RankOptions,
    /// The day of the document; the caller's, since no clock is asked here.
    pub made_on: Date,
    /// The title, where it is not to be the usual one.
    pub title: Option<&'l str>,
    /// Who issues it, where the rubrics do not tell.
    pub office: Option<&'l str>,
    /// Whom it is sent to, where the rubrics do not tell.
    pub addressees: Option<&'l str>,
}

/// What a report says.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The title.
    pub title: String,
    /// A word that marks made-up data, or nothing.
    pub mark: String,
    /// Who issues it, as far as that is known.
    pub office: Option<String>,
    /// Whom it is sent to, as far as that is known; without the colon.
    pub addressees: Option<String>,
    /// The day of the document.
    pub made_on: Date,
    /// Whether provisional scores are ranked too.
    pub is_provisional: bool,
    /// The rubrics by their titles, with the number of the document that issued them.
    pub basis: Vec<(String, String)>,
    /// First and last day, where all rubrics say the same.
    pub period: Option<Period>,
    /// The classes, in the order of the rubrics.
    pub classes: Vec<ClassFacts>,
    /// Indicators that several classes share.
    pub shared: Vec<SharedFacts>,
    /// The earlier year, where there is one.
    pub before: Option<u16>,
}

/// What is said of a class.
#[derive(Clone, Debug)]
pub struct ClassFacts {
    /// Its name.
    pub track: String,
    /// 满分.
    pub full_marks: Points,
    /// Counts, mean, median, highest and lowest of the units that are ranked.
    pub figures: ClassStatistics,
    /// How many units are reviewed to the end.
    pub n_settled: usize,
    /// Who has the highest score.
    pub highest: Vec<String>,
    /// Who has the lowest score.
    pub lowest: Vec<String>,
    /// Highest less lowest.
    pub spread: Option<Points>,
    /// The units with a place, in its order.
    pub ranked: Vec<RankedUnit>,
    /// The units without one.
    pub unranked: Vec<UnrankedUnit>,
    /// The grades, the best first, each with its units; empty where the rubric has none.
    pub grades: Vec<GradeFacts>,
    /// How the scores lie, the highest first.
    pub bins: Vec<Bin>,
    /// Where points were lost.
    pub problems: ClassProblems,
    /// What moved since the earlier year.
    pub change: Option<ClassChange>,
}

/// A unit with a place.
#[derive(Clone, Debug)]
pub struct RankedUnit {
    /// 名次.
    pub rank: usize,
    /// 并列.
    pub is_tied: bool,
    /// The full name.
    pub name: String,
    /// 得分.
    pub score: Points,
    /// 扣分.
    pub lost: Points,
    /// 得分率 in percent.
    pub rate: Option<Points>,
    /// 等次.
    pub grade: Option<String>,
    /// 名次 in the earlier year.
    pub rank_before: Option<usize>,
    /// Whether it is reviewed to the end; its score is provisional where it is not.
    pub is_settled: bool,
}

/// A unit without a place.
#[derive(Clone, Debug)]
pub struct UnrankedUnit {
    /// The full name.
    pub name: String,
    /// Why: 未复核, 待定 or 取消资格.
    pub state: &'static str,
    /// How many of its indicators are settled, and how many there are.
    pub n_settled: (usize, usize),
}

/// Who has earned a grade.
#[derive(Clone, Debug)]
pub struct GradeFacts {
    /// Its name; none for those who earned none.
    pub name: Option<String>,
    /// Points from which on it is earned.
    pub from: Points,
    /// Who, by rank.
    pub units: Vec<String>,
}

/// An indicator that several classes share.
#[derive(Clone, Debug)]
pub struct SharedFacts {
    /// Its name.
    pub name: String,
    /// 失分率 in percent, of each class of [`Facts::classes`] by its place; none where it has no such indicator, or no
    /// unit counts.
    pub rates: Vec<Option<Points>>,
}

/// Computes what a report says.
pub fn report_facts(input: &ReportIn<'_>) -> Facts {
    let ledger = input.ledger;
    let office = Office::of(ledger);
    let given = |given: Option<&str>, known: Option<&str>| given.or(known).map(str::to_owned);
    let periods: Vec<Option<Period>> = ledger.rubrics().iter().map(|it| it.period).collect();
    let changes = input.before.map(|(_, before)| class_changes(ledger, before, input.options));
    let problems = class_problems(ledger, input.options);
    let figures = class_statistics(ledger, input.options);
    let mut classes = Vec::new();
    for (figures, problems) in figures.into_iter().zip(problems) {
        let change = changes.as_ref().and_then(|it| it[figures.rubric_idx].clone());
        classes.push(class_facts(input, figures, problems, change));
    }
    Facts {
        title: input.title.map_or_else(|| format!("关于{}情况的通报", input.name), str::to_owned),
        mark: input.mark.to_owned(),
        office: given(input.office, office.as_ref().map(|it| it.name)),
        addressees: given(input.addressees, office.as_ref().map(|it| it.addressees))
            .map(|it| it.trim_end_matches(['：', ':']).to_owned()),
        made_on: input.made_on,
        is_provisional: input.options.provisional,
        basis: ledger.rubrics().iter().map(|it| (it.title.clone(), it.source.clone())).collect(),
        period: periods
            .first()
            .copied()
            .flatten()
            .filter(|it| periods.iter().all(|other| *other == Some(*it))),
        classes,
        shared: shared_facts(ledger, input.options),
        before: input.before.map(|it| it.0),
    }
}

fn class_facts(
    input: &ReportIn<'_>,
    figures: ClassStatistics,
    problems: ClassProblems,
    change: Option<ClassChange>,
) -> ClassFacts {
    let ledger = input.ledger;
    let rubric_idx = figures.rubric_idx;
    let rubric = &ledger.rubrics()[rubric_idx];
    let (mut ranked, mut unranked) = (Vec::new(), Vec::new());
    for standing in rank(ledger, rubric_idx, input.options) {
        match standing.rank {
            Some(rank) => ranked.push(ranked_unit(ledger, standing, rank, change.as_ref())),
            None => {
                let score = ledger.score(standing.unit_idx);
                unranked.push(UnrankedUnit {
                    name: ledger.unit(standing.unit_idx).name.clone(),
                    state: words::total_state(score),
                    n_settled: (score.n_settled, score.indicators.len()),
                });
            }
        }
    }
    let with = |score: Option<Points>| {
        ranked.iter().filter(|it| Some(it.score) == score).map(|it| it.name.clone()).collect()
    };
    ClassFacts {
        track: rubric.track.to_string(),
        full_marks: rubric.points,
        n_settled: ledger.units_of(rubric_idx).iter().filter(|it| ledger.score(**it).is_settled()).count(),
        highest: with(figures.highest),
        lowest: with(figures.lowest),
        spread: figures.highest.zip(figures.lowest).map(|(highest, lowest)| highest - lowest),
        grades: grade_facts(rubric, &ranked),
        bins: distribution(ledger, rubric_idx, input.options),
        figures,
        ranked,
        unranked,
        problems,
        change,
    }
}

fn ranked_unit(ledger: &Ledger, standing: Standing, rank: usize, change: Option<&ClassChange>) -> RankedUnit {
    let score = ledger.score(standing.unit_idx);
    let grades = &ledger.rubric_of(standing.unit_idx).grades;
    RankedUnit {
        rank,
        is_tied: standing.is_tied,
        name: ledger.unit(standing.unit_idx).name.clone(),
        score: score.score,
        lost: score.lost(),
        rate: score.score.percent_of(score.points),
        grade: score.grade.map(|it| grades[it].name.clone()),
        rank_before: change.and_then(|it| it.rank_before(standing.unit_idx)),
        is_settled: score.is_settled(),
    }
}

fn grade_facts(rubric: &kaohe_core::Rubric, ranked: &[RankedUnit]) -> Vec<GradeFacts> {
    if rubric.grades.is_empty() {
        return Vec::new();
    }
    let with = |grade: Option<&str>| {
        ranked.iter().filter(|it| it.grade.as_deref() == grade).map(|it| it.name.clone()).collect()
    };
    let mut grades: Vec<GradeFacts> = rubric
        .grades
        .iter()
        .map(|it| GradeFacts { name: Some(it.name.clone()), from: it.from, units: with(Some(&it.name)) })
        .collect();
    let without: Vec<String> = with(None);
    if !without.is_empty() {
        grades.push(GradeFacts { name: None, from: Points::ZERO, units: without });
    }
    grades
}

fn shared_facts(ledger: &Ledger, options: RankOptions) -> Vec<SharedFacts> {
    let shared = shared_indicators(ledger, options);
    let facts = shared.iter().map(|it| {
        let rate = |class: usize| it.loss_rates.iter().find(|it| it.rubric_idx == class)?.percent;
        SharedFacts { name: shared_name(ledger, it), rates: (0..ledger.rubrics().len()).map(rate).collect() }
    });
    facts.collect()
}
