//! The sheet as a Word document.

use super::facts::{Feedback, LossLine};
use super::{COLUMNS, RECTIFIED, SIGNED};
use crate::docx::{Block, Cell, Document, Page, Paragraph, Row, Style, Table};

/// Millimetres of the columns; 180 together.
const WIDTHS: [u32; 8] = [20, 22, 36, 23, 20, 13, 26, 20];
/// Millimetres for what the unit has done.
const ROOM: u32 = 28;

/// Returns the sheet as a `.docx` file; the same facts make the same bytes.
pub fn feedback_docx(feedback: &Feedback) -> Vec<u8> {
    let mut rows = vec![Row::of(Style::SmallHead, COLUMNS)];
    let centre = |text: String| Cell::new(Style::SmallCentre, text);
    let left = |text: &str| Cell::new(Style::SmallText, text);
    for it in &feedback.indicators {
        rows.extend(it.lines.iter().map(|line| self::line(&it.name, line)));
        let lost = it.lost.map_or("—".to_owned(), |it| it.to_string());
        rows.push(Row::new(vec![left(&it.result()).over(5), centre(lost), left("").over(2)]));
    }
    rows.extend(feedback.steps.iter().map(|it| line("", it)));
    let lost = feedback.lost().map_or("待定".to_owned(), |it| it.to_string());
    let score = feedback.score.map_or("待定".to_owned(), |it| it.to_string());
    let head = |text: &str| Cell::new(Style::SmallHead, text);
    let total =
        |what: &str, points: String| Row::new(vec![head(what).over(5), head(&points), left("").over(2)]);
    rows.push(total("扣分合计", lost));
    rows.push(total(&format!("得分（满分{}分）", feedback.full_marks), score));
    let rectified = Row { height: ROOM, ..Row::new(vec![head(RECTIFIED), left("").over(7)]) };
    let [who, signature, day] = SIGNED;
    let signed = vec![head(who), left("").over(2), head(signature), left("").over(2), head(day), left("")];
    let signed = Row { height: 10, ..Row::new(signed) };
    rows.extend([rectified, signed]);
    let text = |style, text: String| Block::Paragraph(Paragraph::new(style, text));
    let document = Document {
        title: format!("{}（{}）", feedback.title, feedback.unit),
        author: String::new(),
        made_on: feedback.made_on,
        page: Page::Form,
        blocks: vec![
            text(Style::FormTitle, feedback.title.clone()),
            text(Style::FormText, feedback.whose()),
            text(Style::FormText, feedback.result()),
            text(Style::FormText, format!("依据：{}", feedback.basis)),
            Block::Table(Table { widths: WIDTHS.to_vec(), n_header_rows: 1, rows }),
        ],
    };
    document.to_bytes()
}

fn line(indicator: &str, line: &LossLine) -> Row {
    let centre = |text: String| Cell::new(Style::SmallCentre, text);
    let left = |text: &str| Cell::new(Style::SmallText, text);
    Row::new(vec![
        left(indicator),
        left(&line.what),
        left(&line.clause),
        centre(line.date.map_or(String::new(), |it| it.to_string())),
        left(&line.how),
        centre(line.lost.to_string()),
        left(&line.note),
        left(&line.source),
    ])
}
