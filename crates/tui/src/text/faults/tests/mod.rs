//! Every fault has a sentence for people.

mod rubrics;

use std::io;
use std::path::PathBuf;

use kaohe_core::{Points, Refusal, Stamp};

use kaohe_core::{Idle, Part, RosterFault, RubricFault, Track};
use kaohe_store::spanned::{self, Expected, Found};
use kaohe_store::{ArchiveFault, LineFault, RecordError, StoreError};

use super::*;

const AT: Position = Position { line: 12, column: 5 };

fn ron_faults() -> Vec<spanned::FaultKind> {
    use spanned::FaultKind as Ron;
    let given = || "ponits".to_owned();
    vec![
        Ron::TooLarge { bytes: 1 << 30, limit: 1 << 20 },
        Ron::TooDeep { limit: 64 },
        Ron::UnexpectedCharacter { found: '#' },
        Ron::UnexpectedCharacter { found: '%' },
        Ron::ControlCharacter { code: 0x200b },
        Ron::FullWidthPunctuation { found: '，', instead: ',' },
        Ron::FullWidthPunctuation { found: '\u{3000}', instead: ' ' },
        Ron::UnterminatedText,
        Ron::UnterminatedComment,
        Ron::QuoteInText,
        Ron::BadEscape { found: "\\q".to_owned() },
        Ron::BadNumber { found: "1e3".to_owned() },
        Ron::ExpectedValue { found: None },
        Ron::ExpectedValue { found: Some(')') },
        Ron::ExpectedColon { found: Some(',') },
        Ron::MissingComma,
        Ron::ExpectedCommaOrClosing { found: ']', opener: '(', opened: AT },
        Ron::ExpectedClosing { opener: '[', opened: AT },
        Ron::MixedFieldsAndItems { opened: AT },
        Ron::FieldNameInQuotes,
        Ron::TrailingText { found: ')' },
        Ron::UnknownField {
            found: given(),
            within: "Indicator",
            nearest: Some("points"),
            known: &["points"],
        },
        Ron::UnknownField { found: given(), within: "Level", nearest: None, known: &["name", "points"] },
        Ron::UnknownVariant { found: given(), nearest: Some("Count"), known: &["Count"] },
        Ron::UnknownVariant { found: given(), nearest: None, known: &["Count", "Forfeit"] },
        Ron::MissingField { name: "points", within: "Indicator" },
        Ron::DuplicateField { name: "points", first: AT },
        Ron::WrongType { expected: Expected::Text, found: Found::Word },
        Ron::NumberTooFine { found: "0.1234567".to_owned(), decimals: 6 },
        Ron::NumberTooLarge { found: "99999999".to_owned(), limit: 1_000_000 },
        Ron::BadDate { found: "2023-13-01".to_owned() },
        Ron::BadName { found: "考核".to_owned() },
        Ron::WrongName { expected: "Rubric", found: given() },
        Ron::TooMany { limit: 1_000_000 },
        Ron::BadPercent { found: "101".to_owned() },
        Ron::LengthsDiffer { first: "levels", n_first: 2, second: "points", n_second: 3 },
        Ron::OneOf { within: "Level", choices: &[&["points"], &["percent"]], is_given: true },
        Ron::OneOf { within: "Place", choices: &[&["from", "to"], &["percent"]], is_given: false },
        Ron::BadRuleRef { found: given() },
        Ron::WrongType { expected: Expected::Truth, found: Found::Word },
        Ron::WrongType { expected: Expected::OneValue, found: Found::Word },
    ]
}

