//! Reading and writing the roster's file, `units.ron`.

use kaohe_core::{Roster, Severity, Track, Unit, UnitId, check_roster};
use ron::ser::PrettyConfig;

use crate::fault::{FaultKind, FileFault};
use crate::spanned::{self, Faults, Fields, Node};
use crate::text::utf8;

/// Reads a roster and checks it against the classes that there are. `file` is how faults name it.
///
/// # Errors
///
/// All faults, in the order of the text.
pub fn read_roster(file: &str, bytes: &[u8], tracks: &[Track]) -> Result<Roster, Vec<FileFault>> {
    let text = utf8(file, bytes).map_err(|it| vec![it])?;
    let name = |position, kind| FileFault {
        file: file.to_owned(),
        position: Some(position),
        severity: Severity::Error,
        kind,
    };
    let ron = |faults: Vec<spanned::Fault>| -> Vec<FileFault> {
        faults.into_iter().map(|it| name(it.position, FaultKind::Ron(it.kind))).collect()
    };
    let root = spanned::parse(text).map_err(ron)?;
    let mut shape = Faults::default();
    let roster = roster(&root, &mut shape);
    let roster = shape.finish(roster).map_err(ron)?;
    let place =
        |it: kaohe_core::Problem<_>| name(spanned::locate(&root, &it.place.0), FaultKind::Roster(it.fault));
    let faults: Vec<FileFault> = check_roster(&roster, tracks).into_iter().map(place).collect();
    if faults.is_empty() { Ok(roster) } else { Err(faults) }
}

fn roster(node: &Node<'_>, faults: &mut Faults) -> Option<Roster> {
    let fields = Fields::of(node, "Roster", &["note", "units"], faults)?;
    let note = optional_text(&fields, "note", faults);
    Some(Roster { note, units: fields.each("units", faults, unit)? })
}

fn unit(node: &Node<'_>, faults: &mut Faults) -> Option<Unit> {
    const NAMES: &[&str] = &["id", "name", "track", "short", "pinyin", "tags", "note"];
    let fields = Fields::of(node, "Unit", NAMES, faults)?;
    let id = fields.text("id", faults);
    let name = fields.text("name", faults);
    let track = fields.text("track", faults);
    let tags = fields.optional("tags").and_then(|it| spanned::list(it, faults));
    let tags = spanned::each(tags.unwrap_or_default(), faults, spanned::text);
    Some(Unit {
        short: optional_text(&fields, "short", faults),
        pinyin: optional_text(&fields, "pinyin", faults),
        note: optional_text(&fields, "note", faults),
        id: UnitId::from(id?),
        name: name?,
        track: Track::from(track?),
        tags: tags?,
    })
}

fn optional_text(fields: &Fields<'_, '_>, name: &'static str, faults: &mut Faults) -> String {
    fields.optional(name).and_then(|it| spanned::text(it, faults)).unwrap_or_default()
}

/// Returns the text of a roster's file: one unit a line.
pub fn write_roster(roster: &Roster) -> String {
    let config = PrettyConfig::new().struct_names(true).escape_strings(true).depth_limit(2);
    let mut text = "// 名录：被考核单位。改动后用 kaohe check 检查。\n".to_owned();
    text.push_str(
        &ron::ser::to_string_pretty(roster, config).expect("a roster has no value that RON cannot write"),
    );
    text.push('\n');
    text
}
