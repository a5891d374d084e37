//! Word documents, read back.

use std::io::{Cursor, Read};

use super::*;

/// Returns a part of a document.
#[track_caller]
pub(crate) fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Returns the text of a document, a paragraph or a row of a table a line, cells joined by `|`.
#[track_caller]
pub(crate) fn text_of(bytes: &[u8]) -> Vec<String> {
    let xml = part(bytes, "word/document.xml");
    let text = |xml: &str| -> String {
        let runs = xml.split("<w:t xml:space=\"preserve\">").skip(1);
        let texts = runs.map(|it| it.split("</w:t>").next().unwrap_or_default());
        texts
            .collect::<String>()
            .replace("&quot;", "\"")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
    };
    let mut lines = Vec::new();
    // Rows have paragraphs in them, and paragraphs have no rows.
    for (idx, outside) in xml.split("<w:tr>").enumerate() {
        let (row, after) = if idx == 0 { ("", outside) } else { outside.split_once("</w:tr>").unwrap() };
        if idx > 0 {
            let cells = row.split("</w:tc>").filter(|it| it.contains("<w:tc>"));
            lines.push(cells.map(text).collect::<Vec<_>>().join("|"));
        }
        lines.extend(after.split("<w:p>").skip(1).map(text));
    }
    lines
}

/// Checks that every tag that is opened is closed, in order; returns how many there are.
#[track_caller]
pub(crate) fn check_well_formed(markup: &str) -> usize {
    let mut open: Vec<&str> = Vec::new();
    let mut n_tags = 0;
    for piece in markup.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or_else(|| panic!("<{piece} is not closed"));
        assert!(!text.contains('>'), "{text}");
        n_tags += 1;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "at </{name}>");
        } else if !tag.ends_with('/') && !tag.starts_with(['?', '!']) {
            assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
            open.push(tag.split_whitespace().next().unwrap());
        }
    }
    assert_eq!(open, Vec::<&str>::new());
    n_tags
}

fn sample() -> Document {
    let head = Row::of(Style::TableHead, ["名次", "单位"]);
    let rows = vec![head, Row::new(vec![Cell::new(Style::TableText, "<b>&\"甲\"").over(2)])];
    Document {
        title: "通报 & 附件".to_owned(),
        author: "办公室".to_owned(),
        made_on: Date::constant(2023, 12, 31),
        page: Page::Official,
        blocks: vec![
            Block::Paragraph(Paragraph::new(Style::Title, "关于〔2023〕4号的通报")),
            Block::Paragraph(Paragraph::placeholder(Style::Body, "〔请填写〕")),
            Block::Table(Table { widths: vec![30, 126], n_header_rows: 1, rows }),
        ],
    }
}

#[test]
fn all_parts_are_well_formed_and_the_same_every_time() {
    let bytes = sample().to_bytes();
    assert_eq!(bytes, sample().to_bytes());
    let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let names: Vec<String> =
        (0..archive.len()).map(|it| archive.by_index(it).unwrap().name().unwrap().into_owned()).collect();
    assert_eq!(names.len(), 11);
    for name in names {
        assert!(check_well_formed(&part(&bytes, &name)) > 2, "{name}");
    }
    assert!(part(&bytes, "docProps/core.xml").contains("<dc:title>通报 &amp; 附件</dc:title>"));
    assert!(part(&bytes, "docProps/core.xml").contains("2023-12-31T00:00:00Z"));
}

#[test]
fn text_is_escaped_placeholders_are_marked_and_heads_are_repeated() {
    let bytes = sample().to_bytes();
    assert_eq!(text_of(&bytes), ["关于〔2023〕4号的通报", "〔请填写〕", "名次|单位", "<b>&\"甲\"", ""]);
    let xml = part(&bytes, "word/document.xml");
    assert_eq!(xml.matches("<w:highlight").count(), 1);
    assert!(
        xml.contains("<w:highlight w:val=\"yellow\"/></w:rPr><w:t xml:space=\"preserve\">〔请填写〕</w:t>")
    );
    assert_eq!(xml.matches("<w:tblHeader/>").count(), 1);
    assert!(xml.contains("<w:gridSpan w:val=\"2\"/>"));
}

#[test]
fn looks_are_those_of_official_documents() {
    let bytes = sample().to_bytes();
    let styles = part(&bytes, "word/styles.xml");
    let style = |id: &str| {
        let (_, from) = styles.split_once(&format!("w:styleId=\"{id}\"")).unwrap();
        from.split("</w:style>").next().unwrap().to_owned()
    };
    for (id, font, half_points) in [
        ("Title", "方正小标宋简体", 44),
        ("BodyText", "仿宋_GB2312", 32),
        ("Heading1", "黑体", 32),
        ("Heading2", "楷体_GB2312", 32),
        ("TableText", "仿宋_GB2312", 24),
        ("Footer", "宋体", 28),
    ] {
        let style = style(id);
        for slot in ["ascii", "hAnsi", "eastAsia"] {
            assert!(style.contains(&format!("w:{slot}=\"{font}\"")), "{style}");
        }
        assert!(style.contains(&format!("<w:sz w:val=\"{half_points}\"/>")), "{style}");
    }
    assert!(style("BodyText").contains("w:line=\"579\" w:lineRule=\"exact\""));
    assert!(style("BodyText").contains("w:firstLineChars=\"200\" w:firstLine=\"640\""));
    // 37, 26, 35 and 28 mm.
    let margins = "w:top=\"2097\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1587\"";
    assert!(part(&bytes, "word/document.xml").contains(margins));
    assert!(
        part(&bytes, "word/footer1.xml").contains("— </w:t>")
            && part(&bytes, "word/footer2.xml").contains("PAGE")
    );
}
