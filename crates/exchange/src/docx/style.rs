//! The styles: fonts, sizes and distances of GB/T 9704-2012.

/// The looks of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// 标题: 方正小标宋简体 二号, centred.
    Title,
    /// 主送机关: 仿宋 三号, from the left edge.
    Addressee,
    /// 正文: 仿宋 三号, two characters in.
    Body,
    /// 一、 黑体 三号.
    Heading1,
    /// （一） 楷体 三号.
    Heading2,
    /// What stands above a table: 黑体 小四, centred.
    Caption,
    /// The head of a table: 仿宋 小四, bold.
    TableHead,
    /// Text in a table: 仿宋 小四.
    TableText,
    /// Numbers and short words in a table, centred.
    TableCentre,
    /// The title of a form: 黑体 小二, centred.
    FormTitle,
    /// What stands above the table of a form: 仿宋 小四.
    FormText,
    /// The head of a form's table: 仿宋 小五, bold.
    SmallHead,
    /// Text in a form's table: 仿宋 小五.
    SmallText,
    /// Numbers in a form's table, centred.
    SmallCentre,
    /// 发文机关署名: to the right, two characters in.
    Signature,
    /// 成文日期: to the right, four characters in.
    SignatureDate,
    /// A remark about the document, framed, to be removed from it.
    Remark,
    /// 页码 on odd pages: 宋体 四号, to the right, one character in.
    PageNumber,
    /// 页码 on even pages: to the left, one character in.
    PageNumberEven,
}

/// 仿宋.
const FANG_SONG: &str = "仿宋_GB2312";
/// 小标宋, of titles.
const TITLE: &str = "方正小标宋简体";
/// 黑体.
const HEI: &str = "黑体";
/// 楷体.
const KAI: &str = "楷体_GB2312";
/// 宋体.
const SONG: &str = "宋体";

/// Fonts with what stands in where a machine does not have them.
pub(super) const FONTS: [(&str, &str); 5] =
    [(TITLE, "宋体"), (FANG_SONG, "仿宋"), (KAI, "楷体"), (HEI, "SimHei"), (SONG, "SimSun")];

/// Twentieths of a point between lines: 22 lines on the 225 mm between the margins.
const LINE: u32 = 579;

/// What a style looks like.
#[derive(Clone, Copy)]
pub(super) struct Looks {
    /// Its name in files.
    pub id: &'static str,
    /// Its name for people; programs know some of them.
    pub name: &'static str,
    pub font: &'static str,
    /// Half points.
    pub size: u32,
    pub is_bold: bool,
    /// `both`, `left`, `center` or `right`.
    pub align: &'static str,
    /// Twentieths of a point from line to line, exactly; 0 for as much as the font needs.
    pub line: u32,
    /// Twentieths of a point before and after.
    pub space: (u32, u32),
    /// Hundredths of a character that the first line is indented, the left edge, and the right edge.
    pub indent: (u32, u32, u32),
    /// Which level of the outline it is, from 0.
    pub outline: Option<u32>,
    pub is_framed: bool,
}

impl Style {
    /// Every style, in the order of the file.
    pub(super) const ALL: [Style; 19] = [
        Style::Title,
        Style::Addressee,
        Style::Body,
        Style::Heading1,
        Style::Heading2,
        Style::Caption,
        Style::TableHead,
        Style::TableText,
        Style::TableCentre,
        Style::FormTitle,
        Style::FormText,
        Style::SmallHead,
        Style::SmallText,
        Style::SmallCentre,
        Style::Signature,
        Style::SignatureDate,
        Style::Remark,
        Style::PageNumber,
        Style::PageNumberEven,
    ];

    pub(super) fn looks(self) -> Looks {
        let plain = Looks {
            id: "Normal",
            name: "Normal",
            font: FANG_SONG,
            size: 32,
            is_bold: false,
            align: "both",
            line: LINE,
            space: (0, 0),
            indent: (0, 0, 0),
            outline: None,
            is_framed: false,
        };
        let table = Looks { size: 24, line: 0, align: "left", ..plain };
        let small = Looks { size: 18, ..table };
        match self {
            Style::Title => Looks {
                id: "Title",
                name: "Title",
                font: TITLE,
                size: 44,
                align: "center",
                line: 680,
                space: (0, LINE),
                ..plain
            },
            Style::Addressee => Looks { id: "Addressee", name: "主送机关", ..plain },
            Style::Body => Looks { id: "BodyText", name: "Body Text", indent: (200, 0, 0), ..plain },
            Style::Heading1 => Looks {
                id: "Heading1",
                name: "heading 1",
                font: HEI,
                indent: (200, 0, 0),
                outline: Some(0),
                ..plain
            },
            Style::Heading2 => Looks {
                id: "Heading2",
                name: "heading 2",
                font: KAI,
                indent: (200, 0, 0),
                outline: Some(1),
                ..plain
            },
            Style::Caption => Looks {
                id: "Caption",
                name: "caption",
                font: HEI,
                size: 24,
                align: "center",
                line: 0,
                space: (160, 80),
                ..plain
            },
            Style::TableHead => {
                Looks { id: "TableHead", name: "表头", align: "center", is_bold: true, ..table }
            }
            Style::TableText => Looks { id: "TableText", name: "表文", ..table },
            Style::TableCentre => Looks { id: "TableCentre", name: "表数", align: "center", ..table },
            Style::FormTitle => Looks {
                id: "FormTitle",
                name: "表单标题",
                font: HEI,
                size: 36,
                align: "center",
                space: (0, 160),
                ..table
            },
            Style::FormText => Looks { id: "FormText", name: "表单说明", space: (0, 60), ..table },
            Style::SmallHead => {
                Looks { id: "SmallHead", name: "小表头", align: "center", is_bold: true, ..small }
            }
            Style::SmallText => Looks { id: "SmallText", name: "小表文", ..small },
            Style::SmallCentre => Looks { id: "SmallCentre", name: "小表数", align: "center", ..small },
            Style::Signature => {
                Looks { id: "Signature", name: "Signature", align: "right", indent: (0, 0, 200), ..plain }
            }
            Style::SignatureDate => {
                Looks { id: "Date", name: "Date", align: "right", indent: (0, 0, 400), ..plain }
            }
            Style::Remark => Looks {
                id: "Remark",
                name: "稿中提示",
                font: KAI,
                size: 24,
                line: 0,
                space: (0, 240),
                is_framed: true,
                ..plain
            },
            Style::PageNumber => Looks {
                id: "Footer",
                name: "footer",
                font: SONG,
                size: 28,
                align: "right",
                line: 0,
                indent: (0, 0, 100),
                ..plain
            },
            Style::PageNumberEven => Looks {
                id: "FooterEven",
                name: "偶数页码",
                font: SONG,
                size: 28,
                align: "left",
                line: 0,
                indent: (0, 100, 0),
                ..plain
            },
        }
    }
}

