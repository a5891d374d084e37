//! The questions of an export: what, where, in which encoding.

use std::path::PathBuf;

use kaohe_exchange::Encoding;

use super::{Dialog, Field, Name, Purpose, Said};
use crate::effect::{Effect, Export, ExportError, ExportWhat};
use crate::screens::{Spot, Step};
use crate::text::export as text;
use crate::text::faults;
use crate::world::World;

/// What may be exported, and how far it is.
#[derive(Debug)]
pub(crate) struct Exporting {
    /// As listed.
    whats: Vec<ExportWhat>,
    /// What is being written.
    running: Option<Export>,
    /// Whether the result is there to be read.
    pub(super) is_over: bool,
}

impl Exporting {
    pub(super) fn work(&self) -> Option<Effect> {
        self.running.clone().map(|it| Effect::Export(Box::new(it)))
    }
}

impl Dialog {
    /// Asks what to export; the class is that of the screen below.
    pub(crate) fn export(world: &World, spot: Spot) -> Option<Dialog> {
        let ledger = world.ledger()?;
        let rubric_idx = spot.rubric_idx;
        let track = ledger.rubrics().get(rubric_idx)?.track.as_str();
        let whats = vec![
            ExportWhat::Tables,
            ExportWhat::Ranking { rubric_idx, is_provisional: false },
            ExportWhat::Ranking { rubric_idx, is_provisional: true },
            ExportWhat::Everything,
            ExportWhat::Workbook,
            ExportWhat::Forms,
        ];
        let fields = vec![
            Field::choice(Name::What, text::WHAT, text::whats(track)),
            Field::text(Name::Path, text::PATH, "", text::PATH_HINT),
            Field::choice(Name::Encoding, text::ENCODING, text::ENCODINGS.map(str::to_owned).to_vec()),
        ];
        let purpose = Purpose::Export(Exporting { whats, running: None, is_over: false });
        let (title, about) = (text::TITLE.to_owned(), String::new());
        let mut dialog = Dialog { purpose, title, about, fields, focus: 0, said: None };
        dialog.propose_path(world);
        Some(dialog)
    }

    fn what(&self) -> ExportWhat {
        let Purpose::Export(exporting) = &self.purpose else { return ExportWhat::Tables };
        exporting.whats.get(self.choice_of(Name::What)).copied().unwrap_or(ExportWhat::Tables)
    }

    /// Notes what is being written, and whether the result is there to be read.
    fn note(&mut self, running: Option<Export>, is_over: bool) {
        if let Purpose::Export(exporting) = &mut self.purpose {
            exporting.running = running;
            exporting.is_over = is_over;
        }
    }

    /// Proposes a name for what is chosen, as long as nobody has put another one there.
    pub(super) fn propose_path(&mut self, world: &World) {
        if !self.is_proposed(Name::Path) {
            return;
        }
        let Some(ledger) = world.ledger() else { return };
        let year = world.year.as_ref().map_or(0, |it| it.year().year);
        let what = self.what();
        let track = match what {
            ExportWhat::Ranking { rubric_idx, .. } => ledger.rubrics()[rubric_idx].track.as_str(),
            ExportWhat::Tables | ExportWhat::Everything | ExportWhat::Workbook | ExportWhat::Forms => "",
        };
        let name =
            text::file_name(what, year, track, (world.today)(), world.past.as_ref().map(|it| &it.stamp));
        let path = world.export_to.join(name).display().to_string();
        self.propose(Name::Path, &path);
    }

    pub(super) fn begin_export(&mut self, world: &World) -> Step {
        let given = self.text_of(Name::Path).to_owned();
        if given.is_empty() {
            self.focus_on(Name::Path);
            self.said = Some(Said::Refused(text::NO_PATH.to_owned()));
            return Step::Stay;
        }
        // Where nobody says more, it is in the place that was proposed.
        let to = world.export_to.join(PathBuf::from(given));
        let encoding = if self.choice_of(Name::Encoding) == 0 { Encoding::Utf8 } else { Encoding::Gb18030 };
        let export = Export::new(self.what(), to, encoding);
        self.said = Some(Said::Note(progress(&export)));
        self.note(Some(export), false);
        Step::Stay
    }

    /// Takes in how far the export is.
    pub(crate) fn exported(&mut self, result: Result<Export, ExportError>) {
        self.note(None, false);
        match result {
            Ok(export) if export.is_done() => {
                self.note(None, true);
                self.said = Some(Said::Done(text::done(export.what, export.n_done, &export.to)));
            }
            Ok(export) => {
                self.said = Some(Said::Note(progress(&export)));
                self.note(Some(export), false);
            }
            Err(ExportError::Taken { path, free }) => {
                self.propose(Name::Path, &free.display().to_string());
                // It is the person's name with a number, not ours.
                self.focus_on(Name::Path);
                self.said = Some(Said::Refused(text::taken(&path)));
            }
            Err(ExportError::Store(error)) => {
                self.focus_on(Name::Path);
                self.said = Some(Said::Refused(text::failed(&faults::store_error(&error))));
            }
            Err(ExportError::Workbook(error)) => {
                self.focus_on(Name::Path);
                self.said = Some(Said::Refused(text::failed(&error.to_string())));
            }
        }
    }

    /// Leaves the rest of the files off, and says what was written.
    pub(super) fn leave_off(&mut self) -> Step {
        if let Purpose::Export(Exporting { running: Some(export), .. }) = &self.purpose {
            let export = export.clone();
            self.note(None, true);
            let n_steps = export.n_steps().unwrap_or(0);
            self.said = Some(Said::Done(text::left_off(export.what, export.n_done, n_steps, &export.to)));
        }
        Step::Stay
    }
}

fn progress(export: &Export) -> String {
    text::progress(export.n_done, export.n_steps(), &export.next)
}
