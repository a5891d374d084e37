//! All readers together: what each makes of the same sheet, and of files that were made to harm.

use std::io::Write;
use std::time::Instant;

use proptest::prelude::*;
use rust_xlsxwriter as out;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

/// The same sheet with every kind of value, as several programs wrote it.
const KINDS: [(&str, &[u8]); 4] = [
    ("openpyxl", include_bytes!("../../../../fuzz/seeds/workbook/openpyxl.xlsx")),
    ("LibreOffice", include_bytes!("../../../../fuzz/seeds/workbook/libreoffice.xlsx")),
    ("xls", include_bytes!("../../../../fuzz/seeds/workbook/libreoffice.xls")),
    ("ods", include_bytes!("../../../../fuzz/seeds/workbook/libreoffice.ods")),
];

/// Returns a sheet's cells, each as `D7=value`.
fn cells(sheet: &WorkSheet) -> Vec<String> {
    let line = |it: &SheetCell| {
        let value = match &it.value {
            CellValue::Text(text) if text.chars().count() > 20 => format!("…{}", text.chars().count()),
            CellValue::Text(text) => text.to_string(),
            CellValue::Number(text) => format!("number {text}"),
            CellValue::Percent(text) => format!("percent {text}"),
            CellValue::Date(date) => format!("date {date}"),
            CellValue::Bool(is) => format!("bool {is}"),
            CellValue::Error(text) => format!("error {text}"),
            CellValue::Missing => "missing".to_owned(),
        };
        format!("{}={value}{}", it.at.name(), if it.is_formula { " computed" } else { "" })
    };
    sheet.cells.iter().map(line).collect()
}

#[test]
fn every_program_s_sheet_reads_the_same() {
    for (program, bytes) in KINDS {
        let workbook = read_workbook(bytes).unwrap();
        let names: Vec<_> = workbook.sheets.iter().map(|it| (it.name.as_str(), it.is_hidden)).collect();
        assert_eq!(names, [("样张", false), ("藏", true), ("空", false)], "{program}");
        let sheet = &workbook.sheets[0];
        // openpyxl computes nothing; LibreOffice makes formulas of 是 and 否 too.
        let computed = match program {
            "openpyxl" => {
                ["C2=bool true", "D2=missing computed", "E2=missing computed", "F2=missing computed"]
            }
            "ods" => [
                "C2=number 1 computed",
                "D2=number 10.9 computed",
                "E2=error #DIV/0! computed",
                "F2=单位甲 computed",
            ],
            _ => [
                "C2=bool true computed",
                "D2=number 10.9 computed",
                "E2=error #DIV/0! computed",
                "F2=单位甲 computed",
            ],
        };
        let expected = [
            &["A1=单位", "B1=９．５分", "C1=number 9.9", "D1=number 0.3", "E1=number 100", "F1=number -0.1"]
                [..],
            &["G1=一\n二", "A2=date 2023-11-06", "B2=percent 0.95"],
            &computed,
            &["A4=合并", "D5=隐藏行", "A8=…9000"],
        ];
        assert_eq!(cells(sheet), expected.concat(), "{program}");
        let area = Area { first: Spot { row: 4, column: 1 }, last: Spot { row: 6, column: 2 } };
        assert_eq!(sheet.merged, [area], "{program}");
        assert_eq!(sheet.hidden_rows, BTreeSet::from([5]), "{program}");
        assert!(sheet.hidden_columns.contains(&7), "{program}");
        assert_eq!(cells(&workbook.sheets[1]), ["B3=x"], "{program}");
    }
}

/// Reads a sheet that is written here.
fn written(fill: impl FnOnce(&mut out::Worksheet)) -> WorkSheet {
    let mut workbook = out::Workbook::new();
    fill(workbook.add_worksheet());
    read_workbook(&workbook.save_to_buffer().unwrap()).unwrap().sheets.remove(0)
}

#[test]
fn numbers_that_programs_keep_inexactly_read_as_typed() {
    let sheet = written(|it| {
        it.write(0, 0, 8.7).unwrap();
        it.write(0, 1, 0.1 + 0.7).unwrap();
        it.write(0, 2, "9.50").unwrap();
    });
    assert_eq!(cells(&sheet), ["A1=number 8.7", "B1=number 0.8", "C1=9.50"]);
}

#[test]
fn a_lonely_cell_far_away_costs_nothing() {
    let sheet = written(|it| {
        it.write(1_048_575, 16_383, "x").unwrap();
    });
    assert_eq!(cells(&sheet), ["XFD1048576=x"]);
}

