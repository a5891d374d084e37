//! The parts of a `.docx` file, and the archive that holds them.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::style::{FONTS, Style};
use super::{Document, body, style};
use crate::markup::escape;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const TYPES: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// Returns the document as a file.
pub(super) fn pack(document: &Document) -> Vec<u8> {
    let namespaces = format!("xmlns:w=\"{WORD}\" xmlns:r=\"{OFFICE}\"");
    let parts = [
        ("[Content_Types].xml", content_types()),
        ("_rels/.rels", relations()),
        ("docProps/core.xml", core(document)),
        ("docProps/app.xml", app()),
        ("word/document.xml", body::document(document, &namespaces)),
        ("word/_rels/document.xml.rels", document_relations()),
        ("word/styles.xml", style::styles(WORD)),
        ("word/settings.xml", settings()),
        ("word/fontTable.xml", font_table()),
        ("word/footer1.xml", footer(&namespaces, Style::PageNumber)),
        ("word/footer2.xml", footer(&namespaces, Style::PageNumberEven)),
    ];
    // One time for all files, or no two archives would be the same.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, xml) in parts {
        let written = archive.start_file(name, options).and_then(|()| {
            archive.write_all(DECLARATION.as_bytes())?;
            Ok(archive.write_all(xml.as_bytes())?)
        });
        written.expect("memory takes what is written");
    }
    archive.finish().expect("memory takes what is written").into_inner()
}

fn content_types() -> String {
    let mut xml = format!(
        "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    );
    let mut part = |name: &str, kind: &str| {
        xml.push_str(&format!("<Override PartName=\"/{name}\" ContentType=\"{kind}\"/>"));
    };
    part("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
    part("docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml");
    part("word/document.xml", &format!("{TYPES}.document.main+xml"));
    part("word/styles.xml", &format!("{TYPES}.styles+xml"));
    part("word/settings.xml", &format!("{TYPES}.settings+xml"));
    part("word/fontTable.xml", &format!("{TYPES}.fontTable+xml"));
    part("word/footer1.xml", &format!("{TYPES}.footer+xml"));
    part("word/footer2.xml", &format!("{TYPES}.footer+xml"));
    xml.push_str("</Types>");
    xml
}

fn relationships(all: &[(&str, String, &str)]) -> String {
    let mut xml = format!("<Relationships xmlns=\"{PACKAGE}/relationships\">");
    for (id, kind, target) in all {
        xml.push_str(&format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/>"));
    }
    xml.push_str("</Relationships>");
    xml
}

fn relations() -> String {
    relationships(&[
        ("rId1", format!("{OFFICE}/officeDocument"), "word/document.xml"),
        ("rId2", format!("{PACKAGE}/relationships/metadata/core-properties"), "docProps/core.xml"),
        ("rId3", format!("{OFFICE}/extended-properties"), "docProps/app.xml"),
    ])
}

fn document_relations() -> String {
    relationships(&[
        ("rId1", format!("{OFFICE}/styles"), "styles.xml"),
        ("rId2", format!("{OFFICE}/settings"), "settings.xml"),
        ("rId3", format!("{OFFICE}/fontTable"), "fontTable.xml"),
        ("rId4", format!("{OFFICE}/footer"), "footer1.xml"),
        ("rId5", format!("{OFFICE}/footer"), "footer2.xml"),
    ])
}

fn core(document: &Document) -> String {
    let (title, author) = (escape(&document.title), escape(&document.author));
    let time = |name: &str| {
        let day = document.made_on;
        format!("<dcterms:{name} xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:{name}>")
    };
    format!(
        "<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <dc:title>{title}</dc:title><dc:creator>{author}</dc:creator><dc:language>zh-CN</dc:language>{}{}\
         </cp:coreProperties>",
        time("created"),
        time("modified")
    )
}

fn app() -> String {
    "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
     <Application>kaohe</Application></Properties>"
        .to_owned()
}

fn settings() -> String {
    format!(
        "<w:settings xmlns:w=\"{WORD}\"><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"420\"/><w:evenAndOddHeaders/>\
         <w:characterSpacingControl w:val=\"compressPunctuation\"/><w:compat><w:compatSetting \
         w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
         <w:themeFontLang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:settings>"
    )
}

fn font_table() -> String {
    let mut xml = format!("<w:fonts xmlns:w=\"{WORD}\">");
    for (name, other) in FONTS {
        xml.push_str(&format!(
            "<w:font w:name=\"{name}\"><w:altName w:val=\"{other}\"/><w:charset w:val=\"86\"/></w:font>"
        ));
    }
    xml.push_str("</w:fonts>");
    xml
}

/// Returns the foot of the page: `— 1 —`, the number a field.
fn footer(namespaces: &str, looks: Style) -> String {
    let run = |inside: &str| format!("<w:r>{inside}</w:r>");
    let mark = |kind: &str| run(&format!("<w:fldChar w:fldCharType=\"{kind}\"/>"));
    let dash = |text: &str| run(&format!("<w:t xml:space=\"preserve\">{text}</w:t>"));
    format!(
        "<w:ftr {namespaces}><w:p><w:pPr><w:pStyle w:val=\"{}\"/></w:pPr>{}{}{}{}{}{}{}</w:p></w:ftr>",
        looks.looks().id,
        dash("— "),
        mark("begin"),
        run("<w:instrText xml:space=\"preserve\"> PAGE </w:instrText>"),
        mark("separate"),
        dash("1"),
        mark("end"),
        dash(" —"),
    )
}
