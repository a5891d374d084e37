//! How cells look: fonts that every office machine has, borders, and the marks of what is provisional.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// The font of headings.
const HEADING: &str = "宋体";
/// The font of everything else, as in official documents.
const BODY: &str = "仿宋";
/// The family of fonts with serifs: where a machine lacks a font, it takes one like it.
const ROMAN: u8 = 1;
/// The character set of simplified Chinese.
const GB2312: u8 = 134;

/// Formats of cells, made once for a workbook.
#[derive(Clone)]
pub(super) struct Styles {
    /// The title of a sheet.
    pub title: Format,
    /// The line below it.
    pub subtitle: Format,
    /// Headers of columns.
    pub head: Format,
    /// Text in a list.
    pub text: Format,
    /// Text over several lines.
    pub wrapped: Format,
    /// Short text in the middle of its cell.
    pub middle: Format,
    /// A number in a list.
    pub number: Format,
    /// A number in the middle of its cell.
    pub points: Format,
    /// A number that is provisional (未复核).
    pub pending: Format,
    /// Text in the place of a number.
    pub no_number: Format,
    /// A day.
    pub date: Format,
    /// A sum, and its label.
    pub total: Format,
    /// The row of full marks.
    pub full: Format,
    /// Lines without a frame, such as notes and places for signatures.
    pub plain: Format,
    /// A name that leads to another sheet.
    pub link: Format,
    /// A number that somebody fills in.
    pub fill_points: Format,
    /// A text that somebody fills in.
    pub fill_text: Format,
    /// Shades of what was lost, the most first.
    pub shades: [Format; 3],
}

impl Styles {
    pub fn new() -> Styles {
        let body = || {
            Format::new()
                .set_font_name(BODY)
                .set_font_size(10.5)
                .set_font_family(ROMAN)
                .set_font_charset(GB2312)
                .set_align(FormatAlign::VerticalCenter)
        };
        let heading = || body().set_font_name(HEADING).set_bold();
        let framed = |format: Format| format.set_border(FormatBorder::Thin);
        let middle = || framed(body()).set_align(FormatAlign::Center).set_text_wrap();
        let filled = |format: Format| format.set_unlocked().set_background_color(Color::RGB(0x00FF_F9E5));
        let shade = |rgb: u32| Format::new().set_background_color(Color::RGB(rgb));
        Styles {
            title: heading().set_font_size(16).set_align(FormatAlign::Center).set_text_wrap(),
            subtitle: body().set_align(FormatAlign::Center).set_text_wrap(),
            head: framed(heading())
                .set_align(FormatAlign::Center)
                .set_text_wrap()
                .set_background_color(Color::RGB(0x00E7_EDF5)),
            text: framed(body()),
            wrapped: framed(body()).set_text_wrap(),
            middle: middle(),
            number: framed(body()).set_align(FormatAlign::Right),
            points: middle(),
            pending: middle().set_italic().set_font_color(Color::RGB(0x0070_7070)),
            no_number: middle().set_font_color(Color::RGB(0x0070_7070)),
            date: framed(body()).set_align(FormatAlign::Center).set_num_format("yyyy-mm-dd"),
            total: framed(heading()).set_align(FormatAlign::Center).set_text_wrap(),
            full: framed(heading())
                .set_align(FormatAlign::Center)
                .set_background_color(Color::RGB(0x00F2_F2F2)),
            plain: body().set_text_wrap().set_align(FormatAlign::Left),
            link: framed(body()).set_font_color(Color::RGB(0x001F_4E9E)),
            fill_points: filled(middle()),
            fill_text: filled(framed(body()).set_text_wrap()),
            shades: [shade(0x00F4_B9B4), shade(0x00FA_DCC4), shade(0x00FF_F2CC)],
        }
    }
}
