//! Who issues a circular and whom it is sent to, where the rubrics in force tell.

use kaohe_core::Ledger;

/// An office that issues rubrics.
pub(super) struct Office {
    /// As it signs.
    pub name: &'static str,
    /// Whom its notices are sent to.
    pub addressees: &'static str,
    /// What the numbers of its documents begin with.
    number: &'static str,
}

/// As the notice 大政公办发〔2023〕4号 has them, with which the 2023 rubrics were issued.
const KNOWN: [Office; 1] = [Office {
    name: "益阳市大通湖区政务公开领导小组办公室",
    addressees: "各镇、南湾湖办事处、区直和驻区各单位、区大发集团",
    number: "大政公办发",
}];

impl Office {
    /// Returns the office that issued all rubrics of the year, where it is one that is known.
    pub fn of(ledger: &Ledger) -> Option<Office> {
        let rubrics = ledger.rubrics();
        let issued_all = |it: &Office| rubrics.iter().all(|rubric| rubric.source.starts_with(it.number));
        KNOWN.into_iter().find(|it| !rubrics.is_empty() && issued_all(it))
    }
}
