//! Writing a year to files, one file or one part of a workbook a step, so that the screens show how far it is and it can
//! be left off.

mod book;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use kaohe_core::{RankOptions, Stamp};
use kaohe_exchange::tables::{self, YearTable};
use kaohe_exchange::{Encoding, Table, WorkbookError, to_csv};
use kaohe_store::{StoreError, write_file};

use crate::world::World;
use book::Making;

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportWhat {
    /// A folder of all tables.
    Tables,
    /// The ranking of a class.
    Ranking {
        /// The place of the class's rubric.
        rubric_idx: usize,
        /// Whether units that are not reviewed whole are ranked too.
        is_provisional: bool,
    },
    /// Everything, in one file that can be read back.
    Everything,
    /// A workbook for spreadsheet programs.
    Workbook,
    /// A folder with the form of every unit.
    Forms,
}

/// An export, and how far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// What is written.
    pub what: ExportWhat,
    /// The file, or the folder of the tables; nothing may be there yet.
    pub to: PathBuf,
    /// Of the tables.
    pub encoding: Encoding,
    /// Files that are written, or parts of a workbook that are made.
    pub n_done: usize,
    /// What comes next, where it has a name.
    pub next: String,
    /// How many there are in all.
    n_steps: usize,
    /// What is made and not written yet.
    making: Making,
    /// The last record that they have; where another one comes meanwhile, they are written anew.
    as_of: Option<Stamp>,
}

/// Why nothing was exported.
#[derive(Debug)]
pub enum ExportError {
    /// Something is there already; `free` is a name like it that is not taken.
    Taken {
        /// What is there.
        path: PathBuf,
        /// A name that nothing has.
        free: PathBuf,
    },
    /// It cannot be read or written; what was written of it is gone again.
    Store(StoreError),
    /// The workbook could not be made.
    Workbook(WorkbookError),
}

impl From<StoreError> for ExportError {
    fn from(error: StoreError) -> ExportError {
        ExportError::Store(error)
    }
}

impl From<WorkbookError> for ExportError {
    fn from(error: WorkbookError) -> ExportError {
        ExportError::Workbook(error)
    }
}

impl Export {
    /// Returns an export that has yet to begin.
    pub fn new(what: ExportWhat, to: PathBuf, encoding: Encoding) -> Export {
        let n_steps = match what {
            ExportWhat::Tables => YearTable::ALL.len(),
            ExportWhat::Ranking { .. } | ExportWhat::Everything => 1,
            // Known once it has begun.
            ExportWhat::Workbook | ExportWhat::Forms => usize::MAX,
        };
        let next = if what == ExportWhat::Tables { YearTable::ALL[0].name() } else { "" }.to_owned();
        Export { what, to, encoding, n_done: 0, next, n_steps, making: Making::default(), as_of: None }
    }

    /// Returns how many files, or parts of a workbook, it has; none while that is not known.
    pub fn n_steps(&self) -> Option<usize> {
        (self.n_steps != usize::MAX).then_some(self.n_steps)
    }

    /// Says whether all of it is written.
    pub fn is_done(&self) -> bool {
        self.n_done >= self.n_steps
    }

    fn table_path(&self, table: YearTable) -> PathBuf {
        self.to.join(format!("{}.csv", table.name()))
    }

    /// Removes what was written, so that the next try finds the place as this one did.
    fn take_back(&self) {
        if self.what == ExportWhat::Tables {
            for table in YearTable::ALL {
                let _ = fs::remove_file(self.table_path(table));
            }
            let _ = fs::remove_dir(&self.to);
        }
        if self.what == ExportWhat::Forms {
            for name in self.making.names() {
                let _ = fs::remove_file(self.to.join(name));
            }
            let _ = fs::remove_dir(&self.to);
        }
    }
}

/// Writes the next file; returns how far the export is then.
pub(super) fn step(world: &World, mut export: Export) -> Result<Export, ExportError> {
    if export.n_done == 0 {
        export.to = std::path::absolute(&export.to).map_err(write_error(&export.to))?;
        begin(&export)?;
    }
    let result = write_next(world, &mut export);
    if result.is_err() {
        export.take_back();
    }
    result.map(|()| export)
}

/// Takes the place of the export; nothing is written over.
fn begin(export: &Export) -> Result<(), ExportError> {
    let path = export.to.clone();
    let is_taken = |path: &Path| fs::symlink_metadata(path).is_ok();
    if is_taken(&path) {
        let free = (2..).map(|it| numbered(&path, it)).find(|it| !is_taken(it));
        let free = free.expect("numbers do not run out before a folder's names do");
        return Err(ExportError::Taken { path, free });
    }
    if matches!(export.what, ExportWhat::Tables | ExportWhat::Forms) {
        fs::create_dir(&path).map_err(write_error(&path))?;
    }
    Ok(())
}

/// Returns `结果-2.csv` for `结果.csv`.
fn numbered(path: &Path, number: u32) -> PathBuf {
    let suffix = path.extension().map(|it| format!(".{}", it.to_string_lossy())).unwrap_or_default();
    let stem = path.file_stem().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!("{stem}-{number}{suffix}"))
}

fn write_next(world: &World, export: &mut Export) -> Result<(), ExportError> {
    let Some(ledger) = world.ledger() else {
        return Err(StoreError::NoYears { data: world.data.path().to_owned() }.into());
    };
    let to_local = |it| world.local_text(it);
    let write = |path: &Path, table: &Table| write_file(path, &to_csv(table, export.encoding));
    // The tables of one folder, and the sheets of one workbook, tell of one moment.
    if export.as_of.as_ref() != ledger.last() {
        export.n_done = 0;
        export.as_of = ledger.last().cloned();
    }
    match export.what {
        ExportWhat::Tables => {
            let table = YearTable::ALL[export.n_done];
            write(&export.table_path(table), &table.of(ledger, world.records(), &to_local))?;
            let next = YearTable::ALL.get(export.n_done + 1);
            export.next = next.map_or("", |it| it.name()).to_owned();
        }
        ExportWhat::Workbook => return book::next_part(world, ledger, export, &to_local),
        ExportWhat::Forms => return book::next_form(world, ledger, export),
        ExportWhat::Ranking { rubric_idx, is_provisional } => {
            let options = RankOptions { provisional: is_provisional };
            write(&export.to, &tables::rank_table(ledger, Some(rubric_idx), options))?;
        }
        ExportWhat::Everything => write_file(&export.to, world.snapshot()?.as_bytes())?,
    }
    export.n_done += 1;
    Ok(())
}

fn write_error(path: &Path) -> impl FnOnce(io::Error) -> StoreError {
    let path = path.to_owned();
    move |source| StoreError::Write { path, source }
}
