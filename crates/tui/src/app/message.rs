//! What comes in, and what is said.

use crossterm::event::KeyEvent;
use kaohe_core::{Change, Ledger, UnitId};
use kaohe_store::{AsOfError, News, RecordError};
use ratatui::layout::Size;

use crate::effect::{Export, ExportError, RosterError, YearSummary};
use crate::terminal::Mouse;
use crate::text::Said;

/// What the line above the footer says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message {
    pub said: Said,
    pub tone: Tone,
}

/// What has to be seen by somebody who is typing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unseen {
    pub said: String,
    /// What it tells of.
    pub(super) news: News,
    pub(super) is_shown: bool,
}

/// How it is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Done,
    Refused,
    Hint,
}

impl Message {
    pub(crate) fn done(text: String) -> Message {
        Message { said: text.into(), tone: Tone::Done }
    }

    pub(crate) fn refused(text: String) -> Message {
        Message { said: text.into(), tone: Tone::Refused }
    }

    pub(crate) fn hint(text: String) -> Message {
        Message { said: text.into(), tone: Tone::Hint }
    }
}

/// What happened.
#[derive(Debug)]
pub enum Msg {
    /// A key.
    Key(KeyEvent),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// The terminal has this size now.
    Resize(Size),
    /// A change was recorded, or why not.
    Recorded(Result<Change, RecordError>),
    /// It was not: somebody else has changed the entry since it was shown.
    EntryChanged,
    /// The last change was taken back.
    Undone(Result<Change, RecordError>),
    /// It was done again.
    Redone(Result<Change, RecordError>),
    /// A year was begun and opened.
    Opened(Result<(), kaohe_store::StoreError>),
    /// So many records of others were read.
    Refreshed(Result<News, kaohe_store::StoreError>),
    /// New settings hold, and were written or not.
    SettingsSaved(Result<(), kaohe_store::StoreError>),
    /// An earlier year was read, or there is none, or why not.
    Earlier(Box<Result<Option<Earlier>, NoEarlier>>),
    /// The year shows as it was, or why not; these files of then were not kept.
    LookedBack(Result<Vec<String>, AsOfError>),
    /// It shows as it is.
    LookingAtNow,
    /// Nothing was recorded, for what shows is the year as it was.
    OnlyLooking,
    /// These years there are.
    YearsListed(Result<Vec<u16>, kaohe_store::StoreError>),
    /// This is to be said of a year.
    YearSeen(u16, Result<YearSummary, kaohe_store::StoreError>),
    /// Another year is open, or why not; and why the one before was not backed up.
    YearOpened(Result<Option<kaohe_store::StoreError>, kaohe_store::StoreError>),
    /// A year was begun, to be opened.
    YearCreated(Result<u16, kaohe_store::StoreError>),
    /// Another roster is in place, with this to say of a unit of it; or why not.
    RosterReplaced(Result<(UnitId, String), RosterError>),
    /// Another file of an export is written, or why not.
    Exported(Result<Export, ExportError>),
    /// There is no shell to go to for a while.
    NoShell,
}

/// An earlier year to hold the open one against.
#[derive(Debug)]
pub struct Earlier {
    /// Which it is.
    pub year: u16,
    /// All earlier ones that there are, the newest first.
    pub years: Vec<u16>,
    /// Everything known of it.
    pub ledger: Ledger,
    /// Whether only the sound lines of its journals count.
    pub is_damaged: bool,
}

/// That an earlier year cannot be read.
#[derive(Debug)]
pub struct NoEarlier {
    /// Which was asked for.
    pub year: Option<u16>,
    /// All earlier ones that there are, the newest first.
    pub years: Vec<u16>,
    /// Why.
    pub error: kaohe_store::StoreError,
}
