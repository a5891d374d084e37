//! The one table of keys: dispatch, footer, help and the README's table are all read from it.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::settings::Keymap;

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

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// Where it holds.
    pub contexts: &'static [Context],
    /// The keys, by name; `1-9` is any of these digits.
    pub keys: &'static [&'static str],
    /// What they do.
    pub command: Command,
    /// A word or two for the footer; empty where the footer does not show it.
    pub label: &'static str,
    /// A sentence for help and README.
    pub help: &'static str,
}

const fn bind(
    contexts: &'static [Context],
    keys: &'static [&'static str],
    command: Command,
    label: &'static str,
    help: &'static str,
) -> Binding {
    Binding { contexts, keys, command, label, help }
}

use Context::{
    Capture, Choose, Dialog, Differences, Entries, Explain, Field, Find, Form, Help, Indicator, Keys,
    LastYear, Log, LogFind, LossUnits, Losses, Matrix, Notice, Palette, Preview, Ranking, Record, Roster,
    Settings, Sheet, Start, Years,
};

const LISTS: &[Context] = &[
    Start,
    Matrix,
    Entries,
    Choose,
    Preview,
    Ranking,
    Sheet,
    Explain,
    Differences,
    Indicator,
    Losses,
    LossUnits,
    LastYear,
    Log,
    Record,
    Years,
    Roster,
    Settings,
    Keys,
    Help,
];
const EVERYWHERE: &[Context] = &Context::ALL;
const SCORING: &[Context] =
    &[Matrix, Entries, Ranking, Sheet, Differences, Indicator, Losses, LossUnits, LastYear, Log];
/// Where one stands on a cell and scores it.
const CELLS: &[Context] = &[Matrix, Indicator];
/// The screens that fill the window.
const VIEWS: &[Context] = &[Matrix, Ranking, Sheet, Log];

