//! Comparing the classes. Their points differ, so what they share is compared by 失分率.

use crate::id::IndicatorId;
use crate::ledger::Ledger;
use crate::points::Points;
use crate::rank::{RankOptions, may_rank};
use crate::score::{Share, State};

/// Decimal places of means and medians.
const MEAN_DECIMALS: u32 = 2;

/// Figures of a class. Only units that may be ranked count; there are none of them where `mean` is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassStatistics {
    /// Which of the ledger's rubrics.
    pub rubric_idx: usize,
    /// Units in the class.
    pub n_units: usize,
    /// Units that count.
    pub n_ranked: usize,
    /// Mean score, to two decimals.
    pub mean: Option<Points>,
    /// Median score, to two decimals.
    pub median: Option<Points>,
    /// Highest score.
    pub highest: Option<Points>,
    /// Lowest score.
    pub lowest: Option<Points>,
}

/// An indicator that several classes share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedIndicator {
    /// The indicator.
    pub id: IndicatorId,
    /// Its share of points lost in each class that has it, in the order of the classes.
    pub loss_rates: Vec<LossRate>,
}

/// 失分率: points lost of the points that could be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LossRate {
    /// Which of the ledger's rubrics.
    pub rubric_idx: usize,
    /// Which indicator of that rubric.
    pub indicator_idx: usize,
    /// Points lost by all units that count.
    pub lost: Points,
    /// Points that they could have had.
    pub points: Points,
    /// In percent, to one decimal place (R10); none where no unit counts.
    pub percent: Option<Points>,
}

/// The mean scores of a class, each to two decimals and none where it would be one of nobody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClassMeans {
    /// One per indicator of the rubric, over the units that it concerns.
    pub indicators: Vec<Option<Points>>,
    /// Of the totals.
    pub total: Option<Points>,
}

fn counted(ledger: &Ledger, rubric_idx: usize, options: RankOptions) -> Vec<usize> {
    let mut units = ledger.units_of(rubric_idx);
    units.retain(|&it| may_rank(ledger, it, options));
    units
}

/// Returns the figures of each class, in the order of the classes.
pub fn class_statistics(ledger: &Ledger, options: RankOptions) -> Vec<ClassStatistics> {
    let of_class = |rubric_idx: usize| {
        let units = counted(ledger, rubric_idx, options);
        let mut scores: Vec<Points> = units.iter().map(|&it| ledger.score(it).score).collect();
        scores.sort_unstable();
        let n = scores.len();
        // For an odd number both middles are the same score.
        let middles = scores.get(n.saturating_sub(1) / 2).zip(scores.get(n / 2));
        ClassStatistics {
            rubric_idx,
            n_units: ledger.units_of(rubric_idx).len(),
            n_ranked: n,
            mean: scores.iter().copied().sum::<Points>().divided(n, MEAN_DECIMALS),
            median: middles.and_then(|(&low, &high)| (low + high).divided(2, MEAN_DECIMALS)),
            highest: scores.last().copied(),
            lowest: scores.first().copied(),
        }
    };
    (0..ledger.rubrics().len()).map(of_class).collect()
}

/// Returns what the units of a class score on average: in total those that may be ranked, on each indicator those that
/// it concerns and whose score there is decided, and reviewed unless the options say otherwise.
pub fn class_means(ledger: &Ledger, rubric_idx: usize, options: RankOptions) -> ClassMeans {
    let units = ledger.units_of(rubric_idx);
    let of_indicator = |indicator_idx: usize| {
        let scores = units.iter().map(|&it| &ledger.score(it).indicators[indicator_idx]);
        let counts = |state: State| match state {
            State::Pending => options.provisional,
            State::Reviewed => true,
            State::NotApplicable => false,
        };
        mean(scores.filter(|it| counts(it.state)).filter_map(|it| it.decided()))
    };
    let ranked = units.iter().filter(|it| may_rank(ledger, **it, options));
    ClassMeans {
        indicators: (0..ledger.rubrics()[rubric_idx].n_indicators()).map(of_indicator).collect(),
        total: mean(ranked.map(|&it| ledger.score(it).score)),
    }
}

