//! How a worksheet is printed: A4, one page wide, headers on every page, page numbers below.

use rust_xlsxwriter::{RowNum, Worksheet, XlsxError};

/// The number of A4 among the sizes of paper.
const A4: u8 = 9;
/// Page numbers, as people read them.
const FOOTER: &str = "&C第 &P 页，共 &N 页";

/// What differs from sheet to sheet.
pub(super) struct Page {
    /// Whether the page lies on its side.
    pub is_wide: bool,
    /// First and last row of what every page repeats at its head.
    pub repeated: Option<(RowNum, RowNum)>,
}

/// Sets a worksheet up for the printer.
pub(super) fn set_page(sheet: &mut Worksheet, page: Page) -> Result<(), XlsxError> {
    sheet.set_paper_size(A4).set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    // In inches: left, right, top, bottom, header, footer.
    sheet.set_margins(0.5, 0.5, 0.6, 0.7, 0.3, 0.3);
    sheet.set_footer(FOOTER);
    if page.is_wide {
        sheet.set_landscape();
    }
    if let Some((first, last)) = page.repeated {
        sheet.set_repeat_rows(first, last)?;
    }
    Ok(())
}