/// All keys, the likeliest of each context first.
pub const BINDINGS: &[Binding] = &[
    bind(CELLS, &["1-9"], Command::Digit(0), "扣分", "按这条规则扣一次，立即记入"),
    bind(&[Choose], &["1-9"], Command::Digit(0), "选择", "选这一项"),
    bind(&[Log], &["1-9"], Command::Digit(0), "筛选", "按上面的数字筛选；4 再按是下一种操作"),
    bind(&[Years], &["1-9"], Command::Digit(0), "打开", "打开这个年度"),
    bind(&[Years], &["Enter"], Command::Confirm, "打开", "打开光标所在的年度，或新建一个"),
    bind(&[Years], &["n", "F7"], Command::NewYear, "新建", "新建年度：沿用最新一年的，或用内置的细则和名录"),
    bind(&[Roster], &["Enter"], Command::Edit, "修改", "改单位的名称、简称、拼音、标签、备注"),
    bind(&[Roster], &["a", "F7"], Command::Add, "添加", "在这一类里添加单位"),
    bind(
        &[Roster],
        &["x", "Delete"],
        Command::Withdraw,
        "停用",
        "停用这个单位（要写理由，记录都在），或去掉没有记录的；已停用的恢复",
    ),
    bind(
        &[Roster],
        &["c", "F12"],
        Command::Checked,
        "已核对",
        "名录核对好了：去掉“示例名录，请核对”这样的备注",
    ),
    bind(&[Roster], &["K", "F8"], Command::MoveUp, "上移", "与上面的单位换位置；名录的先后就是表格的先后"),
    bind(&[Roster], &["J", "F9"], Command::MoveDown, "下移", "与下面的单位换位置"),
    bind(&[Choose], &["0"], Command::Digit(0), "", "记在整个指标上"),
    bind(&[Matrix], &["Esc"], Command::Back, "取消", "取消筛选；没有筛选时，清除全部标记"),
    bind(CELLS, &["Space"], Command::Review, "复核", "标为已复核，再按取消"),
    bind(&[Log], &["Enter"], Command::Confirm, "全文", "看这一条的全文"),
    bind(&[Log, Record], &["Space", "F9"], Command::LookBack, "当时", "看整个年度在这一条之后的样子，只读"),
    bind(
        &[Indicator],
        &["Right", "l", "Tab"],
        Command::Right,
        "换指标",
        "下一个指标；最后一个之后是另一类别的",
    ),
    bind(CELLS, &["u", "F8"], Command::Undo, "撤销", "撤销自己的上一步，退出后再进也行"),
    bind(CELLS, &["Enter"], Command::Entries, "记录", "看本格的扣分记录，改次数、日期、说明、依据，或撤回"),
    bind(&[Matrix, Sheet, Roster], &["Tab"], Command::NextClass, "换类", "换到另一类别"),
    bind(&[Matrix, Sheet], &["r", "F4"], Command::Show(View::Ranking), "排名", "排名与比较"),
    bind(CELLS, &["-"], Command::TakeBack, "收回", "收回本格最后一条扣分"),
    bind(
        CELLS,
        &["n", "F6"],
        Command::NextPending,
        "下一个",
        "到下一个未复核的格；按指标看时是下一个未复核的单位",
    ),
    bind(CELLS, &["s", "F7"], Command::SelfScore, "自评", "填自评分"),
    bind(&[Matrix], &["/", "F3"], Command::Find, "找单位", "按名称、拼音、编号或第几行找单位"),
    bind(&[Log], &["/", "F3"], Command::Find, "找", "按单位、记录人（名称或拼音）或操作里的字找"),
    bind(
        &[Matrix],
        &["o", "Ctrl-o"],
        Command::Sort,
        "排序",
        "排序：按本列得分、扣分、自评差、未复核，或总分、名次",
    ),
    bind(
        &[Matrix],
        &["f", "Ctrl-f"],
        Command::Filter,
        "筛选",
        "筛选：只看本列有扣分、自评不同、未复核的单位等",
    ),
    bind(
        &[Matrix],
        &["v", "Insert"],
        Command::Mark,
        "标记",
        "标记单位，再按取消；有标记时，扣分、复核对全部已标的",
    ),
    bind(&[Matrix], &["V", "Ctrl-t"], Command::MarkAll, "", "标记现在显示的全部单位，再按取消"),
    bind(&[Losses], &["Enter"], Command::Confirm, "失分单位", "看哪些单位在这里失了分"),
    bind(&[Differences, LossUnits, LastYear], &["Enter"], Command::Confirm, "到总表", "到总表里的这一格"),
    bind(&[Differences, Losses], &["Tab"], Command::NextClass, "换类", "全部类别，再按看其中一类"),
    bind(&[Differences], &["t", "F6"], Command::Totals, "合计", "按单位合计，再按逐格列"),
    bind(&[Indicator], &["Left", "h", "BackTab"], Command::Left, "", "上一个指标"),
    bind(&[LastYear], &["Tab"], Command::NextClass, "换栏", "换到另一类；再按看各指标的失分率"),
    bind(&[LastYear], &["Left", "h"], Command::Left, "更早", "与更早的一年比"),
    bind(&[LastYear], &["Right", "l"], Command::Right, "更近", "与更近的一年比"),
    bind(&[LastYear], &["p", "F6"], Command::Provisional, "暂计", "未复核的单位按暂计得分一起比，再按取消"),
    bind(
        &[Matrix, Ranking, Differences, Indicator, LossUnits, LastYear, Log],
        &["e", "F5"],
        Command::Show(View::Sheet),
        "考核表",
        "看这个单位的考核表",
    ),
    bind(
        &[Matrix, Sheet, Differences, Indicator, LossUnits, LastYear, Log],
        &["=", "F11"],
        Command::Show(View::Explain),
        "算式",
        "看得分怎样算来，逐行列出，引用原文",
    ),
    bind(&[Explain], &["Tab", "="], Command::WholeUnit, "全部指标", "看整个单位的算式，再按看这一个指标的"),
    bind(CELLS, &["0"], Command::Rules, "规则", "规则列表：看规则原文，选一条扣分；第10条起都在这里选"),
    bind(CELLS, &["Ctrl-r", "F9"], Command::Redo, "", "重做撤销了的一步"),
    bind(&[Matrix], &["a", "Ctrl-a"], Command::ReviewUnit, "", "本单位全部指标标为已复核"),
    bind(CELLS, &["b", "Ctrl-b"], Command::NotApplicable, "", "标为不涉及（要写理由），再按取消"),
    bind(&[Start], &["Enter"], Command::Confirm, "确定", "执行所选的一项"),
    bind(&[Start], &["d", "F5"], Command::Demo, "看示例", "用临时的示例数据看一看各个画面"),
    bind(&[Entries], &["Enter"], Command::Edit, "修改", "修改这条记录"),
    bind(&[Entries], &["x", "Delete"], Command::Withdraw, "撤回", "撤回这条记录（要写理由）；已撤回的恢复"),
    bind(&[Choose], &["Enter"], Command::Confirm, "确定", "选光标所在的一项"),
    bind(&[Preview], &["Enter"], Command::Confirm, "记入", "记入预览的改动，算一步，可以撤销"),
    bind(&[Find], &["Enter"], Command::Confirm, "前往", "到光标所在的单位"),
    bind(&[Palette], &["Enter"], Command::Confirm, "执行", "执行光标所在的命令"),
    bind(&[Form], &["Enter"], Command::Confirm, "确定", "填好了，记入"),
    bind(&[Form], &["F3"], Command::Offer, "用过的", "填入这一栏用过的内容（同一条规则的），再按换一条"),
    bind(&[Form, Dialog], &["Tab", "Down"], Command::NextField, "下一栏", "到下一栏"),
    bind(&[Form, Dialog], &["BackTab", "Up"], Command::PreviousField, "", "到上一栏"),
    bind(&[Ranking], &["Tab"], Command::NextClass, "换栏", "换到另一类；窗口矮时再按看比较，再按看得分分布"),
    bind(&[Ranking], &["p", "F6"], Command::Provisional, "暂计", "未复核的单位按暂计得分一起排，再按取消"),
    bind(&[Ranking], &["Enter"], Command::Confirm, "到总表", "到总表里的这个单位"),
    bind(&[Settings], &["Enter", "Space"], Command::Confirm, "改", "改成下一种；姓名和按键另外填"),
    bind(&[Settings], &["Left"], Command::Left, "上一种", "改成上一种"),
    bind(&[Settings], &["Right"], Command::Right, "下一种", "改成下一种"),
    bind(&[Keys], &["Enter"], Command::Confirm, "换键", "按一个新键，代替光标所在的键"),
    bind(&[Keys], &["Delete", "x"], Command::Withdraw, "还原", "还原成原来的键"),
    bind(&[Field], &["Enter"], Command::Confirm, "确定", "写好了"),
    bind(
        &[Matrix, Start],
        &[","],
        Command::Show(View::Settings),
        "",
        "个人设置：颜色、符号、鼠标、姓名、换键",
    ),
    bind(
        &[Matrix, Sheet, Ranking],
        &["d"],
        Command::Show(View::Differences),
        "差异",
        "自评与复核的差异，差得多的在前，附失分原因",
    ),
    bind(
        &[Matrix, Sheet],
        &["i"],
        Command::Show(View::Indicator),
        "按指标",
        "按指标：一个指标，全部单位，在这里也能扣分、复核",
    ),
    bind(&[Matrix], &["p"], Command::Show(View::Losses), "失分", "失分分析：分失在哪条规则，失得多的在前"),
    bind(&[Ranking], &["x"], Command::Show(View::Losses), "失分", "失分分析：分失在哪条规则，失得多的在前"),
    bind(
        &[Matrix, Ranking],
        &["c"],
        Command::Show(View::LastYear),
        "比上年",
        "与上年比：名次、得分、各指标失分率的变化",
    ),
    bind(&[LogFind], &["Enter"], Command::Confirm, "好了", "回到列表，按找到的看"),
    bind(&[Dialog], &["Enter"], Command::Confirm, "确定", "选好填好了，照做"),
    bind(&[Dialog], &["Left"], Command::Left, "", "选前一项（也可按数字）；在文字里向左"),
    bind(&[Dialog], &["Right"], Command::Right, "换一项", "选后一项（也可按数字）；在文字里向右"),
    bind(
        VIEWS,
        &["t"],
        Command::Show(View::Log),
        "留痕",
        "看全部留痕：谁在什么时候做了什么，并能看当时的样子",
    ),
    bind(VIEWS, &["m"], Command::Show(View::Roster), "名录", "看名录：添加、修改、移动、停用单位"),
    bind(VIEWS, &["y"], Command::Show(View::Years), "年度", "看全部年度，打开另一年，或新建一年"),
    bind(VIEWS, &["w", "F12"], Command::Show(View::Export), "导出", "导出表格或全部数据到文件"),
    bind(LISTS, &["Up", "k"], Command::Up, "", "向上"),
    bind(LISTS, &["Down", "j"], Command::Down, "", "向下"),
    bind(&[Find, Palette, LogFind], &["Up"], Command::Up, "", "向上"),
    bind(&[Find, Palette, LogFind], &["Down", "Tab"], Command::Down, "", "向下"),
    bind(&[Find, Palette, LogFind], &["PageUp"], Command::PageUp, "", "上一页"),
    bind(&[Find, Palette, LogFind], &["PageDown"], Command::PageDown, "", "下一页"),
    bind(&[Matrix, Sheet], &["Left", "h"], Command::Left, "", "向左；考核表里是上一个单位"),
    bind(&[Matrix, Sheet], &["Right", "l"], Command::Right, "", "向右；考核表里是下一个单位"),
    bind(LISTS, &["PageUp"], Command::PageUp, "", "上一页"),
    bind(LISTS, &["PageDown"], Command::PageDown, "", "下一页"),
    bind(LISTS, &["Home", "g"], Command::First, "", "到第一个"),
    bind(LISTS, &["End", "G"], Command::Last, "", "到最后一个"),
    bind(
        &[
            Entries,
            Form,
            Dialog,
            Choose,
            Preview,
            Find,
            Palette,
            Ranking,
            Sheet,
            Explain,
            Differences,
            Indicator,
            Losses,
            LossUnits,
            LastYear,
            Log,
            LogFind,
            Record,
            Years,
            Roster,
            Settings,
            Keys,
            Field,
            Capture,
            Notice,
            Help,
        ],
        &["Esc"],
        Command::Back,
        "返回",
        "返回上一步",
    ),
    bind(
        &[
            Entries,
            Choose,
            Preview,
            Ranking,
            Sheet,
            Explain,
            Differences,
            Indicator,
            Losses,
            LossUnits,
            LastYear,
            Log,
            Record,
            Years,
            Roster,
            Settings,
            Keys,
            Help,
        ],
        &["q"],
        Command::Back,
        "",
        "返回上一步",
    ),
    bind(LISTS, &["F2", ":"], Command::Palette, "命令", "找命令：写中文、拼音或按键，看它在哪里、能不能用"),
    bind(&[Form, Dialog, Find, LogFind], &["F2"], Command::Palette, "", "找命令"),
    bind(LISTS, &["?", "F1"], Command::Help, "帮助", "看这一画面的全部按键"),
    bind(
        &[Form, Dialog, Find, Palette, LogFind, Field, Capture, Notice],
        &["F1"],
        Command::Help,
        "",
        "看这一画面的全部按键",
    ),
    bind(SCORING, &["Ctrl-l"], Command::Redraw, "", "重画屏幕，并读入别人刚记的"),
    bind(EVERYWHERE, &["Ctrl-z"], Command::Suspend, "", "暂时回到命令行（fg 回来）；Windows 上没有"),
    bind(&[Start, Matrix], &["q", "F10"], Command::Quit, "退出", "退出；一切都已存好"),
    bind(
        &[
            Entries,
            Form,
            Dialog,
            Choose,
            Preview,
            Find,
            Palette,
            Ranking,
            Sheet,
            Explain,
            Differences,
            Indicator,
            Losses,
            LossUnits,
            LastYear,
            Log,
            LogFind,
            Record,
            Years,
            Roster,
            Settings,
            Keys,
            Field,
            Help,
        ],
        &["F10"],
        Command::Quit,
        "",
        "退出；一切都已存好",
    ),
    bind(EVERYWHERE, &["Ctrl-c", "Ctrl-q"], Command::Quit, "", "退出；一切都已存好"),
];

