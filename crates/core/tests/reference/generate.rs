//! Made-up years: rubrics of two classes, two to five units, and what is recorded of them.

use jiff::Timestamp;
use kaohe_core::*;
use proptest::prelude::*;

use crate::draw::Draw;
use crate::recorded::{Recorded, Year};
use crate::rubrics::{TAGS, rubric, treatment};

/// A year and everything recorded in it.
#[derive(Clone, Debug)]
pub struct Case {
    /// One per class.
    pub rubrics: Vec<Rubric>,
    /// The units.
    pub roster: Roster,
    /// What the year decides.
    pub settings: Settings,
    /// What was recorded, as people did it.
    pub changes: Vec<Change>,
    /// Which indicator of the first unit much of it is about.
    pub focus: usize,
    /// What that comes to.
    pub recorded: Recorded,
}

impl Case {
    /// Builds a case from numbers: those of the rubrics, and a few for each thing that is recorded.
    pub fn new(shape: &[u32], acts: &[Vec<u32>]) -> Case {
        let mut draw = Draw::new(shape);
        let settings = Settings {
            ties: draw.one(&[Ties::Skip, Ties::Dense]),
            not_applicable: treatment(&mut draw),
            events: draw.one(&[Events::All, Events::HighestOnly]),
        };
        let roster = roster(&mut draw);
        let others = draw.below(1 << 30);
        let rubrics = vec![
            rubric(&mut draw, "district", "区直"),
            rubric(&mut Draw::new(&noise(others as u64, 900)), "town", "乡镇"),
        ];
        let recorded = Recorded::default();
        let mut case = Case { rubrics, roster, settings, changes: Vec::new(), focus: others, recorded };
        case.fill(&mut Draw::new(&noise(others as u64 + 1, 900)));
        for act in acts {
            let change = case.act(&mut Draw::new(act));
            case.changes.extend(change);
        }
        case
    }

    /// Returns what the scorer asks for.
    pub fn year(&self) -> Year<'_> {
        Year {
            rubrics: &self.rubrics,
            roster: &self.roster,
            settings: self.settings,
            recorded: &self.recorded,
        }
    }

    /// Returns the records of the changes.
    pub fn records(&self) -> Vec<Record> {
        self.changes.iter().zip(1..).map(|(change, n)| record(n, change.clone())).collect()
    }

    /// Returns the year before anything is recorded.
    pub fn empty(&self) -> Ledger {
        Ledger::new(self.rubrics.clone(), self.roster.clone(), self.settings).expect("a valid roster")
    }

    /// Returns the year with everything recorded.
    pub fn ledger(&self) -> Ledger {
        let mut ledger = self.empty();
        ledger.extend(&self.records());
        assert_eq!(ledger.unresolved(), []);
        ledger
    }
}

fn roster(draw: &mut Draw) -> Roster {
    let mut units = Vec::new();
    for idx in 0..draw.one(&[2, 3, 4, 5, 5]) {
        let track = draw.one(&["区直", "区直", "区直", "乡镇"]);
        let tags = TAGS.iter().filter(|_| draw.chance(50)).map(|&it| it.to_owned()).collect();
        units.push(Unit {
            id: format!("U{idx}").into(),
            name: format!("单位{idx}"),
            track: track.into(),
            short: String::new(),
            pinyin: String::new(),
            tags,
            note: String::new(),
            retired: String::new(),
        });
    }
    Roster { note: String::new(), units }
}

/// Returns the place of a record in the order of all.
pub fn stamp(n: u64) -> Stamp {
    Stamp { n, writer: "w".into() }
}

/// Returns the record of a change.
pub fn record(n: u64, change: Change) -> Record {
    Record {
        stamp: stamp(n),
        at: Timestamp::UNIX_EPOCH,
        by: "张三".to_owned(),
        machine: "PC-1".to_owned(),
        kind: RecordKind::Do,
        change,
    }
}

/// Returns so many numbers that look random and are always the same.
pub fn noise(seed: u64, n: usize) -> Vec<u32> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x1234_5678_9ABC_DEF1;
    let mut next = || {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed >> 33) as u32
    };
    (0..n).map(|_| next()).collect()
}

/// Returns the case of a seed.
pub fn seeded(seed: u64) -> Case {
    let numbers = noise(seed, 1000 + 40 * 24);
    let (shape, acts) = numbers.split_at(1000);
    let acts: Vec<Vec<u32>> = acts.chunks(24).map(<[u32]>::to_vec).collect();
    Case::new(shape, &acts)
}

/// Makes up a case.
pub fn case() -> impl Strategy<Value = Case> {
    let act = prop::collection::vec(any::<u32>(), 24);
    (prop::collection::vec(any::<u32>(), 1000), prop::collection::vec(act, 0..40))
        .prop_map(|(shape, acts)| Case::new(&shape, &acts))
}
