//! Where a key is pressed.

/// Where a key is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    /// No year yet.
    Start,
    /// Units × indicators.
    Matrix,
    /// The entries of one cell.
    Entries,
    /// Fields to fill in.
    Form,
    /// Questions with proposed answers.
    Dialog,
    /// A list to choose from by digit.
    Choose,
    /// What a change of several units would do.
    Preview,
    /// Finding a unit.
    Find,
    /// Finding a command.
    Palette,
    /// Rankings and comparison.
    Ranking,
    /// One unit's 考核表.
    Sheet,
    /// The arithmetic of a score.
    Explain,
    /// Self-scores against the office's.
    Differences,
    /// All units of a class on one indicator.
    Indicator,
    /// Where points were lost.
    Losses,
    /// Who lost them.
    LossUnits,
    /// A year beside an earlier one.
    LastYear,
    /// What each person may set.
    Settings,
    /// Which key stands for which.
    Keys,
    /// A text to write.
    Field,
    /// A key to press.
    Capture,
    /// Something to read before any key acts again.
    Notice,
    /// 留痕.
    Log,
    /// Finding records.
    LogFind,
    /// One record.
    Record,
    /// The years.
    Years,
    /// The roster.
    Roster,
    /// The help.
    Help,
}

impl Context {
    /// All of them, in the order in which the README lists them.
    pub const ALL: [Context; 28] = [
        Context::Matrix,
        Context::Entries,
        Context::Form,
        Context::Dialog,
        Context::Choose,
        Context::Preview,
        Context::Find,
        Context::Palette,
        Context::Ranking,
        Context::Sheet,
        Context::Explain,
        Context::Differences,
        Context::Indicator,
        Context::Losses,
        Context::LossUnits,
        Context::LastYear,
        Context::Settings,
        Context::Keys,
        Context::Field,
        Context::Capture,
        Context::Notice,
        Context::Log,
        Context::LogFind,
        Context::Record,
        Context::Years,
        Context::Roster,
        Context::Help,
        Context::Start,
    ];

    /// Returns what people call it.
    pub fn title(self) -> &'static str {
        match self {
            Context::Start => "开始",
            Context::Matrix => "总表",
            Context::Entries => "扣分记录",
            Context::Form => "填写",
            Context::Dialog => "对话框",
            Context::Choose => "选择",
            Context::Preview => "预览",
            Context::Find => "找单位",
            Context::Palette => "找命令",
            Context::Ranking => "排名与比较",
            Context::Sheet => "考核表",
            Context::Explain => "算式",
            Context::Differences => "自评复核差异",
            Context::Indicator => "按指标",
            Context::Losses => "失分分析",
            Context::LossUnits => "失分单位",
            Context::LastYear => "与上年比",
            Context::Settings => "设置",
            Context::Keys => "换键",
            Context::Field => "写一项",
            Context::Capture => "按新键",
            Context::Notice => "提示",
            Context::Log => "留痕",
            Context::LogFind => "找留痕",
            Context::Record => "一条留痕",
            Context::Years => "年度",
            Context::Roster => "名录",
            Context::Help => "帮助",
        }
    }

    /// Says whether letters and digits are text here.
    pub fn is_typing(self) -> bool {
        match self {
            Context::Form
            | Context::Dialog
            | Context::LogFind
            | Context::Find
            | Context::Palette
            | Context::Field
            | Context::Capture
            | Context::Notice => true,
            Context::Start
            | Context::Matrix
            | Context::Entries
            | Context::Choose
            | Context::Preview
            | Context::Ranking
            | Context::Sheet
            | Context::Explain
            | Context::Differences
            | Context::Indicator
            | Context::Losses
            | Context::LossUnits
            | Context::LastYear
            | Context::Settings
            | Context::Keys
            | Context::Log
            | Context::Record
            | Context::Years
            | Context::Roster
            | Context::Help => false,
        }
    }
}
