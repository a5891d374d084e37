//! 说明: what the workbook rests on, how its numbers came about, and the readings of the rubric that were in force.

use kaohe_core::{Events, Ledger, Rubric, Ties};
use rust_xlsxwriter::{RowNum, Worksheet, XlsxError};

use super::cells::{Cells, n_lines};
use super::page::{Page, set_page};
use super::style::Styles;
use super::{About, MAX_SHEETS};
use crate::words;

/// Widths of the columns, in cells of display.
const WIDTHS: [usize; 3] = [22, 40, 56];

/// Writes what there is to say of the workbook.
pub(super) fn put_notes(
    sheet: &mut Worksheet,
    styles: &Styles,
    ledger: &Ledger,
    about: &About,
    is_stacked: bool,
) -> Result<(), XlsxError> {
    for (col, width) in (0..).zip(WIDTHS) {
        sheet.width(col, width)?;
    }
    sheet.block((0, 0), (0, 2), &format!("{} 年度考核　工作簿说明", about.year), &styles.title)?;
    sheet.lines(0, 2)?;
    let mut row = 1;
    for (label, text) in facts(ledger, about).into_iter().chain(ways(ledger, is_stacked)) {
        let room = WIDTHS[1] + WIDTHS[2];
        sheet.lines(row, n_lines(&text, room))?;
        sheet.text((row, 0), label, &styles.head)?;
        sheet.block((row, 1), (row, 2), &text, &styles.wrapped)?;
        row += 1;
    }
    for rubric in ledger.rubrics().iter().filter(|it| !it.readings.is_empty()) {
        row += 1;
        let title = format!("读法：{}", titled(rubric));
        sheet.block((row, 0), (row, 2), &title, &styles.head)?;
        row += 1;
        for reading in &rubric.readings {
            put_reading(sheet, styles, row, reading)?;
            row += 1;
        }
    }
    set_page(sheet, Page { is_wide: true, repeated: None })
}

fn put_reading(
    sheet: &mut Worksheet,
    styles: &Styles,
    row: RowNum,
    reading: &kaohe_core::Reading,
) -> Result<(), XlsxError> {
    let lines = n_lines(&reading.question, WIDTHS[1]).max(n_lines(&reading.answer, WIDTHS[2]));
    sheet.lines(row, lines)?;
    sheet.text((row, 0), &reading.id, &styles.middle)?;
    sheet.text((row, 1), &reading.question, &styles.wrapped)?;
    sheet.text((row, 2), &reading.answer, &styles.wrapped)
}

/// Returns a rubric's title, with the document that issued it.
fn titled(rubric: &Rubric) -> String {
    if rubric.source.is_empty() {
        rubric.title.clone()
    } else {
        format!("{}（{}）", rubric.title, rubric.source)
    }
}

/// Returns what the workbook rests on.
fn facts(ledger: &Ledger, about: &About) -> Vec<(&'static str, String)> {
    let sources: Vec<String> =
        ledger.rubrics().iter().map(|it| format!("{}：{}", it.track, titled(it))).collect();
    let classes: Vec<String> = (0..ledger.rubrics().len())
        .map(|it| format!("{} {} 个", ledger.rubrics()[it].track, ledger.units_of(it).len()))
        .collect();
    let mut facts = vec![
        ("考核细则", sources.join("\n")),
        ("被考核单位", classes.join("，")),
        ("导出", format!("{}　{}", about.by, about.at.strftime("%Y-%m-%d %H:%M"))),
    ];
    if !about.as_of.is_empty() {
        facts.push(("截至", format!("{}（以后的改动不在内）", about.as_of)));
    }
    facts.push(match ledger.finalised() {
        Some(it) => ("定稿", format!("已定稿，{}；定稿摘要 {}", it.by, it.digest)),
        None => ("定稿", "尚未定稿".to_owned()),
    });
    if !about.digest.is_empty() {
        let text = format!("SHA-256 {}（即 kaohe export --format ron 所写文件的摘要）", about.digest);
        facts.push(("数据摘要", text));
    }
    facts.push(("程序", format!("kaohe {}", env!("CARGO_PKG_VERSION"))));
    facts
}

/// Returns how the numbers came about.
fn ways(ledger: &Ledger, is_stacked: bool) -> Vec<(&'static str, String)> {
    let settings = ledger.settings();
    let ties = match settings.ties {
        Ties::Skip => "同分名次相同，下一名次跳过（1、1、3）",
        Ties::Dense => "同分名次相同，下一名次不跳过（1、1、2）",
    };
    let events = match settings.events {
        Events::All => "同一事项触及几条规则的，都扣",
        Events::HighestOnly => "同一事项触及几条规则的，就高只扣一条",
    };
    let mut ways = vec![
        ("未复核", "灰色斜体的得分为暂计：未复核完的单位不排名次，既不按 0 分，也不按满分或自评分计。".to_owned()),
        ("并列", format!("{ties}。")),
        ("不涉及", format!("{}。", words::treatment(settings.not_applicable))),
        ("同一事项", format!("{events}。")),
        (
            "公式",
            "合计、扣分、得分率、差额、占比是公式，改动某格后随之变化；合计不是各指标简单相加的（加权、加分、折算、否决等），\
             写的是程序算出的数，并列出算法。名次在同分规则为 1、1、3 时是公式，其余情形是数。\
             在表格软件里的改动不会回到程序里。"
                .to_owned(),
        ),
        ("底色", "得分表的底色：黄色有失分，橙色失去两成以上，红色失去一半以上。".to_owned()),
    ];
    if is_stacked {
        let text = format!(
            "单位超过 {MAX_SHEETS} 个：考核表不再一个单位一张工作表，而是同一类别的依次排在一起，每个单位另起一页。"
        );
        ways.push(("考核表", text));
    }
    ways
}
