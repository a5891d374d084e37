//! Reports of a year: [`report_facts`] computes what is to be said, [`circular`] says it as a draft in Word, and [`page`] as
//! one page of HTML with charts.

mod change;
mod circular;
mod facts;
mod losses;
mod office;
mod page;
mod prose;

pub use change::{ClassChange, MeanChange};
pub use circular::circular;
pub use facts::{
    ClassFacts, Facts, GradeFacts, RankedUnit, ReportIn, SharedFacts, UnrankedUnit, report_facts,
};
pub use losses::{ClassProblems, ProblemFacts};
pub use page::page;

#[cfg(test)]
mod tests;
