//! Pictures of the screens, read as a person would before they are accepted.

mod support;

use kaohe_tui::settings::{Ascii, Hints, Settings, Theme};
use ratatui::buffer::Cell;
use ratatui::style::Color;
use support::Tester;
use unicode_width::UnicodeWidthStr;

/// Compares a screen at the three sizes that people have.
fn pictures(name: &str, tester: fn() -> Tester, keys: &str) {
    for (width, height) in [(80, 24), (120, 40), (60, 16)] {
        let mut tester = tester().sized(width, height).keys(keys);
        insta::assert_snapshot!(format!("{name}@{width}x{height}"), tester.screen());
        holds_in_every_look(name, &mut tester);
    }
}

/// In ASCII nothing shows but ASCII and Chinese, and everything stays in its place; without colours there are none,
/// and the themes leave none to the terminal.
fn holds_in_every_look(name: &str, tester: &mut Tester) {
    let (plain, caret) = tester.drawn();
    let settings = tester.settings();
    *settings = Settings { ascii: Ascii::On, ..without_hints() };
    let (ascii, ascii_caret) = tester.drawn();
    assert_eq!(caret, ascii_caret, "{name}");
    for (cell, before) in ascii.content().iter().zip(plain.content()) {
        let is_chinese = cell.symbol().chars().all(|it| ('\u{2e80}'..='\u{ffe6}').contains(&it));
        assert!(cell.symbol().is_ascii() || is_chinese, "{name}: {}", cell.symbol());
        assert_eq!(cell.symbol().width(), before.symbol().width(), "{name}: {}", before.symbol());
    }
    *tester.settings() = Settings { theme: Theme::Plain, ..without_hints() };
    let is_plain = |it: &Cell| it.fg == Color::Reset && it.bg == Color::Reset;
    let (buffer, _) = tester.drawn();
    let coloured = buffer.content().iter().find(|it| !is_plain(it));
    assert_eq!(coloured, None, "{name}");
    for theme in [Theme::Dark, Theme::Light] {
        *tester.settings() = Settings { theme, ..without_hints() };
        let is_painted = |it: &Cell| matches!((it.fg, it.bg), (Color::Indexed(_), Color::Indexed(_)));
        let (buffer, _) = tester.drawn();
        let mut n_hidden = 0;
        for cell in buffer.content() {
            // The second half of a wide character has no colours of its own.
            assert!(n_hidden > 0 || is_painted(cell), "{name}: {}", cell.symbol());
            n_hidden = if n_hidden > 0 { n_hidden - 1 } else { cell.symbol().width().saturating_sub(1) };
        }
    }
    *tester.settings() = without_hints();
}

fn with_hints() -> Tester {
    let mut tester = Tester::year_2023();
    tester.settings().hints = Hints::On;
    tester
}

fn without_hints() -> Settings {
    Settings { hints: Hints::Off, ..Settings::default() }
}

#[test]
fn in_ascii() {
    let ascii = || {
        let mut tester = Tester::demo();
        tester.settings().ascii = Ascii::On;
        tester
    };
    pictures_of("ascii-matrix", ascii, "jj");
    pictures_of("ascii-ranking", ascii, "r");
    pictures_of("ascii-form", ascii, "2<enter>");
    pictures_of("ascii-sheet", ascii, "e");
    pictures_of("ascii-palette", ascii, "<f2>");
}

/// Compares a screen at the three sizes, in one look.
fn pictures_of(name: &str, tester: impl Fn() -> Tester, keys: &str) {
    for (width, height) in [(80, 24), (120, 40), (60, 16)] {
        let screen = tester().sized(width, height).keys(keys).screen();
        insta::assert_snapshot!(format!("{name}@{width}x{height}"), screen);
    }
}

#[test]
fn matrix() {
    pictures("matrix-empty-year", Tester::year_2023, "");
    pictures_of("matrix-hints", with_hints, "");
    pictures("matrix", Tester::demo, "jj");
    pictures("matrix-last-column", Tester::demo, "<end>llllllll");
    pictures("matrix-township", Tester::demo, "<tab>jl");
}

#[test]
fn sorting_and_filtering() {
    pictures("choose-order", Tester::demo, "lllo");
    pictures("choose-filter", Tester::demo, "lllf");
    pictures("matrix-sorted", Tester::demo, "lllo3");
    pictures("matrix-filtered", Tester::demo, "lllf4o9");
}

#[test]
fn several_units_at_once() {
    pictures("matrix-marked", Tester::demo, "vjv");
    pictures("preview", Tester::demo, "llllll1Vjb无此职能<enter><tab>v<tab>1");
    pictures("preview-review", Tester::demo, "lllf4V<space>");
}

