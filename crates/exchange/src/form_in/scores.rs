//! The self-scores of a form, indicator by indicator.

mod blocks;
mod cells;
mod points;

use kaohe_core::{Indicator, Ledger, Points, Rubric};

use super::grid::Grid;
use super::headings::Heads;
use super::{FormNote, FormOptions, MAX_NOTE, Notes};
use crate::steps::{Steps, decimals};
use crate::workbook_in::{CellValue, Spot};
use blocks::{Block, Page, best_rubric, pages};

/// What a form says of all indicators.
pub(super) struct Scores {
    pub found: Vec<Score>,
}

/// What a form says of one indicator.
pub(super) struct Score {
    pub indicator_idx: usize,
    pub points: Points,
    /// 说明.
    pub note: String,
    place: String,
    value: String,
    /// Whether it was typed as a text, which spreadsheets do not add up.
    is_text: bool,
}

impl Score {
    /// Returns a note about where it stands, without a reason.
    pub fn note_here(&self) -> FormNote {
        FormNote { place: Some(self.place.clone()), value: self.value.clone(), reason: String::new() }
    }
}

/// A sheet of the form with its pages.
struct Form<'g, 'w> {
    grid: &'g Grid<'w>,
    pages: Vec<Page>,
}

impl Scores {
    /// Reads the self-scores of a unit, and notes what is wrong or odd about them.
    pub fn read(
        grids: &[Grid<'_>],
        heads: &[Option<Heads>],
        ledger: &Ledger,
        unit_idx: usize,
        options: FormOptions,
        notes: &mut Notes,
    ) -> Scores {
        let mut scores = Scores { found: Vec::new() };
        let rubric = ledger.rubric_of(unit_idx);
        let sheets: Vec<(&Grid<'_>, &Heads)> =
            grids.iter().zip(heads).filter_map(|(grid, heads)| Some((grid, heads.as_ref()?))).collect();
        if let Some(other) = best_rubric(&sheets, ledger, rubric) {
            let name = &ledger.unit(unit_idx).name;
            let reason = format!(
                "这是{}的表，而“{name}”按{}的细则考核：请换成{}的表再填",
                other.track, rubric.track, rubric.track
            );
            notes.faults.push(FormNote::whole(reason));
            return scores;
        }
        let shown: Vec<(&Grid<'_>, &Heads)> =
            sheets.iter().copied().filter(|it| !it.0.sheet.is_hidden).collect();
        let used = if shown.is_empty() { sheets } else { shown };
        let mut forms: Vec<Form<'_, '_>> =
            used.iter().map(|(grid, heads)| Form { grid, pages: pages(grid, heads, rubric) }).collect();
        // Beside a filled sheet an empty one is a copy that was left over.
        if forms.iter().any(Form::is_filled) {
            forms.retain(Form::is_filled);
        } else {
            let place = forms.iter().find_map(Form::first_place);
            let reason = "没有填任何自评分：请填好再送".to_owned();
            notes.faults.push(FormNote { place, value: String::new(), reason });
            return scores;
        }
        let mut reader =
            Reader { ledger, rubric, unit_idx, options, notes, scores: &mut scores, reviews: Vec::new() };
        for form in &forms {
            reader.form(form);
        }
        reader.finish(&forms);
        scores
    }
}

impl Form<'_, '_> {
    fn is_filled(&self) -> bool {
        self.pages.iter().any(|page| page.blocks.iter().any(|it| !page.cells_of(self.grid, it).is_empty()))
    }

    fn first_place(&self) -> Option<String> {
        self.pages.iter().find_map(|page| {
            let block = page.blocks.first()?;
            Some(self.grid.place(Spot { row: block.first_row, column: page.column }))
        })
    }
}

struct Reader<'a> {
    ledger: &'a Ledger,
    rubric: &'a Rubric,
    unit_idx: usize,
    options: FormOptions,
    notes: &'a mut Notes,
    scores: &'a mut Scores,
    reviews: Vec<String>,
}

impl Reader<'_> {
    fn form(&mut self, form: &Form<'_, '_>) {
        let grid = form.grid;
        if grid.sheet.is_hidden {
            let reason = format!("工作表“{}”隐藏着，照收", grid.sheet.name);
            self.notes.remarks.push(FormNote::whole(reason));
        }
        for page in &form.pages {
            if let Some(columns) = &page.rivals {
                let names: Vec<String> =
                    columns.iter().map(|it| Spot { row: page.head_row, column: *it }.name()).collect();
                let at = Spot { row: page.head_row, column: *columns.first().unwrap_or(&page.column) };
                let reason = format!("有几列自评都填了数（{}）：请只留一列", names.join("、"));
                self.notes.faults.push(grid.note(at, reason));
                continue;
            }
            if grid.sheet.hidden_columns.contains(&page.column) {
                let at = Spot { row: page.head_row, column: page.column };
                self.notes.remarks.push(grid.note(at, "这一列隐藏着，照收"));
            }
            for block in &page.blocks {
                self.block(grid, page, block);
            }
            for at in page.strays(grid) {
                let reason = "填了自评分，但看不出是哪个指标：请核对这一行";
                self.notes.faults.push(grid.note(at, reason));
            }
        }
    }

    fn block(&mut self, grid: &Grid<'_>, page: &Page, block: &Block) {
        let Some(indicator_idx) = block.indicator_idx else {
            let known: Vec<String> =
                self.rubric.indicators().map(|it| format!("{} {}", it.number, it.name)).collect();
            let near = self.rubric.nearest_indicator(&block.named.name);
            let hint = near
                .map_or(format!("：细则里有 {}", known.join("、")), |it| format!("，最接近的是“{it}”"));
            let reason = format!("不是{}的指标{hint}", self.rubric.track);
            self.notes.faults.push(grid.note(block.at, reason));
            return;
        };
        let indicator = self.rubric.indicator(indicator_idx);
        self.name(grid, block, indicator);
        self.review(grid, page, block);
        let Some((points, at)) = self.points(grid, page, block, indicator) else { return };
        let note = self.note(grid, page, block);
        let (place, value) = (grid.place(at), grid.note(at, "").value);
        if let Some(before) = self.scores.found.iter().find(|it| it.indicator_idx == indicator_idx) {
            let first = before.place.clone();
            if before.points == points {
                let reason = format!("指标“{}”出现了两次，与 {first} 的数相同", indicator.name);
                self.notes.remarks.push(grid.note(at, reason));
            } else {
                let reason =
                    format!("指标“{}”有两个自评分，{first} 是 {}：请只留一个", indicator.name, before.points);
                self.notes.faults.push(grid.note(at, reason));
            }
            return;
        }
        if grid.sheet.hidden_rows.contains(&at.row) {
            self.notes.remarks.push(grid.note(at, format!("第 {} 行隐藏着，照收", at.row)));
        }
        let steps = Steps::of(self.rubric);
        if !steps.is_any && decimals(points) > steps.n_decimals {
            let reason = match steps.n_decimals {
                0 => "不是整数，细则按整数计分；照收".to_owned(),
                most => format!("小数多于 {most} 位，细则按 0.{}1 计分；照收", "0".repeat(most - 1)),
            };
            self.notes.remarks.push(grid.note(at, reason));
        }
        let is_text = matches!(grid.value(at.row, at.column), Some(CellValue::Text(_)));
        self.scores.found.push(Score { indicator_idx, points, note, place, value, is_text });
    }

    /// Holds what the form says of the indicator against the rubric.
    fn name(&mut self, grid: &Grid<'_>, block: &Block, indicator: &Indicator) {
        if block.is_near {
            let reason = format!("与细则的“{}”不完全相同：序号和分值相符，认作它", indicator.name);
            self.notes.remarks.push(grid.note(block.at, reason));
        }
        if let Some(points) = block.named.points.filter(|it| *it != indicator.points) {
            let reason = format!("写的满分是 {points} 分，细则是 {} 分：请用本年度的表", indicator.points);
            self.notes.faults.push(grid.note(block.at, reason));
        }
        if block.named.number.as_ref().is_some_and(|it| *it != indicator.number) {
            let reason = format!("序号与细则的 {} 不同：按名称认", indicator.number);
            self.notes.remarks.push(grid.note(block.at, reason));
        }
    }

    /// Notes what stands in 复核, which is the office's to fill in.
    fn review(&mut self, grid: &Grid<'_>, page: &Page, block: &Block) {
        for cell in grid.cells(block.first_row, block.last_row) {
            let is_filled_in = matches!(cell.value, CellValue::Number(_) | CellValue::Text(_));
            if is_filled_in && page.reviews.contains(&cell.at.column) {
                self.reviews.push(grid.place(cell.at));
            }
        }
    }

    /// Returns the 说明 of a block.
    fn note(&mut self, grid: &Grid<'_>, page: &Page, block: &Block) -> String {
        let mut texts: Vec<String> = Vec::new();
        let is_note = |column: u32| page.notes.contains(&column);
        for cell in grid.cells(block.first_row, block.last_row).filter(|it| is_note(it.at.column)) {
            let text = crate::clean(&cell.value.shown());
            if !text.is_empty() && !texts.contains(&text) {
                texts.push(text);
            }
        }
        let note = texts.join("；");
        if note.chars().count() > MAX_NOTE {
            let at = Spot { row: block.first_row, column: *page.notes.first().unwrap_or(&page.column) };
            self.notes.faults.push(grid.note(at, format!("说明太长：最多 {MAX_NOTE} 字")));
            return String::new();
        }
        note
    }

    fn missing(&mut self, note: FormNote) {
        if self.options.allow_missing {
            self.notes.remarks.push(note);
        } else {
            self.notes.faults.push(note);
        }
    }

    /// Says whether another block has read the same indicator already.
    fn is_elsewhere(&self, block: &Block) -> bool {
        self.scores.found.iter().any(|it| Some(it.indicator_idx) == block.indicator_idx)
    }

    /// Looks at the form as a whole: indicators without a row, the sum, 复核.
    fn finish(&mut self, forms: &[Form<'_, '_>]) {
        let blocks = || forms.iter().flat_map(|it| &it.pages).flat_map(|it| &it.blocks);
        for (idx, indicator) in self.rubric.indicators().enumerate() {
            let has_row = blocks().any(|it| it.indicator_idx == Some(idx));
            let cell = self.ledger.sheet(self.unit_idx).cells.get(idx);
            if !has_row && cell.is_some_and(kaohe_core::Cell::is_concerned) {
                let reason = format!("表里没有指标“{} {}”", indicator.number, indicator.name);
                self.missing(FormNote::whole(reason));
            }
        }
        if let Some(first) = self.reviews.first() {
            let place = Some(first.clone());
            let reason = format!("“复核”由考核单位填，这里填了 {} 格，没有采用", self.reviews.len());
            self.notes.remarks.push(FormNote { place, value: String::new(), reason });
        }
        let sum: Points = self.scores.found.iter().map(|it| it.points).sum();
        for form in forms {
            for (at, total) in form.pages.iter().flat_map(|it| it.totals(form.grid)) {
                let is_computed = form.grid.sheet.cell(at).is_some_and(|it| it.is_formula);
                let leaves_out = is_computed && self.scores.found.iter().any(|it| it.is_text);
                match total {
                    Ok(total) if total == sum || leaves_out => {}
                    Ok(total) => {
                        let reason = format!("合计写的是 {total}，各项之和是 {sum}：以各项为准");
                        self.notes
                            .remarks
                            .push(FormNote { value: String::new(), ..form.grid.note(at, reason) });
                    }
                    Err(reason) => self
                        .notes
                        .remarks
                        .push(form.grid.note(at, format!("合计{reason}；以各项之和 {sum} 为准"))),
                }
            }
        }
    }
}
