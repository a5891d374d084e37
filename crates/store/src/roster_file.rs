//! Reading and writing the roster's file, `units.ron`.

use kaohe_core::{Roster, Severity, Track, Unit, UnitId, check_roster};
use ron::ser::PrettyConfig;

use crate::fault::{FaultKind, FileFault};
use crate::spanned::{self, Faults, Fields, Node};
use crate::text::{stand_in, utf8};

/// Reads a roster and checks it against the classes that there are. `file` is how faults name it.
///
/// # Errors
///
/// All faults, in the order of the text.
pub fn read_roster(file: &str, bytes: &[u8], tracks: &[Track]) -> Result<Roster, Vec<FileFault>> {
    let text = utf8(file, bytes)?;
    let name = |position, kind| FileFault {
        file: file.to_owned(),
        position: Some(position),
        severity: Severity::Error,
        kind,
    };
    let ron = |it: spanned::Fault| name(it.position, FaultKind::Ron(it.kind));
    let root = spanned::parse(text).map_err(|it| it.into_iter().map(ron).collect::<Vec<_>>())?;
    let mut shape = Faults::default();
    let roster = roster(&root, &mut shape);
    let shape = shape.into_sorted();
    let mut faults = Vec::new();
    for problem in roster.iter().flat_map(|it| check_roster(it, tracks)) {
        let position = spanned::locate(&root, &problem.place.0);
        // What is already reported as missing or misshapen has only a stand-in value.
        if !shape.iter().any(|it| it.position == position) {
            faults.push(name(position, FaultKind::Roster(problem.fault)));
        }
    }
    faults.extend(shape.into_iter().map(ron));
    faults.sort_by_key(|it| it.position);
    match roster {
        Some(roster) if faults.is_empty() => Ok(roster),
        _ => Err(faults),
    }
}

fn roster(node: &Node<'_>, faults: &mut Faults) -> Option<Roster> {
    let fields = Fields::of(node, "Roster", &["note", "units"], faults)?;
    let note = optional_text(&fields, "note", faults);
    let units = fields.list("units", faults).unwrap_or_default();
    Some(Roster { note, units: units.iter().filter_map(|it| unit(it, faults)).collect() })
}

fn unit(node: &Node<'_>, faults: &mut Faults) -> Option<Unit> {
    const NAMES: &[&str] = &["id", "name", "track", "short", "pinyin", "tags", "note", "retired"];
    let fields = Fields::of(node, "Unit", NAMES, faults)?;
    let mut text = |name| fields.text(name, faults).unwrap_or_else(|| stand_in(fields.position(name)));
    let (id, name, track) = (text("id"), text("name"), text("track"));
    let tags = fields.optional("tags").and_then(|it| spanned::list(it, faults)).unwrap_or_default();
    Some(Unit {
        id: UnitId::from(id),
        name,
        track: Track::from(track),
        short: optional_text(&fields, "short", faults),
        pinyin: optional_text(&fields, "pinyin", faults),
        tags: spanned::each(tags, faults, spanned::text).unwrap_or_default(),
        note: optional_text(&fields, "note", faults),
        retired: optional_text(&fields, "retired", faults).trim().to_owned(),
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