fn mean(scores: impl Iterator<Item = Points>) -> Option<Points> {
    let (n, sum) = scores.fold((0, Points::ZERO), |(n, sum), it| (n + 1, sum + it));
    sum.divided(n, MEAN_DECIMALS)
}

/// Returns the indicators that more than one class has, in the order of the first class.
pub fn shared_indicators(ledger: &Ledger, options: RankOptions) -> Vec<SharedIndicator> {
    let units: Vec<Vec<usize>> = (0..ledger.rubrics().len()).map(|it| counted(ledger, it, options)).collect();
    let mut shared: Vec<SharedIndicator> = Vec::new();
    for id in ledger.rubrics().iter().flat_map(|it| it.indicators()).map(|it| &it.id) {
        if shared.iter().any(|it| it.id == *id) {
            continue;
        }
        let mut loss_rates = Vec::new();
        for (rubric_idx, rubric) in ledger.rubrics().iter().enumerate() {
            let Some(indicator_idx) = rubric.indicators().position(|it| it.id == *id) else { continue };
            let scores = || {
                let scores = units[rubric_idx].iter().map(|&it| &ledger.score(it).indicators[indicator_idx]);
                // Left out of the total (R7, 折算), it is left out here too.
                scores.filter(|it| it.share == Share::Counted)
            };
            let lost: Points = scores().map(|it| it.lost()).sum();
            let points: Points = scores().map(|it| it.points).sum();
            loss_rates.push(LossRate {
                rubric_idx,
                indicator_idx,
                lost,
                points,
                percent: lost.percent_of(points),
            });
        }
        if loss_rates.len() > 1 {
            shared.push(SharedIndicator { id: id.clone(), loss_rates });
        }
    }
    shared
}

/// The most parts that scores are counted in.
const MAX_BINS: usize = 8;

/// How many units of a class have a score from one number to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bin {
    /// From this score on.
    pub from: Points,
    /// Up to this one, which the last bin includes, and the only one where it is the same as `from`.
    pub to: Points,
    /// How many units that may be ranked.
    pub n_units: usize,
}

/// Returns how the scores of a class lie, the highest first: equal stretches of round width, none left out between the
/// highest and the lowest; nothing where no unit may be ranked.
pub fn distribution(ledger: &Ledger, rubric_idx: usize, options: RankOptions) -> Vec<Bin> {
    let units = counted(ledger, rubric_idx, options);
    let scores: Vec<Points> = units.into_iter().map(|it| ledger.score(it).score).collect();
    let (Some(&lowest), Some(&highest)) = (scores.iter().min(), scores.iter().max()) else {
        return Vec::new();
    };
    if lowest == highest {
        return vec![Bin { from: lowest, to: highest, n_units: scores.len() }];
    }
    let step = round_step(lowest, highest);
    let mut bins = Vec::new();
    let mut from = lowest.floored(step);
    while from < highest {
        bins.push(Bin { from, to: from + step, n_units: 0 });
        from += step;
    }
    for score in scores {
        let bin = bins.iter_mut().rev().find(|it| it.from <= score);
        bin.expect("the first begins at the lowest").n_units += 1;
    }
    bins.reverse();
    bins
}

/// Returns the least of 0.1, 0.2, 0.5, 1, 2, 5 … that parts what lies between two scores in no more than
/// [`MAX_BINS`].
fn round_step(lowest: Points, highest: Points) -> Points {
    let most = u32::try_from(MAX_BINS).unwrap_or(u32::MAX);
    let fits = |step: Points| highest - lowest.floored(step) <= step.times(most);
    let mut power: Points = "0.1".parse().expect("a plain decimal");
    loop {
        for times in [1, 2, 5] {
            let step = power.times(times);
            if fits(step) {
                return step;
            }
        }
        power = power.times(10);
    }
}