fn rubric_faults() -> Vec<RubricFault> {
    let given = || "nope".to_owned();
    let points = Points::whole(10);
    let sum = |group| RubricFault::SumDiffers {
        whole: Part::Rubric,
        parts: Part::Section,
        stated: Points::whole(100),
        sum: Points::whole(107),
        group,
    };
    let known = || vec!["late".to_owned()];
    let mut faults = vec![
        sum(None),
        sum(Some(Vec::new())),
        sum(Some(vec!["许可".to_owned(), "窗口".to_owned()])),
        RubricFault::WeightsDiffer { parts: Part::Indicator, sum: Points::whole(90), group: None },
        RubricFault::WeightMissing {
            parts: Part::Section,
            stated: Points::whole(100),
            sum: Points::whole(140),
            group: Some(vec!["许可".to_owned()]),
        },
        RubricFault::NeverFull { sum: points },
        RubricFault::BadId { given: given() },
        RubricFault::EmptyText,
        RubricFault::EmptyList,
        RubricFault::NotPositive,
        RubricFault::NothingToLose,
        RubricFault::Negative,
        RubricFault::PercentOutOfRange,
        RubricFault::PeriodReversed,
        RubricFault::BoundsReversed,
        RubricFault::FloorAboveZero,
        RubricFault::FloorInside,
        RubricFault::GateInside,
        RubricFault::GateUnreachable { most: points },
        RubricFault::GateAlwaysOpen,
        RubricFault::GateOnItself,
        RubricFault::GatesInRing,
        RubricFault::FinerThanRounded { decimals: 1 },
        RubricFault::TooManyDecimals { most: 6 },
        RubricFault::UnknownIndicator { given: given(), nearest: None, known: known() },
        RubricFault::TagInBoth { tag: "许可".to_owned() },
        RubricFault::UnknownRule { given: given(), nearest: Some("notice".to_owned()), known: Vec::new() },
        RubricFault::UnknownRule { given: given(), nearest: None, known: known() },
        RubricFault::UnknownRule { given: given(), nearest: None, known: Vec::new() },
        RubricFault::ForfeitOverItself,
        RubricFault::CapsCross { other: given() },
        RubricFault::CapMixesDirections,
        RubricFault::CapOverNoPoints,
        RubricFault::CapNeverBinds { points },
        RubricFault::TextNotInMethod,
        RubricFault::MoreThanThereIs { points },
        RubricFault::WorthTooMuch { points },
        RubricFault::AwardNeverGives,
        RubricFault::NothingAwarded,
        RubricFault::ScoreIsTaken,
        RubricFault::RankStandsAlone,
        RubricFault::WeeksWithoutPeriod,
        RubricFault::BandsNotInOrder,
        RubricFault::BandsNotDearer,
        RubricFault::Gap { at: points },
        RubricFault::Overlap { at: points },
        RubricFault::PlaceZero,
        RubricFault::PlaceNeverApplies,
        RubricFault::GradesNotFalling,
        RubricFault::GradeUnreachable { most: points },
        RubricFault::LowestGradeAboveZero { from: points },
        RubricFault::NoGrades,
        RubricFault::UnknownGrade { given: given(), nearest: None, known: known() },
    ];
    let parts = [
        Part::Rubric,
        Part::Section,
        Part::Indicator,
        Part::CheckItem,
        Part::Rule,
        Part::Level,
        Part::Cap,
        Part::Modifier,
        Part::Grade,
        Part::Tag,
    ];
    faults.extend(parts.map(|part| RubricFault::Duplicate { part, given: given() }));
    let idle = [Idle::Window, Idle::Combine, Idle::NotApplicable, Idle::TopGrade];
    faults.extend(idle.map(|what| RubricFault::NoEffect { what }));
    faults
}

fn roster_faults() -> Vec<RosterFault> {
    let known = || vec![Track::from("区直"), Track::from("乡镇")];
    vec![
        RosterFault::Empty,
        RosterFault::BadId { given: "教育局".to_owned() },
        RosterFault::DuplicateId { given: "Q01".to_owned(), first: 0 },
        RosterFault::DuplicateName { given: "教育局".to_owned(), first: 0 },
        RosterFault::EmptyText,
        RosterFault::UnknownTrack { given: "区值".to_owned(), known: known() },
        RosterFault::UnknownTrack { given: "企业".to_owned(), known: known() },
    ]
}