#[test]
fn a_deduction_and_its_cap() {
    pictures("deducted", Tester::demo, "jjll111");
    pictures("choose-level", Tester::demo, "jjll2");
    pictures("rules", Tester::demo, "ll0");
    pictures("choose-item", Tester::demo, "lll1");
    pictures("discretionary", Tester::demo, "2<enter>");
    pictures("entries", Tester::demo, "jj1x-<enter>");
    pictures("amend", Tester::demo, "jj<enter><enter>");
    pictures("self-score", Tester::demo, "s");
}

#[test]
fn rules_that_measure() {
    pictures("measured", Tester::service_hall, "1<enter><enter>193.4<tab><tab>加倍");
}

#[test]
fn weights_places_and_what_is_undecided() {
    pictures("college", Tester::college, "19<tab>10<enter>");
    pictures("college-explained", Tester::college, "19<tab>10<enter>=");
    pictures("college-unit-explained", Tester::college, "19<tab>10<enter>=<tab>");
    pictures("completion", Tester::college, "19<tab>10");
    pictures("grades", Tester::villages, "l1");
    pictures("veto", Tester::websites, "2首页被改");
    pictures("sheet-college", Tester::college, "19<tab>10<enter>e<end>");
}

#[test]
fn what_the_total_has_besides_its_cells() {
    pictures("weighted-undecided", Tester::college, "llllll13<enter>k");
    pictures("capped-per-month", Tester::service_hall, "lll1111111b");
    pictures("capped-together", Tester::streets, "lll21l31");
    pictures("disqualified", Tester::streets, "llll5瞒报<enter><space>k");
    pictures("vetoed", Tester::websites, "2首页被改<enter><space>k");
    pictures("absent", Tester::college, "llll");
    pictures("ranking-grades", Tester::villages, "llll150<enter>aj140<enter><space>r");
}

#[test]
fn ranking() {
    pictures("ranking", Tester::demo, "r");
    pictures("ranking-provisional", Tester::demo, "rp<tab>");
    pictures("ranking-comparison", Tester::demo, "r<tab><tab>");
    pictures("ranking-distribution", Tester::demo, "rp<tab><tab><tab>");
}

#[test]
fn sheet() {
    pictures("sheet", Tester::demo, "e");
    pictures("sheet-end", Tester::demo, "e<end>");
}

#[test]
fn find() {
    pictures("find", Tester::demo, "/j");
}

#[test]
fn help() {
    pictures("help", Tester::demo, "?");
}

#[test]
fn finding_a_command() {
    pictures("palette", Tester::demo, "<f2>");
    pictures("palette-found", Tester::demo, "<f2>fh");
    // Beside a wider box the folder would show, which has another name each time.
    let tester = Tester::empty().sized(80, 24).keys("<f2>");
    insta::assert_snapshot!("palette-start@80x24", tester.screen());
    pictures("settings-keys", Tester::demo, ",<end><enter>jj");
}

#[test]
fn differences() {
    pictures("differences", Tester::demo, "d");
    pictures("differences-by-unit", Tester::demo, "d<tab>t");
}

#[test]
fn one_indicator() {
    pictures("indicator", Tester::demo, "lli");
    pictures("indicator-entries-and-cap", Tester::demo, "llijj111122");
}

#[test]
fn losses() {
    pictures("losses", Tester::demo, "p");
    pictures("losses-units", Tester::demo, "pj<enter>");
}

#[test]
fn beside_an_earlier_year() {
    pictures("last-year", Tester::demo_after_2022, "c");
    pictures("last-year-provisional", Tester::demo_after_2022, "cp<end>");
    pictures("last-year-indicators", Tester::demo_after_2022, "cp<tab><tab>");
}

#[test]
fn exporting() {
    pictures("export", || Tester::demo().exporting_to("/home/zhang/文档"), "w");
    pictures("export-workbook", || Tester::demo().slow(), "w5<tab><c-u>结果.xlsx<enter>11");
    pictures("export-under-way", || Tester::demo().slow(), "w<tab><c-u>结果<enter>1");
}

#[test]
fn the_log() {
    pictures("log", Tester::demo, "jjl1t");
    pictures("log-filtered", Tester::demo, "t4");
    pictures("log-find", Tester::demo, "t/heba");
    pictures("log-record", Tester::demo, "20.5<tab>久未更新，多次提醒，仍未改正<enter>t<enter>");
    pictures("past", Tester::demo, "jj111t<down><space>");
    pictures("past-ranking", Tester::demo, "jj111t<down><space>r");
}

#[test]
fn years() {
    pictures("years", || Tester::demo().and_year(2022), "y");
    pictures("new-year", || Tester::demo().and_year(2022), "yn");
}

#[test]
fn the_roster() {
    pictures("roster", Tester::demo, "m<down><del>机构改革，并入区发展和改革局<enter>");
    pictures("roster-add", Tester::demo, "<tab>m<f7>");
    pictures("roster-fault", Tester::demo, "m<enter><c-u>区教育局<enter>");
    pictures("roster-retire", Tester::demo, "m<del>");
}
