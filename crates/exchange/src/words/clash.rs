//! What two copies of a year say of the same thing.

use kaohe_core::{Change, Clash, Counts, Deduction, Ledger, Said};

use super::change::{deduction, deed, place_of, placed};

/// Returns a clash in one line: `区教育局 政务新媒体：张三 自评 9.5分；李四 自评 9分。留痕编号李四的在后，算李四的`.
///
/// The ledger is that of all records.
pub fn clash(ledger: &Ledger, clash: &Clash) -> String {
    let Clash { ours, theirs, counts } = clash;
    let (here, there) = people(ours, theirs);
    let said = |who: &str, said: &Said, other: &Said| match &said.change {
        Change::Amend { entry, to } => {
            let differing = if let Change::Amend { to: other, .. } = &other.change {
                differing(to, other)
            } else {
                String::new()
            };
            format!("{who} 把 {entry} 改为 {}{differing}", deduction(ledger, to))
        }
        Change::Withdraw { entry, .. } | Change::Restore { entry } => {
            format!("{who} {}（{entry}）", deed(ledger, &said.change))
        }
        Change::Deduct(_) => format!("{who} {}（{}）", deed(ledger, &said.change), said.id),
        Change::SelfScore { .. }
        | Change::Review { .. }
        | Change::NotApplicable { .. }
        | Change::Adopt { .. }
        | Change::ReplaceRubric { .. }
        | Change::Finalise { .. }
        | Change::Repair { .. }
        | Change::Reopen { .. }
        | Change::Batch { .. } => format!("{who} {}", deed(ledger, &said.change)),
    };
    let which = match counts {
        Counts::Ours => format!("留痕编号{here}的在后，算{here}的"),
        Counts::Theirs => format!("留痕编号{there}的在后，算{there}的"),
        Counts::Both => "两项都算".to_owned(),
        Counts::Twice => "两条一样，都算；是同一件事的话，请撤回一条".to_owned(),
    };
    let both = format!("{}；{}。{which}", said(&here, ours, theirs), said(&there, theirs, ours));
    let of = if place_of(ledger, &ours.change).is_some() { &ours.change } else { &theirs.change };
    placed(ledger, of, &both)
}

/// Returns how the two people are told apart.
fn people(ours: &Said, theirs: &Said) -> (String, String) {
    if ours.by != theirs.by {
        return (ours.by.clone(), theirs.by.clone());
    }
    if ours.machine != theirs.machine {
        let named = |it: &Said| format!("{}（{}）", it.by, it.machine);
        return (named(ours), named(theirs));
    }
    (format!("{}（这里）", ours.by), format!("{}（那一份）", theirs.by))
}

/// Returns what of an amended entry the short form leaves out, where the two differ in it.
fn differing(to: &Deduction, other: &Deduction) -> String {
    let fields = [
        ("日期", to.date != other.date, to.date.to_string()),
        ("说明", to.note != other.note, to.note.clone()),
        ("依据", to.source != other.source, to.source.clone()),
        ("事项", to.event != other.event, to.event.clone().unwrap_or_default()),
    ];
    let told = |(name, _, value): &(&str, bool, String)| {
        if value.is_empty() { format!("{name}空着") } else { format!("{name} {value}") }
    };
    let told: Vec<String> = fields.iter().filter(|it| it.1).map(told).collect();
    if told.is_empty() { String::new() } else { format!("（{}）", told.join("，")) }
}

#[cfg(test)]
mod tests {
    use kaohe_core::{Record, Stamp, clashes};

    use super::*;
    use crate::sample::{deduct, done, ledger, self_score, with};

    fn by(name: &str, writer: &str, record: Record) -> Record {
        let stamp = Stamp { writer: writer.into(), ..record.stamp };
        Record { stamp, by: name.to_owned(), ..record }
    }

    /// What clashes after these were said here and those there, on one entry that both know.
    #[track_caller]
    fn check(ours: Vec<Change>, theirs: Vec<Change>, expected: &[&str]) {
        let common = done(1, deduct("a01", "media", "incident"));
        let all = |name, writer, n: u64, changes: Vec<Change>| -> Vec<Record> {
            (n..).zip(changes).map(|(n, it)| by(name, writer, done(n, it))).collect()
        };
        let (ours, theirs) = (all("张三", "zhang", 2, ours), all("李四", "li", 5, theirs));
        let mut ledger = ledger();
        ledger.extend([&common].into_iter().chain(&ours).chain(&theirs));
        let (ours, theirs): (Vec<&Record>, Vec<&Record>) = (ours.iter().collect(), theirs.iter().collect());
        let said: Vec<String> =
            clashes(&ledger, &ours, &theirs).iter().map(|it| clash(&ledger, it)).collect();
        assert_eq!(said, expected);
    }

    fn amend(edit: impl FnOnce(&mut Deduction)) -> Change {
        let Change::Deduct(to) = with(deduct("a01", "media", "incident"), edit) else { unreachable!() };
        Change::Amend { entry: "1@zhang".parse().unwrap(), to }
    }

    fn withdraw(reason: &str) -> Change {
        Change::Withdraw { entry: "1@zhang".parse().unwrap(), reason: reason.to_owned() }
    }

    #[test]
    fn the_later_of_two_values_counts_and_both_are_told() {
        check(
            vec![self_score("a01", "media", "9.5")],
            vec![self_score("a01", "media", "8"), self_score("a01", "media", "9")],
            &["区教育局 政务新媒体：张三 自评 9.5分；李四 自评 9分。留痕编号李四的在后，算李四的"],
        );
        check(vec![self_score("a01", "media", "9")], vec![self_score("a01", "media", "9")], &[]);
        check(vec![self_score("a01", "media", "9")], vec![self_score("a01", "release", "8")], &[]);
    }

    #[test]
    fn what_two_people_do_with_one_entry() {
        check(
            vec![amend(|it| it.count = 2)],
            vec![amend(|it| it.note = "核实".to_owned())],
            &[
                "区教育局 政务新媒体：张三 把 1@zhang 改为 扣 严重问题 2次（说明空着）；李四 把 1@zhang 改为 扣 严重问题 1次（说明 核实）。留痕编号李四的在后，算李四的",
            ],
        );
        check(
            vec![withdraw("重复")],
            vec![amend(|it| it.count = 2)],
            &[
                "区教育局 政务新媒体：张三 撤回 扣 严重问题 2次（重复）（1@zhang）；李四 把 1@zhang 改为 扣 严重问题 2次。两项都算",
            ],
        );
        check(vec![withdraw("重复")], vec![withdraw("记错")], &[]);
    }

    #[test]
    fn one_event_recorded_by_two_people() {
        let batch = |changes| Change::Batch { title: "导入".to_owned(), changes };
        check(
            vec![deduct("a01", "media", "stale"), deduct("a01", "media", "stale")],
            vec![batch(vec![deduct("a01", "media", "incident"), deduct("a01", "media", "stale")])],
            &[
                "区教育局 政务新媒体：张三 扣 更新超期 1次（2@zhang）；李四 扣 更新超期 1次（5.2@li）。两条一样，都算；是同一件事的话，请撤回一条",
            ],
        );
    }
}