fn line_faults() -> Vec<LineFault> {
    vec![
        LineFault::OtherEncoding,
        LineFault::ByteOrderMark,
        LineFault::CarriageReturn,
        LineFault::NulBytes,
        LineFault::NotUtf8,
        LineFault::NoHash,
        LineFault::HashDiffers,
        LineFault::ChainBroken,
        LineFault::BadRecord { message: "expected comma".to_owned() },
        LineFault::NumberNotRising,
        LineFault::BadHeader,
        LineFault::Shortened,
        LineFault::Replaced,
        LineFault::HeaderMisplaced,
        LineFault::NewerFormat { found: 2 },
    ]
}

fn kinds() -> Vec<FaultKind> {
    let stamp = Stamp { n: 17, writer: "zhang-3f2a".into() };
    let mut kinds = vec![
        FaultKind::NotUtf8 { is_gb18030: true },
        FaultKind::NotUtf8 { is_gb18030: false },
        FaultKind::Unresolved { stamp, refusal: Refusal::UnknownUnit("Q99".into()) },
        FaultKind::NewerFormat { found: 2 },
        FaultKind::OtherYear { found: 2022 },
        FaultKind::FileMissing,
        FaultKind::RubricMisnamed { id: "district".to_owned() },
        FaultKind::TwoRubrics { track: "区直".into() },
        FaultKind::NotASnapshot { message: "expected comma".to_owned() },
        FaultKind::StrangeFile,
        FaultKind::Parted,
        FaultKind::CopiesDiffer,
        FaultKind::InOneCopy { is_here: true },
        FaultKind::InOneCopy { is_here: false },
        FaultKind::InUse,
        FaultKind::LeadsOut,
        FaultKind::TooLarge { bytes: 1 << 30, limit: 64 << 20 },
        FaultKind::MoreFaults,
        FaultKind::TornLine,
        FaultKind::SetAside,
        FaultKind::VersionDamaged,
        FaultKind::Repaired { n_lines: 0, quarantine: None },
        FaultKind::Repaired { n_lines: 2, quarantine: Some("journal/0fe9.bad".to_owned()) },
        FaultKind::QuarantineMissing,
        FaultKind::QuarantineDamaged,
        FaultKind::QuarantineUnnamed,
        FaultKind::NotAsFixed,
        FaultKind::AfterFinalise { stamp: Stamp { n: 18, writer: "li-1".into() } },
        FaultKind::StrayFile,
        FaultKind::ChangedSince,
    ];
    kinds.extend(ron_faults().into_iter().map(FaultKind::Ron));
    kinds.extend(rubric_faults().into_iter().map(FaultKind::Rubric));
    kinds.extend(roster_faults().into_iter().map(FaultKind::Roster));
    kinds.extend(line_faults().into_iter().map(FaultKind::Journal));
    kinds
}

fn at(kind: FaultKind) -> FileFault {
    FileFault { file: "district.ron".to_owned(), position: Some(AT), severity: Severity::Error, kind }
}

/// A sentence for people: Chinese, complete, and nothing that only a programmer would write.
#[track_caller]
fn check_sentence(sentence: &str) {
    for odd in ["{", "Some(", "None", "\"ponits", "Fault", "Error", "Position", "  ", "。。", "：："] {
        assert!(!sentence.contains(odd), "{odd} in {sentence}");
    }
    assert!(sentence.chars().any(|it| ('\u{4e00}'..='\u{9fff}').contains(&it)), "{sentence}");
}

#[test]
fn every_fault_has_a_sentence_with_its_place_and_code() {
    for kind in kinds() {
        let sentence = file_fault(&at(kind));
        check_sentence(&sentence);
        assert!(sentence.starts_with("district.ron:12:5："), "{sentence}");
        let (_, code) = sentence.rsplit_once("。[E-").unwrap();
        let code = code.strip_suffix(']').unwrap();
        assert!(code.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit()), "{sentence}");
    }
}