/// Returns a key's name as the table has it; none for a key that no table could have.
pub(crate) fn name_of(key: KeyEvent) -> Option<String> {
    let name = match key.code {
        KeyCode::Char(' ') => "Space".to_owned(),
        KeyCode::Char(character) => character.to_string(),
        KeyCode::F(number) => format!("F{number}"),
        KeyCode::Up => "Up".to_owned(),
        KeyCode::Down => "Down".to_owned(),
        KeyCode::Left => "Left".to_owned(),
        KeyCode::Right => "Right".to_owned(),
        KeyCode::PageUp => "PageUp".to_owned(),
        KeyCode::PageDown => "PageDown".to_owned(),
        KeyCode::Home => "Home".to_owned(),
        KeyCode::End => "End".to_owned(),
        KeyCode::Enter => "Enter".to_owned(),
        KeyCode::Esc => "Esc".to_owned(),
        KeyCode::Tab => "Tab".to_owned(),
        KeyCode::BackTab => "BackTab".to_owned(),
        KeyCode::Backspace => "Backspace".to_owned(),
        KeyCode::Delete => "Delete".to_owned(),
        KeyCode::Insert => "Insert".to_owned(),
        _ => return None,
    };
    let is_control = key.modifiers.contains(KeyModifiers::CONTROL);
    Some(if is_control { format!("Ctrl-{name}") } else { name })
}

