//! `kaohe review` and `kaohe na`: whether an indicator of a unit is settled.

use std::collections::BTreeSet;

use kaohe_core::{Change, Ledger, Mark};
use kaohe_exchange::{clean, words};

use crate::failure::Failure;
use crate::names;
use crate::output::say;
use crate::session::Session;
use crate::time::now;

#[derive(Debug, clap::Args)]
pub(crate) struct ReviewArgs {
    #[arg(long, value_name = "单位", help = "编号或全名；可写多次")]
    unit: Vec<String>,
    #[arg(long, value_name = "类别", help = "这个类别的全部单位，如 区直")]
    track: Option<String>,
    #[arg(long, value_name = "指标", help = "序号或名称；可写多次。不写就是全部指标")]
    indicator: Vec<String>,
    #[arg(long, conflicts_with_all = ["unit", "track"], help = "全部单位")]
    all: bool,
    #[arg(long, help = "改回未复核")]
    undo: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct NotApplicableArgs {
    #[arg(long, value_name = "单位", help = "编号或全名")]
    unit: String,
    #[arg(long, value_name = "指标", help = "序号或名称")]
    indicator: String,
    #[arg(
        long,
        value_name = "原因",
        required_unless_present = "undo",
        conflicts_with = "undo",
        help = "为什么不涉及"
    )]
    reason: Option<String>,
    #[arg(long, help = "取消不涉及")]
    undo: bool,
}

/// Marks indicators of units as reviewed, or not; one change, which is undone as one.
pub(crate) fn review(session: &Session, args: &ReviewArgs) -> Result<(), Failure> {
    let names_nothing = args.unit.is_empty() && args.track.is_none() && args.indicator.is_empty();
    if names_nothing && !args.all {
        return Err(Failure::usage(
            "没有说明复核哪些：请用 --unit、--track 或 --indicator 指定，或用 --all 表示全部。",
        ));
    }
    let mut year = session.open_to_change()?;
    let ledger = year.ledger();
    let cells = cells(ledger, args)?;
    let to = if args.undo { Mark::Pending } else { Mark::Reviewed };
    let is_so = |(unit_idx, indicator_idx): &(usize, usize)| {
        ledger.sheet(*unit_idx).cells[*indicator_idx].reviewed.is_some() == (to == Mark::Reviewed)
    };
    let n_so = cells.iter().filter(|it| is_so(it)).count();
    let changed: Vec<&(usize, usize)> = cells.iter().filter(|it| !is_so(it)).collect();
    let n_units = changed.iter().map(|it| it.0).collect::<BTreeSet<_>>().len();
    let change = |(unit_idx, indicator_idx): &(usize, usize)| Change::Review {
        unit: ledger.unit(*unit_idx).id.clone(),
        indicator: ledger.rubric_of(*unit_idx).indicator(*indicator_idx).id.clone(),
        to,
    };
    let mut changes: Vec<Change> = changed.into_iter().map(change).collect();
    let (title, mark, already) = match to {
        Mark::Reviewed => ("复核", "标为已复核", "先前已经复核"),
        Mark::Pending => ("取消复核", "改回未复核", "原本就未复核"),
    };
    let n_changes = changes.len();
    let change = match n_changes {
        0 => return say(&format!("没有要改的：所选 {n_so} 项{already}")),
        1 => changes.remove(0),
        _ => Change::Batch { title: title.to_owned(), changes },
    };
    year.record(change, now())?;
    let rest = if n_so == 0 { String::new() } else { format!("；另有 {n_so} 项{already}") };
    say(&format!("{mark} {n_changes} 项，涉及 {n_units} 个单位{rest}"))
}

/// Returns unit and indicator of every cell that is meant.
fn cells(ledger: &Ledger, args: &ReviewArgs) -> Result<Vec<(usize, usize)>, Failure> {
    let rubric_idx = args.track.as_deref().map(|it| names::track(ledger, it)).transpose()?;
    let mut units = Vec::new();
    for given in &args.unit {
        let unit_idx = names::unit(ledger, given)?;
        if rubric_idx.is_some_and(|it| it != ledger.sheet(unit_idx).rubric_idx) {
            let unit = ledger.unit(unit_idx);
            let message = format!("{} 的类别是 {}，与 --track 不同：请去掉其中一个。", unit.name, unit.track);
            return Err(Failure::usage(clean(&message)));
        }
        if !units.contains(&unit_idx) {
            units.push(unit_idx);
        }
    }
    if args.unit.is_empty() {
        units = match rubric_idx {
            Some(rubric_idx) => ledger.units_of(rubric_idx),
            None => (0..ledger.rubrics().len()).flat_map(|it| ledger.units_of(it)).collect(),
        };
    }
    let mut rubrics: Vec<usize> = units.iter().map(|it| ledger.sheet(*it).rubric_idx).collect();
    rubrics.sort_unstable();
    rubrics.dedup();
    // Numbers are per rubric, and a class need not have an indicator that another has; but a unit that is named
    // must have what is named with it.
    let mut named: Vec<Vec<usize>> = vec![Vec::new(); ledger.rubrics().len()];
    for given in &args.indicator {
        let find = |it: &usize| names::find_indicator(&ledger.rubrics()[*it], given);
        let must_all = !args.unit.is_empty() || !rubrics.iter().any(|it| find(it).is_some());
        for rubric_idx in &rubrics {
            match find(rubric_idx) {
                Some(indicator_idx) => named[*rubric_idx].push(indicator_idx),
                None if must_all => {
                    names::indicator(&ledger.rubrics()[*rubric_idx], given)?;
                }
                None => {}
            }
        }
    }
    let mut cells = Vec::new();
    for unit_idx in units {
        let rubric_idx = ledger.sheet(unit_idx).rubric_idx;
        let is_meant = |it: &usize| args.indicator.is_empty() || named[rubric_idx].contains(it);
        let indicators = 0..ledger.rubrics()[rubric_idx].n_indicators();
        // What does not concern the unit by its 标签 has nothing to review.
        let is_theirs = |it: &usize| ledger.sheet(unit_idx).cells[*it].exclusion.is_none();
        cells.extend(indicators.filter(is_meant).filter(is_theirs).map(|it| (unit_idx, it)));
    }
    Ok(cells)
}

/// Says that an indicator does not concern a unit, or that it does.
pub(crate) fn not_applicable(session: &Session, args: &NotApplicableArgs) -> Result<(), Failure> {
    let reason = args.reason.as_deref().map(clean);
    if reason.as_deref() == Some("") {
        return Err(Failure::usage("--reason 是空的：请写明为什么不涉及。"));
    }
    let mut year = session.open_to_change()?;
    let ledger = year.ledger();
    let unit_idx = names::unit(ledger, &args.unit)?;
    let rubric = ledger.rubric_of(unit_idx);
    let indicator_idx = names::indicator(rubric, &args.indicator)?;
    let change = Change::NotApplicable {
        unit: ledger.unit(unit_idx).id.clone(),
        indicator: rubric.indicator(indicator_idx).id.clone(),
        reason,
    };
    let done = words::change(ledger, &change);
    year.record(change, now())?;
    say(&clean(&done))
}
