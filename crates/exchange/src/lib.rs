//! What a spreadsheet sees.
//!
//! Out: [`tables`] makes a [`Table`] from a ledger, and [`to_csv`], [`to_json`], [`to_ron`] or [`to_text`] writes
//! it. In: [`read_entries`], [`read_self_scores`], [`read_units`] and [`read_map`] turn the bytes of a file into changes or a
//! roster, or into all of its faults at once, each a [`CellFault`] with row, column and a sentence in Chinese.
//! [`words`] are the sentences that the screens and the command line share.
//!
//! [`workbook_in`] reads workbooks that others wrote, and each of these takes one where a CSV file may stand; [`form_in`]
//! reads the forms that units fill in.
//!
//! Bytes in, bytes out: no file is opened here and no clock is asked. Whether a change is possible is core's to
//! say ([`kaohe_core::Ledger::refusal`]); this crate only finds the column that the answer belongs to.

mod csv_out;
mod dates;
mod decode;
mod docx;
mod entries_in;
mod fault;
pub mod feedback;
mod fold;
pub mod form_in;
mod form_mark;
mod header_in;
mod json_out;
mod map_in;
mod markup;
mod names;
mod numbers;
mod places_in;
mod records;
pub mod report;
mod ron_out;
#[cfg(test)]
mod sample;
mod self_in;
mod sheet_in;
mod steps;
mod table;
pub mod tables;
mod text_out;
mod units_in;
pub mod words;
mod workbook;
pub mod workbook_in;
mod zip_out;

pub use csv_out::{Encoding, to_csv};
pub use dates::{DateFault, read_date};
pub use entries_in::{ENTRY_COLUMNS, EntriesIn, read_entries};
pub use fault::CellFault;
pub use fold::clean;
pub use form_mark::FormMark;
pub use json_out::to_json;
pub use map_in::{MAP_COLUMNS, read_map};
pub use numbers::{CountFault, read_count, read_points, read_points_sum, read_quantity};
pub use ron_out::to_ron;
pub use self_in::{SELF_COLUMNS, SelfIn, read_self_scores};
pub use sheet_in::{MAX_BYTES, MAX_FIELD, MAX_ROWS, RowIn, SheetIn, read_table};
pub use table::{Align, Column, Table, Value};
pub use text_out::to_text;
pub use units_in::{UNIT_COLUMNS, read_units};
pub use workbook::{
    About, FORM_LIST, FormAbout, Workbook, WorkbookError, form_archive, form_file_names, form_list, to_form,
    to_workbook, to_xlsx,
};
pub use zip_out::to_zip;