/// Returns what a key does in a context, where some keys stand for others.
pub(crate) fn command(context: Context, key: KeyEvent, keymap: &Keymap) -> Option<Command> {
    let name = name_of(key)?;
    let name = keymap.pressed(context, &name)?;
    let digit: Option<u8> = name.parse().ok().filter(|it| *it <= 9);
    let range = if digit.is_some_and(|it| it > 0) { "1-9" } else { "" };
    let has = |it: &&Binding| {
        it.contexts.contains(&context)
            && it.keys.iter().any(|it| *it == name || (!range.is_empty() && *it == range))
    };
    let binding = BINDINGS.iter().find(has)?;
    Some(match (binding.command, digit) {
        (Command::Digit(_), Some(digit)) => Command::Digit(digit),
        (command, _) => command,
    })
}

/// Returns a key's name as people read it on their keyboard.
pub fn key_label(key: &str) -> String {
    let words = [
        ("Space", "空格"),
        ("Enter", "回车"),
        ("BackTab", "Shift-Tab"),
        ("Backspace", "退格"),
        ("Delete", "Del"),
        ("Insert", "Ins"),
        ("PageUp", "PgUp"),
        ("PageDown", "PgDn"),
        ("Up", "上"),
        ("Down", "下"),
        ("Left", "左"),
        ("Right", "右"),
    ];
    words.iter().find(|it| it.0 == key).map_or_else(|| key.to_owned(), |it| it.1.to_owned())
}

