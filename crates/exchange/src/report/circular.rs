//! 通报: the draft of an official notice, as a Word document.

use super::facts::{ClassFacts, Facts, RankedUnit};
use super::prose;
use crate::docx::{Block, Cell, Document, Page, Paragraph, Row, Style, Table};

/// Returns the circular as a `.docx` file. Every figure in it is computed; what only the office can say is marked 〔…〕. The
/// same facts make the same bytes.
pub fn circular(facts: &Facts) -> Vec<u8> {
    let mut draft = Draft::default();
    for remark in prose::remarks(facts) {
        draft.push(Paragraph::placeholder(Style::Remark, remark));
    }
    draft.text(Style::Title, &facts.title);
    match &facts.addressees {
        Some(addressees) => draft.text(Style::Addressee, format!("{addressees}：")),
        None => draft.push(Paragraph::placeholder(Style::Addressee, "〔主送单位〕：")),
    }
    draft.text(Style::Body, prose::opening(facts));
    overview(&mut draft, facts);
    rankings(&mut draft, facts);
    grades(&mut draft, facts);
    problems(&mut draft, facts);
    changes(&mut draft, facts);
    draft.heading("下一步工作要求");
    draft.push(Paragraph::placeholder(Style::Body, prose::REQUIREMENTS));
    draft.text(Style::Body, "");
    match &facts.office {
        Some(office) => draft.text(Style::Signature, office),
        None => draft.push(Paragraph::placeholder(Style::Signature, "〔发文机关〕")),
    }
    draft.text(Style::SignatureDate, prose::date(facts.made_on));
    let document = Document {
        title: facts.title.clone(),
        author: facts.office.clone().unwrap_or_default(),
        made_on: facts.made_on,
        page: Page::Official,
        blocks: draft.blocks,
    };
    document.to_bytes()
}

/// A document that grows.
#[derive(Default)]
struct Draft {
    blocks: Vec<Block>,
    n_headings: usize,
    n_subheadings: usize,
}

impl Draft {
    fn push(&mut self, paragraph: Paragraph) {
        self.blocks.push(Block::Paragraph(paragraph));
    }

    fn text(&mut self, style: Style, text: impl Into<String>) {
        self.push(Paragraph::new(style, text));
    }

    /// Adds `一、…`.
    fn heading(&mut self, text: &str) {
        self.n_headings += 1;
        self.n_subheadings = 0;
        self.text(Style::Heading1, format!("{}、{text}", numeral(self.n_headings)));
    }

    /// Adds `（一）…`.
    fn subheading(&mut self, text: &str) {
        self.n_subheadings += 1;
        self.text(Style::Heading2, format!("（{}）{text}", numeral(self.n_subheadings)));
    }

    fn table(&mut self, caption: String, widths: Vec<u32>, rows: Vec<Row>) {
        self.text(Style::Caption, caption);
        self.blocks.push(Block::Table(Table { widths, n_header_rows: 1, rows }));
    }
}

/// Returns a number from 1 to 99 in Chinese.
fn numeral(n: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (n / 10, DIGITS[n % 10]);
    match tens {
        0 => ones.to_owned(),
        1 => format!("十{ones}"),
        tens => format!("{}十{ones}", DIGITS[tens % 10]),
    }
}

fn overview(draft: &mut Draft, facts: &Facts) {
    draft.heading("总体情况");
    draft.text(Style::Body, prose::scope(facts));
    for class in &facts.classes {
        draft.text(Style::Body, prose::figures(class));
    }
    if let Some(shared) = prose::shared(facts) {
        draft.text(Style::Body, shared);
    }
}

fn rankings(draft: &mut Draft, facts: &Facts) {
    draft.heading("排名情况");
    for class in &facts.classes {
        draft.subheading(&format!("{}单位", class.track));
        if !class.ranked.is_empty() {
            ranking(draft, facts, class);
        }
        for sentence in prose::unranked(class) {
            draft.text(Style::Body, sentence);
        }
    }
}

/// Millimetres between the margins of the page.
const PAGE: u32 = 156;

