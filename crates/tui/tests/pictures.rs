//! Pictures of the screens, read as a person would before they are accepted.

mod support;

use support::Tester;

/// Compares a screen at the three sizes that people have.
fn pictures(name: &str, tester: fn() -> Tester, keys: &str) {
    for (width, height) in [(80, 24), (120, 40), (60, 16)] {
        let tester = tester().sized(width, height).keys(keys);
        insta::assert_snapshot!(format!("{name}@{width}x{height}"), tester.screen());
    }
}

#[test]
fn matrix() {
    pictures("matrix-empty-year", Tester::year_2023, "");
    pictures("matrix", Tester::demo, "jj");
    pictures("matrix-last-column", Tester::demo, "<end>llllllll");
    pictures("matrix-township", Tester::demo, "<tab>jl");
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
    pictures("palette-start", Tester::empty, "<f2>");
}

#[test]
fn exporting() {
    pictures("export", || Tester::demo().exporting_to("/home/zhang/文档"), "w");
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