/// Makes an archive of these parts.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Makes a workbook whose only sheet is this XML, and whose shared texts are these.
fn xlsx(sheet: &str, texts: &str) -> Vec<u8> {
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"http://x/{kind}\" Target=\"{target}\"/>")
    };
    let relations = [relation("a", "worksheet", "s.xml"), relation("b", "sharedStrings", "t.xml")].concat();
    archive(&[
        ("xl/workbook.xml", b"<workbook><sheets><sheet name=\"S\" r:id=\"a\"/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", format!("<Relationships>{relations}</Relationships>").as_bytes()),
        ("xl/s.xml", sheet.as_bytes()),
        ("xl/t.xml", texts.as_bytes()),
    ])
}

fn ods(content: &str) -> Vec<u8> {
    archive(&[("mimetype", b"x"), ("content.xml", content.as_bytes())])
}

/// Reads bytes that are refused for a reason that contains this; a hostile file must not take long either.
#[track_caller]
fn check_refused(bytes: &[u8], expected: &str) {
    let started = Instant::now();
    let reason = read_workbook(bytes).unwrap_err();
    assert!(reason.contains(expected), "{reason}");
    // A second in the real program, which runs twenty times as fast as this one.
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

#[test]
fn what_lies_about_its_size_is_not_believed() {
    let sheet =
        "<worksheet><dimension ref=\"A1:XFD1048576\"/><row r=\"1\"><c t=\"s\"><v>0</v></c></row></worksheet>";
    let texts = "<sst count=\"4000000000\" uniqueCount=\"4000000000\"><si><t>x</t></si></sst>";
    assert_eq!(cells(&read_workbook(&xlsx(sheet, texts)).unwrap().sheets[0]), ["A1=x"]);
}

#[test]
fn what_unpacks_to_too_much_is_refused() {
    let padding = " ".repeat(MAX_UNPACKED);
    check_refused(&xlsx(&format!("<worksheet>{padding}</worksheet>"), "<sst/>"), "解压后大于 64 MB");
    check_refused(&ods(&format!("<a>{padding}</a>")), "解压后大于 64 MB");
}

#[test]
fn what_repeats_without_end_is_refused() {
    let table = |cell: &str| {
        ods(&format!(
            "<c><table:table table:name=\"S\"><table:table-row table:number-rows-repeated=\"1048576\">{cell}</table:table-row></table:table></c>"
        ))
    };
    check_refused(
        &table(
            "<table:table-cell table:number-columns-repeated=\"16384\"><text:p>x</text:p></table:table-cell>",
        ),
        "内容太多",
    );
    let workbook =
        read_workbook(&table("<table:table-cell table:number-columns-repeated=\"16384\"/>")).unwrap();
    assert_eq!(workbook.sheets[0].cells, []);
}

#[test]
fn what_only_claims_to_be_long_takes_no_time() {
    let table = |rows: &str| {
        ods(&format!("<c>{}</c>", format!("<t:table t:name=\"S\">{rows}</t:table>").repeat(200)))
    };
    let row = "<t:table-row t:number-rows-repeated=\"4294967295\" t:visibility=\"collapse\">";
    for cell in ["<t:table-cell/>", "<t:table-cell t:number-rows-spanned=\"2\"/>"] {
        let workbook = read_workbook(&table(&format!("{row}{cell}</t:table-row>"))).unwrap();
        assert!(workbook.sheets.iter().all(|it| it.cells.is_empty() && it.hidden_rows.is_empty()));
    }
    let hidden = "<col min=\"1\" max=\"16383\" hidden=\"1\"/>".repeat(10_000);
    let workbook =
        read_workbook(&xlsx(&format!("<worksheet><cols>{hidden}</cols></worksheet>"), "<sst/>")).unwrap();
    assert_eq!(workbook.sheets[0].hidden_columns.len(), 16_383);
}

#[test]
fn what_drives_a_parser_is_refused() {
    let entities = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><worksheet><row><c t=\"str\"><v>&b;</v></c></row></worksheet>";
    check_refused(&xlsx(entities, "<sst/>"), "DTD");
    check_refused(&xlsx("<worksheet><row><c t=\"str\"><v>&b;</v></c></row></worksheet>", "<sst/>"), "已损坏");
    let deep = format!("<worksheet>{}", "<a>".repeat(100_000));
    check_refused(&xlsx(&deep, "<sst/>"), "已损坏");
    check_refused(
        &xlsx("<worksheet><row r=\"4000000000\"><c><v>1</v></c></row></worksheet>", "<sst/>"),
        "范围之外",
    );
}

#[test]
fn what_is_no_workbook_is_said() {
    check_refused(&archive(&[("word/document.xml", b"<x/>")]), "Word");
    check_refused(&archive(&[("xl/workbook.bin", b"")]), "xlsb");
    check_refused(&archive(&[("readme.txt", b"")]), "没有工作簿");
    check_refused(b"PK\x03\x04", "已损坏");
    check_refused(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "已损坏");
}

/// Returns the `.xls` workbook with some bytes, which are found in it, replaced by others of the same number.
fn patched(from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut bytes = KINDS[2].1.to_vec();
    let at = bytes.windows(from.len()).position(|it| it == from).unwrap();
    bytes[at..at + to.len()].copy_from_slice(to);
    bytes
}

#[test]
fn passwords_are_said() {
    let utf_16 = |it: &str| it.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    check_refused(&patched(&utf_16("Workbook"), &utf_16("EncryptedPackage")), "打开密码");
    // The record behind the first one becomes that of a password.
    check_refused(&patched(b"\xE1\x00\x02\x00", b"\x2F\x00\x02\x00"), "打开密码");
    let manifest = ("META-INF/manifest.xml", &b"<m:encryption-data/>"[..]);
    check_refused(&archive(&[manifest, ("content.xml", b"<a/>")]), "打开密码");
}

#[test]
fn chains_of_sectors_that_bite_their_tails_end() {
    // Every sector follows itself.
    let bytes = KINDS[2].1.to_vec();
    let table_at = 512 * (1 + u32::from_le_bytes(bytes[76..80].try_into().unwrap()) as usize);
    let mut looped = bytes;
    for n in 0..128_u32 {
        let at = table_at + n as usize * 4;
        looped[at..at + 4].copy_from_slice(&n.to_le_bytes());
    }
    check_refused(&looped, "已损坏");
}

#[test]
fn cells_that_refer_to_texts_that_are_not_there_are_not_passed_over() {
    check_refused(
        &xlsx("<worksheet><c t=\"s\"><v>7</v></c></worksheet>", "<sst><si><t>x</t></si></sst>"),
        "已损坏",
    );
    // Of the .xls workbook the list of texts becomes a record that nobody reads.
    let sst = KINDS[2].1.windows(2).position(|it| it == b"\xFC\x00").unwrap();
    let head = KINDS[2].1[sst..sst + 12].to_vec();
    let mut other = head.clone();
    other[0] = 0xFE;
    check_refused(&patched(&head, &other), "已损坏");
}

#[test]
fn sheets_of_an_xls_workbook_share_no_bytes() {
    // Where each sheet begins stands in a record of its own; the second is said to begin where the first does.
    let bytes = KINDS[2].1;
    let starts: Vec<usize> =
        bytes.windows(2).enumerate().filter(|it| it.1 == b"\x85\x00").map(|it| it.0).collect();
    let [first, second, ..] = starts[..] else { panic!("{starts:?}") };
    let mut doubled = bytes.to_vec();
    doubled.copy_within(first + 4..first + 8, second + 4);
    check_refused(&doubled, "已损坏");
}

#[test]
fn rows_and_cells_that_do_not_say_where_they_are_follow_each_other() {
    let sheet = "<worksheet><row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c r=\"C3\"><v>3</v></c><c><v>4</v></c></row></worksheet>";
    let workbook = read_workbook(&xlsx(sheet, "<sst/>")).unwrap();
    assert_eq!(cells(&workbook.sheets[0]), ["A1=number 1", "B1=number 2", "C3=number 3", "D3=number 4"]);
}

#[test]
fn places_have_the_names_that_spreadsheets_show() {
    for (row, column, name) in
        [(7, 4, "D7"), (1, 26, "Z1"), (1, 27, "AA1"), (1_048_576, 16_384, "XFD1048576")]
    {
        let spot = Spot { row, column };
        assert_eq!((spot.name().as_str(), Spot::parse(name)), (name, Some(spot)));
    }
    for name in ["", "A", "7", "A0", "7A", "XFE1", "A1048577", "ZZZZZZZZZ1", "A99999999999"] {
        assert_eq!(Spot::parse(name), None, "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn spoiled_workbooks_never_panic(
        kind in 1_usize..4,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = KINDS[kind].1.to_vec();
        for (at, byte) in changes {
            *at.get_mut(&mut bytes) = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let _ = read_workbook(&bytes);
    }

    #[test]
    fn any_sheet_never_panics(inside in "(<(row|c|v|f|is|t|mergeCell|col)( (r|t|s|hidden|ref|min|max)=\"[A-Z0-9a-z:]{0,9}\")?/?>|</(row|c|v|f|is|t)>|[0-9.]{1,4}){0,40}") {
        let _ = read_workbook(&xlsx(&format!("<worksheet>{inside}</worksheet>"), "<sst><si><t>x</t></si></sst>"));
    }

    #[test]
    fn any_bytes_behind_a_beginning_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..2000), is_zip: bool) {
        let beginning: &[u8] = if is_zip { b"PK\x03\x04" } else { cfb::SIGNATURE };
        let _ = read_workbook(&[beginning, &bytes].concat());
    }
}
