//! Writing tables as CSV and as a workbook, beside the bare libraries that write the same cells.

#[path = "../../../benches/ratio.rs"]
mod ratio;

use kaohe_exchange::{Column, Encoding, Table, Value, to_csv, to_xlsx};
use ratio::{Comparison, compare, timed};

fn main() {
    if ratio::is_wanted() {
        csv(200_000);
        xlsx(10_000);
    } else {
        // A test run only tries the code.
        assert!(!to_csv(&entries(3), Encoding::Utf8).is_empty());
        assert!(!bare_xlsx(&ranking(3)).is_empty());
    }
}

/// Rows like those of 扣分明细.
fn entries(n_rows: usize) -> Table {
    let mut table = Table::new(
        [
            "单位",
            "指标",
            "评分要点",
            "规则",
            "档次",
            "次数",
            "分值",
            "日期",
            "说明",
            "依据",
            "事项",
            "每次扣分",
            "小计",
            "记录状态",
            "记录人",
            "记录时间",
            "记录编号",
        ]
        .map(Column::text)
        .to_vec(),
    );
    let tenth: kaohe_core::Points = "0.1".parse().expect("a number");
    for n in 0..n_rows {
        table.rows.push(vec![
            Value::text(format!("区第{}测试局", n / 20)),
            Value::text("主动公开信息"),
            Value::Empty,
            Value::text("逾期未完成"),
            Value::Empty,
            Value::count(1 + n % 3),
            Value::Empty,
            Value::text("2023-11-06"),
            Value::text("季度抽查发现"),
            Value::Empty,
            Value::Empty,
            Value::Number(tenth),
            Value::Number(tenth.times(1 + (n % 3) as u32)),
            Value::text("有效"),
            Value::text("张三"),
            Value::text("2023-11-06 09:12"),
            Value::text(format!("{n}.1@zhang-b143d7")),
        ]);
    }
    table
}

/// Rows like those of a ranking: 13 columns.
fn ranking(n_rows: usize) -> Table {
    let mut columns = vec![Column::text("类别"), Column::text("编号"), Column::text("单位")];
    columns.extend((1..=10).map(|it| Column::number(format!("指标{it}"))));
    let mut table = Table::new(columns);
    let tenth: kaohe_core::Points = "0.1".parse().expect("a number");
    for n in 0..n_rows {
        let mut row =
            vec![Value::text("区直"), Value::text(format!("U{n:05}")), Value::text(format!("区第{n}测试局"))];
        row.extend((0..10).map(|it| Value::Number(tenth.times(90 + it))));
        table.rows.push(row);
    }
    table
}

fn texts(table: &Table) -> Vec<Vec<String>> {
    let text = |it: &Value| match it {
        Value::Empty => String::new(),
        Value::Text(text) => text.clone(),
        Value::Number(points) => points.to_string(),
        Value::Count(count) => count.to_string(),
    };
    table.rows.iter().map(|it| it.iter().map(text).collect()).collect()
}

fn csv(n_rows: usize) {
    let table = entries(n_rows);
    let records = texts(&table);
    let comparison = Comparison {
        what: "CSV of 200,000 entries",
        n_bytes: to_csv(&table, Encoding::Utf8).len(),
        limit: None,
        at_most: Some(2.0),
    };
    let ours = || timed(|| to_csv(&table, Encoding::Utf8));
    let floor = || {
        timed(|| {
            let mut writer = csv::Writer::from_writer(Vec::new());
            for record in &records {
                writer.write_record(record).expect("memory takes it");
            }
            writer.into_inner().expect("memory takes it")
        })
    };
    compare(&comparison, 7, ours, floor);
}

fn bare_xlsx(table: &Table) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, values) in (0..).zip(&table.rows) {
        for (col, value) in (0..).zip(values) {
            match value {
                Value::Empty => {}
                Value::Text(text) => drop(sheet.write_string(row, col, text)),
                Value::Number(points) => {
                    let number: f64 = points.to_string().parse().expect("a number");
                    drop(sheet.write_number(row, col, number));
                }
                Value::Count(count) => drop(sheet.write_number(row, col, *count as f64)),
            }
        }
    }
    book.save_to_buffer().expect("memory takes it")
}

fn xlsx(n_rows: usize) {
    let table = ranking(n_rows);
    let comparison =
        Comparison { what: "XLSX of 10,000 x 13 cells", n_bytes: 0, limit: None, at_most: Some(2.0) };
    let at = jiff::civil::date(2023, 12, 1).at(9, 15, 0, 0);
    let ours = || timed(|| to_xlsx(&table, "排名", "张三", at).expect("memory takes it"));
    compare(&comparison, 7, ours, || timed(|| bare_xlsx(&table)));
}