#[test]
fn a_misspelt_field_names_the_one_that_was_meant() {
    let fault = at(FaultKind::Ron(ron_faults().remove(21)));
    let expected =
        "district.ron:12:5：Indicator（二级指标）没有字段“ponits”：是否应为 points（分值）。[E-field]";
    assert_eq!(file_fault(&fault), expected);
}

#[test]
fn a_warning_says_so() {
    let kind = FaultKind::Rubric(RubricFault::TextNotInMethod);
    let fault = FileFault { severity: Severity::Warning, position: None, ..at(kind) };
    let sentence = file_fault(&fault);
    assert!(sentence.starts_with("district.ron：提示：规则的 text"), "{sentence}");
    assert!(sentence.ends_with("[W-text]"), "{sentence}");
}

#[test]
fn every_store_error_has_a_sentence() {
    let path = || PathBuf::from("/srv/数据/2023");
    let full = || io::Error::from(io::ErrorKind::StorageFull);
    let faults = || kinds().into_iter().map(at).collect::<Vec<_>>();
    let errors = [
        StoreError::NoYears { data: path() },
        StoreError::NoSuchYear { year: 2024, data: path(), known: vec![2022, 2023] },
        StoreError::NoSuchYear { year: 2024, data: path(), known: Vec::new() },
        StoreError::YearExists { year: 2023, path: path() },
        StoreError::Read { path: path(), source: io::Error::from(io::ErrorKind::PermissionDenied) },
        StoreError::Write { path: path(), source: full() },
        StoreError::Unconfirmed { path: path(), source: full() },
        StoreError::Damaged(faults()),
        StoreError::Input(faults()),
        StoreError::UnitsInUse { units: vec![("Q01".to_owned(), "区教育局".to_owned())] },
        StoreError::NotACopy { path: path(), year: 2023 },
        StoreError::Unmergeable(faults()),
        StoreError::TooLarge { path: path() },
        StoreError::NotEmpty { path: path() },
        StoreError::BackupDamaged { path: path(), fault: ArchiveFault::NotAZip },
        StoreError::BackupDamaged {
            path: path(),
            fault: ArchiveFault::Broken { name: "2023/units.ron".to_owned() },
        },
        StoreError::BackupDamaged {
            path: path(),
            fault: ArchiveFault::StrangeFile { name: "../units.ron".to_owned() },
        },
        StoreError::BackupDamaged { path: path(), fault: ArchiveFault::TooLarge },
        StoreError::BackupDamaged { path: path(), fault: ArchiveFault::Empty },
        StoreError::JournalInUse { file: "journal/zhang-1.ron".to_owned() },
        StoreError::NumbersUsedUp,
        StoreError::TooManyWriters { writer: "张三".to_owned() },
    ];
    for error in errors {
        check_sentence(&store_error(&error));
        check_sentence(&record_error(&RecordError::Store(error)));
    }
    check_sentence(&record_error(&RecordError::Refused(Refusal::NothingToUndo)));
    check_sentence(&record_error(&RecordError::Damaged));
}

#[test]
fn a_full_disk_is_told_with_the_path_and_what_to_do() {
    let source = io::Error::from(io::ErrorKind::StorageFull);
    let error = StoreError::Write { path: PathBuf::from("/srv/a"), source };
    assert_eq!(store_error(&error), "无法写入 /srv/a：磁盘已满。请腾出空间，然后再试一次。");
}

#[test]
fn control_characters_of_a_name_do_not_reach_the_terminal() {
    let fault = FileFault { file: "a\u{1b}[2J\n.ron".to_owned(), ..at(FaultKind::FileMissing) };
    assert!(!file_fault(&fault).contains(char::is_control));
}
