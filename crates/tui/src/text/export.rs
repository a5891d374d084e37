//! The words of exporting.

use std::path::Path;

use jiff::civil::Date;
use kaohe_core::Stamp;
use kaohe_exchange::clean;

use crate::effect::ExportWhat;

/// The title of the box.
pub(crate) const TITLE: &str = "导出";
/// The questions.
pub(crate) const WHAT: &str = "内容";
pub(crate) const PATH: &str = "位置";
pub(crate) const ENCODING: &str = "编码";
/// What stands in an empty place.
pub(crate) const PATH_HINT: &str = "必填：文件或文件夹的名字，可带路径";
/// The encodings; the first one is what spreadsheets open.
pub(crate) const ENCODINGS: [&str; 2] = ["UTF-8", "GB18030（老系统要的）"];
/// Said where no place is filled in.
pub(crate) const NO_PATH: &str = "位置空着：请填文件或文件夹的名字";

/// Returns what may be exported.
pub(crate) fn whats(track: &str) -> Vec<String> {
    vec![
        "整个年度的表格：CSV，一个文件夹".to_owned(),
        format!("{track}的排名：CSV，一个文件"),
        format!("{track}的排名，未复核的按暂计：CSV，一个文件"),
        "全部数据：RON，一个文件，可原样读回".to_owned(),
        "工作簿（Excel/WPS）：排名、考核表等".to_owned(),
        "自评表：每个单位一份，一个文件夹".to_owned(),
    ]
}

/// Returns the name that is proposed.
pub(crate) fn file_name(
    what: ExportWhat,
    year: u16,
    track: &str,
    today: Date,
    past: Option<&Stamp>,
) -> String {
    let day = match past {
        Some(stamp) => format!("第{}条时", stamp.n),
        None => today.strftime("%Y%m%d").to_string(),
    };
    // No name on any disk has these.
    let track: String = track.chars().filter(|it| !r#"\/:*?"<>|."#.contains(*it)).collect();
    match what {
        ExportWhat::Tables => format!("{year}年考核结果-{day}"),
        ExportWhat::Ranking { is_provisional: false, .. } => format!("{year}年{track}排名-{day}.csv"),
        ExportWhat::Ranking { is_provisional: true, .. } => format!("{year}年{track}排名暂计-{day}.csv"),
        ExportWhat::Everything => format!("{year}年全部数据-{day}.ron"),
        ExportWhat::Workbook => format!("{year}年考核结果-{day}.xlsx"),
        ExportWhat::Forms => format!("{year}年自评表-{day}"),
    }
}

/// Says up to which record the year is looked at.
pub(crate) fn up_to(stamp: &Stamp) -> String {
    format!("留痕 {}@{}", stamp.n, stamp.writer)
}

/// Says how far it is: `[##----]  正在写 3/6：扣分明细`.
pub(crate) fn progress(n_done: usize, n_files: Option<usize>, next: &str) -> String {
    const CELLS: usize = 24;
    let Some(n_files) = n_files else { return "正在准备\nEsc 停下".to_owned() };
    let n_full = n_done * CELLS / n_files.max(1);
    let bar = format!("[{}{}]", "#".repeat(n_full), "-".repeat(CELLS - n_full));
    let next = if next.is_empty() { String::new() } else { format!("：{next}") };
    format!("{bar}  正在写 {}/{n_files}{next}\nEsc 停下", (n_done + 1).min(n_files))
}

/// Says what was written, and where.
pub(crate) fn done(what: ExportWhat, n_files: usize, path: &Path) -> String {
    let what = match what {
        ExportWhat::Tables => format!(" {n_files} 个表格"),
        ExportWhat::Ranking { .. } => "排名".to_owned(),
        ExportWhat::Everything => "全部数据".to_owned(),
        ExportWhat::Workbook => "工作簿".to_owned(),
        // A list and an archive go with them.
        ExportWhat::Forms => format!(" {} 份自评表，并有清单和打包的 zip", n_files.saturating_sub(2)),
    };
    format!("已写出{what}：\n{}\n按回车返回", shown(path))
}

/// Says what was written of an export that was left off.
pub(crate) fn left_off(what: ExportWhat, n_done: usize, n_files: usize, path: &Path) -> String {
    // A workbook is written once it is whole.
    if what == ExportWhat::Workbook || n_done == 0 {
        return "已停下：没有写出任何文件\n按回车返回".to_owned();
    }
    format!("已停下：{n_files} 个文件写了 {n_done} 个，留在\n{}\n按回车返回", shown(path))
}

/// Says that a name is taken.
pub(crate) fn taken(path: &Path) -> String {
    format!("已经有 {}，不覆盖。上面换成了没人用的名字，按回车写到那里", shown(path))
}

/// Says that nothing was exported.
pub(crate) fn failed(why: &str) -> String {
    format!("没有导出。{why}")
}

fn shown(path: &Path) -> String {
    clean(&path.display().to_string())
}
