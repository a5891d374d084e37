//! 失分明细: one sheet for one unit, to be sent to it, put right and sent back. [`feedback_facts`] computes what stands on it,
//! [`feedback_xlsx`] and [`feedback_docx`] lay it out.

mod docx;
mod facts;
mod xlsx;

pub use docx::feedback_docx;
pub use facts::{Feedback, FeedbackIn, IndicatorLosses, LossLine, feedback_facts};
pub use xlsx::feedback_xlsx;

/// The heads of the columns, the same in both.
const COLUMNS: [&str; 8] = ["指标", "扣分事项", "细则条款", "日期", "计算", "扣分", "说明", "依据"];
/// What the unit fills in, besides what it has done.
const SIGNED: [&str; 3] = ["整改责任人", "签字", "日期"];
/// Where the unit says what it has done.
const RECTIFIED: &str = "整改情况";

#[cfg(test)]
mod tests;
