//! The command line as data. Every text in here is for people; `help` puts it into a Chinese frame.

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use clap_complete::Shell;

use crate::commands::backups::BackupsCommand;
use crate::commands::entries::WithdrawArgs;
use crate::commands::export::ExportArgs;
use crate::commands::finalise::{FinaliseArgs, ReopenArgs};
use crate::commands::forms::FormsArgs;
use crate::commands::help::HelpArgs;
use crate::commands::import::ImportCommand;
use crate::commands::init::InitArgs;
use crate::commands::interface::ScreenArgs;
use crate::commands::log::LogArgs;
use crate::commands::merge::MergeArgs;
use crate::commands::rank::{CompareArgs, LossesArgs, RankArgs};
use crate::commands::repair::RepairArgs;
use crate::commands::report::ReportArgs;
use crate::commands::review::{NotApplicableArgs, ReviewArgs};
use crate::commands::rubric::RubricCommand;
use crate::commands::score::{ExplainArgs, ScoreArgs};
use crate::commands::units::UnitsCommand;
use crate::output::{TableOutput, TextOutput};

#[derive(Debug, Parser)]
#[command(name = "kaohe", version = crate::VERSION, disable_help_subcommand = true, about = "政务公开考核：按考核细则扣分、复核、排名。不带命令时打开界面")]
pub(crate) struct Args {
    #[command(flatten)]
    pub global: Global,
    #[command(flatten)]
    pub screens: ScreenArgs,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What opens the screens: options only. Naming no command it is understood sooner than [`Args`].
#[derive(Debug, Parser)]
#[command(name = "kaohe", disable_help_flag = true)]
pub(crate) struct Bare {
    #[command(flatten)]
    pub global: Global,
    #[command(flatten)]
    pub screens: ScreenArgs,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Global {
    #[arg(
        long,
        global = true,
        env = "KAOHE_DATA",
        value_name = "文件夹",
        help = "数据文件夹（也可用环境变量 KAOHE_DATA）"
    )]
    pub data: Option<PathBuf>,
    #[arg(long, global = true, value_name = "年度", value_parser = year, help = "年度；默认最新的一年")]
    pub year: Option<u16>,
    #[arg(
        long,
        global = true,
        env = "KAOHE_BY",
        value_name = "姓名",
        help = "记录人（也可用环境变量 KAOHE_BY）；默认登录名"
    )]
    pub by: Option<String>,
    /// Whether the name stands on the command line itself; the environment says only who records.
    #[arg(skip)]
    pub is_by_given: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    #[command(about = "打开示例年度的界面；数据是编造的，退出即删")]
    Demo {
        #[command(flatten)]
        screens: ScreenArgs,
    },
    #[command(about = "新建年度：用内置的、给出的或上一年的细则和名录")]
    Init(InitArgs),
    #[command(subcommand, about = "名录：查看、导入")]
    Units(UnitsCommand),
    #[command(subcommand, about = "考核细则：查看、检查、比较、换用")]
    Rubric(RubricCommand),
    #[command(subcommand, about = "导入扣分、自评或整个年度")]
    Import(ImportCommand),
    #[command(about = "标为已复核，或改回未复核")]
    Review(ReviewArgs),
    #[command(about = "标为不涉及，或取消")]
    Na(NotApplicableArgs),
    #[command(about = "撤回一条扣分记录（留痕不删）")]
    Withdraw(WithdrawArgs),
    #[command(about = "撤销自己的上一次操作")]
    Undo,
    #[command(about = "重做刚撤销的操作")]
    Redo,
    #[command(about = "得分，逐个指标")]
    Score(ScoreArgs),
    #[command(about = "得分是怎样算出来的，引用细则原文")]
    Explain(ExplainArgs),
    #[command(about = "排名")]
    Rank(RankArgs),
    #[command(about = "各类别对比；与另一年对比")]
    Compare(CompareArgs),
    #[command(about = "失分分析：分失在哪条规则，失得多的在前")]
    Losses(LossesArgs),
    #[command(about = "导出整个年度：RON 可原样读回，工作簿和 CSV 供表格软件")]
    Export(ExportArgs),
    #[command(about = "通报：公文初稿，或带图表的网页")]
    Report(ReportArgs),
    #[command(about = "自评表：每个单位一份，发下去填")]
    Forms(FormsArgs),
    #[command(about = "定稿：固定一年的结果，此后的改动一律不收")]
    Finalise(FinaliseArgs),
    #[command(about = "重新打开已定稿的年度，要写理由")]
    Reopen(ReopenArgs),
    #[command(about = "留痕：谁在何时做了什么，前后得分")]
    Log(LogArgs),
    #[command(about = "合并：把同事那一份里有、这里没有的留痕并进来")]
    Merge(MergeArgs),
    #[command(about = "核验已存的全部内容；没有问题时不作声")]
    Check,
    #[command(about = "修复：把留痕里损坏的行移到一旁，其余照常；先看，再加 --yes")]
    Repair(RepairArgs),
    #[command(about = "备份：列出（不带命令时），恢复到新的文件夹")]
    Backups {
        #[command(subcommand)]
        command: Option<BackupsCommand>,
    },
    #[command(about = "体检：终端、数据文件夹、设置的情况，一页，好发给帮忙的人")]
    Doctor {
        #[command(flatten)]
        output: TableOutput,
    },
    #[command(about = "使用手册：一章，常见问题，或一个命令的说明")]
    Help(HelpArgs),
    #[command(about = "各文件夹的位置")]
    Paths {
        #[command(flatten)]
        output: TableOutput,
    },
    #[command(about = "命令行补全脚本")]
    Completions {
        #[arg(value_enum, value_name = "SHELL", help = "bash、elvish、fish、powershell 或 zsh")]
        shell: Shell,
        #[command(flatten)]
        output: TextOutput,
    },
    #[command(about = "手册页（man 格式）")]
    Man {
        #[command(flatten)]
        output: TextOutput,
    },
}

/// Reads a year; full-width digits are accepted.
pub(crate) fn year(text: &str) -> Result<u16, String> {
    let folded = kaohe_core::half_width(text);
    let folded = folded.trim();
    let is_plain = folded.len() == 4 && folded.bytes().all(|it| it.is_ascii_digit());
    let year = folded.parse().ok().filter(|it| is_plain && *it >= 1900);
    year.ok_or_else(|| "请写四位数字，如 2023".to_owned())
}
