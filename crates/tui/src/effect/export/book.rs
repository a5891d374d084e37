//! The steps of a workbook, which is written once it is whole, and of the forms, which are files of their own.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kaohe_core::Ledger;
use kaohe_exchange::tables::ToLocal;
use kaohe_exchange::{
    About, FORM_LIST, FormAbout, Workbook, form_archive, form_file_names, form_list, to_csv, to_form, to_zip,
};
use kaohe_store::{StoreError, snapshot_digest, write_file};

use super::{Export, ExportError, write_error};
use crate::text;
use crate::world::World;

/// What is made of an export and not written yet. Copies of the export share it.
#[derive(Clone, Default)]
pub(super) struct Making(Arc<Mutex<Made>>);

#[derive(Default)]
enum Made {
    #[default]
    Nothing,
    Book(Box<Workbook>),
    Forms(Forms),
}

/// The forms of a year, named once for all steps.
struct Forms {
    unit_idxs: Vec<usize>,
    names: Vec<String>,
    /// The files that are written, for the archive.
    files: Vec<(String, Vec<u8>)>,
}

impl Forms {
    fn of(ledger: &Ledger) -> Forms {
        let classes = 0..ledger.rubrics().len();
        let unit_idxs: Vec<usize> = classes.flat_map(|it| ledger.units_of(it)).collect();
        Forms { names: form_file_names(ledger, &unit_idxs), unit_idxs, files: Vec::new() }
    }
}

impl fmt::Debug for Making {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Making")
    }
}

impl PartialEq for Making {
    fn eq(&self, other: &Making) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Making {}

impl Making {
    fn made(&self) -> MutexGuard<'_, Made> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the names of the files that are written.
    pub fn names(&self) -> Vec<String> {
        match &*self.made() {
            Made::Forms(forms) => forms.files.iter().map(|it| it.0.clone()).collect(),
            Made::Nothing | Made::Book(_) => Vec::new(),
        }
    }
}

/// Makes the next part of a workbook; the last of them writes the file.
pub(super) fn next_part(
    world: &World,
    ledger: &Ledger,
    export: &mut Export,
    to_local: ToLocal<'_>,
) -> Result<(), ExportError> {
    let making = export.making.clone();
    let mut made = making.made();
    if export.n_done == 0 {
        *made = Made::Book(Box::new(Workbook::new(ledger, about(world))));
    }
    let Made::Book(workbook) = &mut *made else { return Ok(()) };
    export.n_steps = workbook.n_steps();
    let bytes = workbook.step(ledger, to_local)?;
    export.n_done = workbook.n_done();
    export.next = workbook.next_name().to_owned();
    if let Some(bytes) = bytes {
        *made = Made::Nothing;
        write_file(&export.to, &bytes)?;
    }
    Ok(())
}

fn about(world: &World) -> About {
    About {
        year: world.year.as_ref().map_or(0, |it| it.year().year),
        by: world.person.by.clone(),
        at: (world.local)((world.now)()),
        as_of: world.past.as_ref().map_or(String::new(), |it| text::export::up_to(&it.stamp)),
        // Damage stands in the way of a snapshot, and is told of elsewhere.
        digest: world.snapshot().map_or(String::new(), |it| snapshot_digest(&it)),
    }
}

/// Writes the next form, then the list, then the archive.
pub(super) fn next_form(world: &World, ledger: &Ledger, export: &mut Export) -> Result<(), ExportError> {
    let about = FormAbout {
        year: world.year.as_ref().map_or(0, |it| it.year().year),
        by: world.person.by.clone(),
        at: (world.local)((world.now)()),
        due: None,
    };
    let archive = form_archive(about.year);
    let making = export.making.clone();
    let mut made = making.made();
    if export.n_done == 0 {
        *made = Made::Forms(Forms::of(ledger));
    }
    let Made::Forms(Forms { unit_idxs, names, files }) = &mut *made else { return Ok(()) };
    export.n_steps = unit_idxs.len() + 2;
    let (name, content) = match unit_idxs.get(export.n_done) {
        Some(&unit_idx) => (names[export.n_done].clone(), to_form(ledger, unit_idx, &about)?),
        None if export.n_done == unit_idxs.len() => {
            (FORM_LIST.to_owned(), to_csv(&form_list(ledger, unit_idxs, names), export.encoding))
        }
        None => {
            let zip = to_zip(files, about.at).map_err(|it| std::io::Error::other(it.to_string()));
            (archive.clone(), zip.map_err(write_error(&export.to.join(&archive)))?)
        }
    };
    let path = export.to.join(&name);
    // Told of before it is written, so that it is taken back where that fails half-way.
    files.push((name, content));
    let written = files.last().map_or(Ok(()), |it| write_file(&path, &it.1));
    match written {
        Ok(()) | Err(StoreError::Unconfirmed { .. }) => {}
        Err(error) => return Err(error.into()),
    }
    export.n_done += 1;
    let next = names.get(export.n_done).map(String::as_str);
    let last = if export.n_done == unit_idxs.len() { FORM_LIST } else { &archive };
    export.next = next.unwrap_or(last).to_owned();
    Ok(())
}