/// Returns `styles.xml`.
pub(super) fn styles(namespace: &str) -> String {
    let mut xml = format!("<w:styles xmlns:w=\"{namespace}\"><w:docDefaults><w:rPrDefault><w:rPr>");
    xml.push_str(&fonts(FANG_SONG));
    xml.push_str("<w:kern w:val=\"2\"/><w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/>");
    xml.push_str("<w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>");
    xml.push_str("<w:pPrDefault><w:pPr/></w:pPrDefault></w:docDefaults>");
    xml.push_str(
        "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/>\
         <w:pPr><w:widowControl w:val=\"0\"/><w:jc w:val=\"both\"/></w:pPr></w:style>\
         <w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\">\
         <w:name w:val=\"Default Paragraph Font\"/><w:uiPriority w:val=\"1\"/><w:semiHidden/></w:style>\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>\
         <w:uiPriority w:val=\"99\"/><w:semiHidden/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar>\
         <w:left w:w=\"85\" w:type=\"dxa\"/><w:right w:w=\"85\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>",
    );
    let sides = ["top", "left", "bottom", "right", "insideH", "insideV"];
    let borders: String = sides.iter().map(|it| border(it)).collect();
    xml.push_str(&format!(
        "<w:style w:type=\"table\" w:styleId=\"TableGrid\"><w:name w:val=\"Table Grid\"/>\
         <w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr></w:style>"
    ));
    xml.extend(Style::ALL.iter().map(|it| style(&it.looks())));
    xml.push_str("</w:styles>");
    xml
}

fn border(side: &str) -> String {
    format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>")
}

fn fonts(font: &str) -> String {
    format!("<w:rFonts w:ascii=\"{font}\" w:hAnsi=\"{font}\" w:eastAsia=\"{font}\" w:cs=\"{font}\"/>")
}

fn style(looks: &Looks) -> String {
    let mut xml = format!(
        "<w:style w:type=\"paragraph\" w:styleId=\"{}\"><w:name w:val=\"{}\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr>",
        looks.id, looks.name
    );
    if looks.outline.is_some() || looks.id == "Caption" {
        xml.push_str("<w:keepNext/>");
    }
    if looks.is_framed {
        let sides: String = ["top", "left", "bottom", "right"].iter().map(|it| border(it)).collect();
        xml.push_str(&format!("<w:pBdr>{sides}</w:pBdr>"));
    }
    let (before, after) = looks.space;
    let line = match looks.line {
        0 => " w:line=\"240\" w:lineRule=\"auto\"".to_owned(),
        line => format!(" w:line=\"{line}\" w:lineRule=\"exact\""),
    };
    xml.push_str(&format!("<w:spacing w:before=\"{before}\" w:after=\"{after}\"{line}/>"));
    xml.push_str(&indent(looks));
    xml.push_str(&format!("<w:jc w:val=\"{}\"/>", looks.align));
    if let Some(level) = looks.outline {
        xml.push_str(&format!("<w:outlineLvl w:val=\"{level}\"/>"));
    }
    xml.push_str("</w:pPr><w:rPr>");
    xml.push_str(&fonts(looks.font));
    if looks.is_bold {
        xml.push_str("<w:b/><w:bCs/>");
    }
    xml.push_str(&format!("<w:sz w:val=\"{0}\"/><w:szCs w:val=\"{0}\"/></w:rPr></w:style>", looks.size));
    xml
}

/// Returns the indents in characters, and in twentieths of a point for programs that know no characters.
fn indent(looks: &Looks) -> String {
    let (first, left, right) = looks.indent;
    let mut attributes = String::new();
    for (name, hundredths) in [("firstLine", first), ("left", left), ("right", right)] {
        if hundredths > 0 {
            let twips = hundredths * looks.size * 10 / 100;
            attributes.push_str(&format!(" w:{name}Chars=\"{hundredths}\" w:{name}=\"{twips}\""));
        }
    }
    if attributes.is_empty() { attributes } else { format!("<w:ind{attributes}/>") }
}
