//! A self-score as people type it.

use kaohe_core::{Points, PointsError};

use super::super::grid::key;
use crate::numbers::read_points;
use crate::words;
use crate::workbook_in::CellValue;

/// Reads a score; the error is a reason to refuse it.
pub(super) fn read_score(value: &CellValue) -> Result<Points, String> {
    match value {
        CellValue::Number(number) => read_points(number).map_err(words::points_error),
        CellValue::Text(_) => read_text(&key(value)),
        CellValue::Percent(_) => Err("是百分数：请填分数".to_owned()),
        CellValue::Date(_) => Err("是日期，可能是输入时被表格软件改了：请把格式改为数字，重填".to_owned()),
        CellValue::Bool(_) => Err("不是数：请填 0.5 这样的小数或整数".to_owned()),
        CellValue::Error(_) => Err("是公式出的错：请改成数".to_owned()),
        CellValue::Missing => Err("这一格的公式没有算出值：请在表格软件中打开并保存，再送".to_owned()),
    }
}

/// Reads `9.5`, `9.5分`, `自评：9.5分`; the text is without spaces.
fn read_text(text: &str) -> Result<Points, String> {
    let text = text.trim_start_matches(['\'', '‘', '’']);
    let text = ["自评得分", "自评分", "自评", "得分", "得"]
        .iter()
        .find_map(|it| text.strip_prefix(it))
        .unwrap_or(text);
    let text = text.trim_start_matches(':');
    match read_points(text) {
        Ok(points) => Ok(points),
        Err(PointsError::NotANumber) if ["/", "-", "—", "——", "无", "不涉及"].contains(&text) => {
            Err("不是数：请填自评分；不涉及的指标也请填分，由考核单位标为不涉及".to_owned())
        }
        Err(error) => Err(words::points_error(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, String> {
        read_score(&CellValue::Text(text.into())).map(|it| it.to_string())
    }

    #[test]
    fn scores_read_as_people_type_them() {
        for text in [
            "9.5",
            " 9.5 分",
            "９．５",
            "９．５分",
            "9。5",
            "自评：9.5分",
            "得9.5分",
            "'9.5",
            "9.50",
            "9.5\n",
        ] {
            assert_eq!(read(text).as_deref(), Ok("9.5"), "{text}");
        }
        for text in ["满分", "九分", "9-10", "9.5/10", "约9", "—", "9,5", "9.5分左右", "95%"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
