//! What keys do, and what opens from everywhere.

use super::Context;

/// What opens from wherever one is, about the unit and the indicator that one stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum View {
    /// Rankings and comparison.
    Ranking,
    /// The unit's 考核表.
    Sheet,
    /// How a score comes about.
    Explain,
    /// Self-scores against the office's.
    Differences,
    /// All units of a class on one indicator.
    Indicator,
    /// Where points were lost.
    Losses,
    /// The year beside an earlier one.
    LastYear,
    /// What each person may set.
    Settings,
    /// Writing to files.
    Export,
    /// 留痕.
    Log,
    /// The years of the data folder.
    Years,
    /// The roster.
    Roster,
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// One up.
    Up,
    /// One down.
    Down,
    /// One to the left.
    Left,
    /// One to the right.
    Right,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// To the first.
    First,
    /// To the last.
    Last,
    /// Deducts by the rule with this number, or chooses the item with this number.
    Digit(u8),
    /// Lists all rules of the indicator, to deduct by one of them.
    Rules,
    /// Takes the last deduction of the cell back.
    TakeBack,
    /// Shows the entries of the cell.
    Entries,
    /// Sets the self-score.
    SelfScore,
    /// Marks the cell reviewed, or not.
    Review,
    /// Marks all of the unit reviewed.
    ReviewUnit,
    /// Says that the indicator does not concern the unit, or does.
    NotApplicable,
    /// To the next cell that is not reviewed.
    NextPending,
    /// Asks by what the rows are to be sorted.
    Sort,
    /// Asks which rows are to show.
    Filter,
    /// Marks the unit, or takes its mark away.
    Mark,
    /// Marks all units that show, or takes their marks away.
    MarkAll,
    /// Finds a unit.
    Find,
    /// The other class.
    NextClass,
    /// Opens a view.
    Show(View),
    /// Shows the year as it was after a record.
    LookBack,
    /// Begins a year.
    NewYear,
    /// Adds a unit.
    Add,
    /// Says that the roster was looked through: its remark goes.
    Checked,
    /// Puts the unit before the one above it.
    MoveUp,
    /// Puts the unit after the one below it.
    MoveDown,
    /// Finds a command.
    Palette,
    /// All of the unit's arithmetic, or one indicator's.
    WholeUnit,
    /// Ranks provisional scores too, or not.
    Provisional,
    /// Cell by cell, or the sums of units.
    Totals,
    /// Takes the last change back.
    Undo,
    /// Does it again.
    Redo,
    /// Changes the entry.
    Edit,
    /// Withdraws the entry, or restores it.
    Withdraw,
    /// Accepts.
    Confirm,
    /// Fills in a text that was used before.
    Offer,
    /// To the next field.
    NextField,
    /// To the field before.
    PreviousField,
    /// A step back.
    Back,
    /// The sample year.
    Demo,
    /// The help.
    Help,
    /// Draws everything anew, and looks for others' changes.
    Redraw,
    /// To the shell, until it brings us back.
    Suspend,
    /// Ends the program.
    Quit,
}

impl Command {
    /// Says whether it records something, or opens a form to record it by.
    pub(crate) fn changes(self, context: Context) -> bool {
        match self {
            // Where they choose a filter or a year, they change nothing.
            Command::Digit(_) => !matches!(context, Context::Log | Context::Years),
            Command::Add
            | Command::Checked
            | Command::MoveUp
            | Command::MoveDown
            | Command::TakeBack
            | Command::SelfScore
            | Command::Review
            | Command::ReviewUnit
            | Command::NotApplicable
            | Command::Undo
            | Command::Redo
            | Command::Edit
            | Command::Withdraw => true,
            // It accepts what is filled in, or goes to what was found.
            Command::Confirm => matches!(context, Context::Choose | Context::Form | Context::Preview),
            Command::Up
            | Command::Down
            | Command::Left
            | Command::Right
            | Command::PageUp
            | Command::PageDown
            | Command::First
            | Command::Last
            | Command::Rules
            | Command::Entries
            | Command::NextPending
            | Command::Sort
            | Command::Filter
            | Command::Mark
            | Command::MarkAll
            | Command::Find
            | Command::NextClass
            | Command::Show(_)
            | Command::LookBack
            | Command::NewYear
            | Command::Palette
            | Command::WholeUnit
            | Command::Provisional
            | Command::Offer
            | Command::Totals
            | Command::NextField
            | Command::PreviousField
            | Command::Back
            | Command::Demo
            | Command::Help
            | Command::Redraw
            | Command::Suspend
            | Command::Quit => false,
        }
    }
}