fn ranking(draft: &mut Draft, facts: &Facts, class: &ClassFacts) {
    let mut columns: Vec<(&str, u32)> = vec![("名次", 24), ("得分", 18), ("扣分", 18), ("得分率", 18)];
    let has_grades = !class.grades.is_empty();
    let has_before = class.change.is_some();
    let has_notes = class.ranked.iter().any(|it| !it.is_settled);
    columns.extend(has_grades.then_some(("等次", 16)));
    columns.extend(has_before.then_some(("上年名次", 22)));
    columns.extend(has_notes.then_some(("备注", 20)));
    let taken: u32 = columns.iter().map(|it| it.1).sum();
    columns.insert(1, ("单位", PAGE - taken));
    let row = |unit: &RankedUnit| {
        let centre = |text: String| Cell::new(Style::TableCentre, text);
        let mut cells = vec![
            centre(prose::place(unit.rank, unit.is_tied)),
            Cell::new(Style::TableText, &unit.name),
            centre(unit.score.to_string()),
            centre(unit.lost.to_string()),
            centre(prose::percent(unit.rate)),
        ];
        if has_grades {
            cells.push(centre(unit.grade.clone().unwrap_or_default()));
        }
        if has_before {
            cells.push(centre(unit.rank_before.map_or("—".to_owned(), |it| it.to_string())));
        }
        if has_notes {
            cells.push(centre(if unit.is_settled { "" } else { "未复核，暂计" }.to_owned()));
        }
        Row::new(cells)
    };
    let head = Row::of(Style::TableHead, columns.iter().map(|it| it.0));
    let rows = std::iter::once(head).chain(class.ranked.iter().map(row)).collect();
    let kind = if facts.is_provisional && has_notes { "考核排名（暂计）" } else { "考核排名" };
    let caption = format!("{}单位{kind}（满分{}分）", class.track, class.full_marks);
    draft.table(caption, columns.iter().map(|it| it.1).collect(), rows);
}

fn grades(draft: &mut Draft, facts: &Facts) {
    if facts.classes.iter().all(|it| it.grades.is_empty()) {
        return;
    }
    draft.heading("考核等次");
    for class in facts.classes.iter().filter(|it| !it.grades.is_empty()) {
        draft.subheading(&format!("{}单位", class.track));
        for sentence in prose::grades(class) {
            draft.text(Style::Body, sentence);
        }
    }
}

fn problems(draft: &mut Draft, facts: &Facts) {
    draft.heading("存在的主要问题");
    for class in &facts.classes {
        draft.subheading(&format!("{}单位", class.track));
        draft.text(Style::Body, prose::losses(class));
        let problems = &class.problems.problems;
        if problems.is_empty() {
            continue;
        }
        let head = Row::of(Style::TableHead, ["序号", "指标", "问题", "细则条款", "次数", "单位数", "失分"]);
        let mut rows = vec![head];
        for (n, it) in (1_usize..).zip(problems) {
            let centre = |text: String| Cell::new(Style::TableCentre, text);
            let left = |text: &str| Cell::new(Style::TableText, text);
            let times = if it.n_occurrences > 0 { it.n_occurrences.to_string() } else { String::new() };
            rows.push(Row::new(vec![
                centre(n.to_string()),
                left(&it.indicator),
                left(&it.cause),
                left(&it.clause),
                centre(times),
                centre(it.n_units.to_string()),
                centre(it.points.to_string()),
            ]));
        }
        draft.table(format!("{}单位失分情况", class.track), vec![12, 27, 25, 44, 14, 18, 16], rows);
    }
}

fn changes(draft: &mut Draft, facts: &Facts) {
    let Some(before) = facts.before else { return };
    draft.heading("与上年相比");
    for class in &facts.classes {
        match &class.change {
            Some(change) => draft.text(Style::Body, prose::change(class, change, before)),
            None => draft.text(Style::Body, format!("{before}年没有{}这一类别，不作比较。", class.track)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_numbered_in_chinese() {
        for (n, expected) in [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五")]
        {
            assert_eq!(numeral(n), expected);
        }
    }
}