/// Returns the footer of a context: keys with their words, the likeliest first. `label` has the last say on a word;
/// what it leaves empty is not possible now, and does not show.
pub(crate) fn footer(
    context: Context,
    keymap: &Keymap,
    label: impl Fn(Command, &'static str) -> &'static str,
) -> Vec<(Command, String)> {
    let bindings = BINDINGS.iter().filter(|it| it.contexts.contains(&context) && !it.label.is_empty());
    bindings
        .map(|it| (it, label(it.command, it.label)))
        .filter(|it| !it.1.is_empty())
        .map(|(it, label)| (it.command, format!("{} {label}", key_label(keymap.shown(it.keys[0])))))
        .collect()
}

/// Says whether a command has a key in a context.
pub(crate) fn has(context: Context, command: Command) -> bool {
    BINDINGS.iter().any(|it| it.command == command && it.contexts.contains(&context))
}

/// Returns the help of a context: keys and what they do.
pub(crate) fn help(context: Context, keymap: &Keymap) -> Vec<(String, &'static str)> {
    let bindings = BINDINGS.iter().filter(|it| it.contexts.contains(&context));
    bindings
        .map(|it| {
            let keys = it.keys.iter().map(|it| key_label(keymap.shown(it)));
            (keys.collect::<Vec<_>>().join(" "), it.help)
        })
        .collect()
}

/// Returns the README's table of keys, in Markdown.
pub fn markdown() -> String {
    let mut text = String::new();
    for context in Context::ALL {
        text.push_str(&format!("**{}**\n\n| 按键 | 作用 |\n| --- | --- |\n", context.title()));
        for binding in BINDINGS.iter().filter(|it| it.contexts.contains(&context)) {
            let keys: Vec<String> = binding.keys.iter().map(|it| format!("`{}`", key_label(it))).collect();
            text.push_str(&format!("| {} | {} |\n", keys.join(" "), binding.help));
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_key_means_two_things_in_one_context() {
        for context in Context::ALL {
            let mut seen = HashSet::new();
            for binding in BINDINGS.iter().filter(|it| it.contexts.contains(&context)) {
                for key in binding.keys {
                    assert!(seen.insert(*key), "{key} in {context:?}");
                }
            }
        }
    }

    #[test]
    fn every_context_can_be_left_and_has_help() {
        for context in Context::ALL {
            let commands: Vec<Command> =
                BINDINGS.iter().filter(|it| it.contexts.contains(&context)).map(|it| it.command).collect();
            assert!(commands.contains(&Command::Help), "{context:?}");
            assert!(commands.contains(&Command::Quit), "{context:?}");
            let is_home = matches!(context, Context::Start | Context::Matrix);
            assert!(is_home || commands.contains(&Command::Back), "{context:?}");
        }
    }

    #[test]
    fn typing_contexts_bind_no_plain_character() {
        for context in Context::ALL.into_iter().filter(|it| it.is_typing()) {
            for binding in BINDINGS.iter().filter(|it| it.contexts.contains(&context)) {
                assert!(
                    binding.keys.iter().all(|it| it.chars().count() > 1 && *it != "Space" && *it != "1-9")
                );
            }
        }
    }

    #[test]
    fn everything_goes_without_a_letter_for_an_input_method_swallows_those() {
        let is_letter = |it: &str| it.len() == 1 && it.as_bytes()[0].is_ascii_alphabetic();
        for context in Context::ALL {
            let commands = |with_letters: bool| -> HashSet<Command> {
                // Views are also opened from the list of commands, by F2, arrows and Enter.
                let is_view = |it: &&Binding| matches!(it.command, Command::Show(_));
                let here = BINDINGS.iter().filter(|it| it.contexts.contains(&context) && !is_view(it));
                here.filter(|it| with_letters || it.keys.iter().any(|it| !is_letter(it)))
                    .map(|it| it.command)
                    .collect()
            };
            assert_eq!(commands(true), commands(false), "{context:?}");
        }
    }

    #[test]
    fn footers_fit_a_narrow_terminal() {
        for context in Context::ALL {
            let mut hints = footer(context, &Keymap::default(), |_, label| label);
            // The less likely ones are left out where there is no room; the first and the last always show.
            if hints.len() > 6 {
                hints.drain(3..hints.len() - 3);
            }
            let width = crate::widgets::cells::width(
                &hints.iter().map(|it| it.1.as_str()).collect::<Vec<_>>().join("  "),
            );
            assert!(width <= 58, "{context:?}: {width}");
        }
    }

    #[test]
    fn digits_arrive_as_digits() {
        let key = |it| KeyEvent::new(KeyCode::Char(it), KeyModifiers::NONE);
        let pressed = |context, key| command(context, key, &Keymap::default());
        assert_eq!(pressed(Context::Matrix, key('3')), Some(Command::Digit(3)));
        assert_eq!(pressed(Context::Matrix, key('0')), Some(Command::Rules));
        assert_eq!(pressed(Context::Choose, key('0')), Some(Command::Digit(0)));
        assert_eq!(pressed(Context::Form, key('3')), None);
    }
}
