//! Reading and writing `year.ron`: what the year is, and how its office has decided what the text leaves open.

use kaohe_core::{Events, NotApplicable, Quantity, RubricId, Settings, Severity, Ties, is_plain_id};
use ron::ser::PrettyConfig;
use serde::Serialize;

use crate::decimal;
use crate::fault::{FaultKind, FileFault};
use crate::journal::FORMAT;
use crate::spanned::{self, Faults, Fields, Node};
use crate::text::utf8;

/// What `year.ron` says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Year {
    /// Version of the folder's format.
    pub format: u32,
    /// The year.
    pub year: u16,
    /// What tables and screens call it.
    pub title: String,
    /// A word that every screen shows, such as 示例 for made-up data; empty for the real thing.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub mark: String,
    /// The rubrics in force, in the order of the classes; each lies in `rubrics/<id>.ron`.
    pub rubrics: Vec<RubricId>,
    /// What the office has decided.
    pub settings: Settings,
}

impl Year {
    /// Returns a year with the usual title and settings.
    pub fn new(year: u16, rubrics: Vec<RubricId>) -> Year {
        let title = format!("{year}年政务公开考核");
        Year { format: FORMAT, year, title, mark: String::new(), rubrics, settings: Settings::default() }
    }
}

/// Returns what a year of several rubrics is called, whatever they are about.
pub(crate) fn plain_title(year: u16) -> String {
    format!("{year}年考核")
}

/// Reads `year.ron`. `file` is how faults name it.
///
/// # Errors
///
/// All faults, in the order of the text.
pub fn read_year(file: &str, bytes: &[u8]) -> Result<Year, Vec<FileFault>> {
    let text = utf8(file, bytes)?;
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
    // A newer format may have fields that this program does not know: that is the one thing to say then.
    if let Some((found, position)) = format_of(&root)
        && found > FORMAT
    {
        return Err(vec![name(position, FaultKind::NewerFormat { found })]);
    }
    let mut faults = Faults::default();
    let year = year(&root, &mut faults);
    faults.finish(year).map_err(ron)
}

fn format_of(root: &Node<'_>) -> Option<(u32, spanned::Position)> {
    let spanned::Value::Struct { fields, .. } = &root.value else { return None };
    let field = fields.iter().find(|it| it.name == "format")?;
    let spanned::Value::Number(number) = field.value.value else { return None };
    Some((number.parse().ok()?, field.value.position))
}

fn year(node: &Node<'_>, faults: &mut Faults) -> Option<Year> {
    const NAMES: &[&str] = &["format", "year", "title", "mark", "rubrics", "settings"];
    let fields = Fields::of(node, "Year", NAMES, faults)?;
    let format = fields.whole("format", faults);
    let year = fields.whole("year", faults).and_then(|it| {
        let year = u16::try_from(it).ok().filter(|it| *it <= 9999);
        if year.is_none() {
            faults.push(fields.position("year"), spanned::FaultKind::BadNumber { found: it.to_string() });
        }
        year
    });
    let title = fields.text("title", faults);
    let mark = fields.optional("mark").and_then(|it| spanned::text(it, faults)).unwrap_or_default();
    let rubrics = fields.each("rubrics", faults, |node, faults| {
        let id = spanned::text(node, faults)?;
        if !is_plain_id(&id) {
            faults.push(node.position, spanned::FaultKind::BadName { found: id.clone() });
        }
        Some(RubricId::from(id))
    });
    let settings = match fields.optional("settings") {
        Some(node) => settings(node, faults),
        None => Some(Settings::default()),
    };
    Some(Year { format: format?, year: year?, title: title?, mark, rubrics: rubrics?, settings: settings? })
}

fn settings(node: &Node<'_>, faults: &mut Faults) -> Option<Settings> {
    let fields = Fields::of(node, "Settings", &["ties", "not_applicable", "events"], faults)?;
    let ties = choice(&fields, "ties", &["Skip", "Dense"], &[Ties::Skip, Ties::Dense], faults);
    let not_applicable = match fields.optional("not_applicable") {
        Some(node) => {
            let read = decimal::not_applicable(node, faults);
            if let Some(NotApplicable::Rate(rate)) = read
                && !(Quantity::ZERO..=Quantity::whole(100)).contains(&rate)
            {
                faults.push(node.position, spanned::FaultKind::BadPercent { found: rate.to_string() });
            }
            read
        }
        None => Some(NotApplicable::default()),
    };
    let all = [Events::All, Events::HighestOnly];
    let events = choice(&fields, "events", &["All", "HighestOnly"], &all, faults);
    Some(Settings { ties: ties?, not_applicable: not_applicable?, events: events? })
}

/// Reads one of several words; the first where the field is absent.
fn choice<T: Copy>(
    fields: &Fields<'_, '_>,
    name: &'static str,
    words: &'static [&'static str],
    values: &[T],
    faults: &mut Faults,
) -> Option<T> {
    let Some(node) = fields.optional(name) else { return values.first().copied() };
    let word = spanned::word(node, words, faults)?;
    words.iter().zip(values).find(|it| *it.0 == word).map(|it| *it.1)
}

/// Returns the text of `year.ron`.
pub fn write_year(year: &Year) -> String {
    let config = PrettyConfig::new().struct_names(true);
    let mut text = concat!(
        "// 年度设置。可改动的是 title 和 settings：\n",
        "//   ties            同分之后的名次：Skip 跳过（1、1、3），Dense 不跳过（1、1、2）\n",
        "//   not_applicable  不涉及的指标：FullMarks 计满分，Scaled 折算，Spread 分摊，\n",
        "//                   Rate(90) 按分值的 90% 计，ClassMean 按同类其他单位的平均分计\n",
        "//   events          同一事项的多条扣分：All 都扣，HighestOnly 就高，只扣最重的一条\n",
    )
    .to_owned();
    text.push_str(
        &ron::ser::to_string_pretty(year, config).expect("a year has no value that RON cannot write"),
    );
    text.push('\n');
    text
}
