//! Four people at once on one folder, and on four copies that are merged in every order.

use std::collections::BTreeSet;
use std::path::Path;
use std::thread;

use super::desk::{Desk, copy};

/// Two windows of one person among them: those write two journals.
const AT_ONE_FOLDER: [&str; 4] = ["张三", "张三", "李四", "wang"];
/// A journal goes on in one copy only, so that everybody has a name of their own.
const AT_COPIES: [&str; 4] = ["张三", "李四", "wang", "Zhao Liu"];
const UNITS: [&str; 4] = ["区教育局", "区财政局", "河坝镇", "区民政局"];

/// Runs both; returns figures.
pub(super) fn run(program: &Path, n_changes: u32) -> Result<Vec<String>, String> {
    let desk = Desk::with_year(program, "one")?;
    at_once(|who| work(&desk, AT_ONE_FOLDER, who, n_changes, "data"))?;
    check_everything(&desk, n_changes)?;
    let n_journals = desk.journals()?.len();
    desk.remove()?;

    let desk = Desk::with_year(program, "copies")?;
    for who in 0..4 {
        copy(&desk.data(), &desk.folder.join(format!("copy{who}")))?;
    }
    at_once(|who| work(&desk, AT_COPIES, who, n_changes, &format!("copy{who}")))?;
    let mut states = BTreeSet::new();
    for order in orders() {
        let data = desk.folder.join("merged");
        copy(&desk.folder.join(format!("copy{}", order[0])), &data)?;
        for other in &order[1..] {
            desk.ok("张三", &["merge", &format!("copy{other}"), "--data", "merged"])?;
        }
        states.insert(desk.ok("张三", &["export", "--format", "ron", "--data", "merged"])?);
        if states.len() > 1 {
            return Err(desk.wrong(&format!("按 {order:?} 合并的与别的次序不同")));
        }
        std::fs::remove_dir_all(&data).map_err(|error| super::unreadable(&data, &error))?;
    }
    for other in 1..4 {
        desk.ok("张三", &["merge", &format!("copy{other}"), "--data", "copy0"])?;
    }
    copy(&desk.folder.join("copy0"), &desk.data())?;
    check_everything(&desk, n_changes)?;
    desk.remove()?;
    Ok(vec![
        format!("同一文件夹：4 个进程各 {n_changes} 次，{n_journals} 个留痕文件，每次都在，只有一份"),
        format!("四份各 {n_changes} 次，按 24 种次序合并：导出逐字节相同，每次都在，只有一份"),
    ])
}

/// Runs the work of all four at once.
fn at_once(work: impl Fn(usize) -> Result<(), String> + Sync) -> Result<(), String> {
    thread::scope(|scope| {
        let work = &work;
        let all: Vec<_> = (0..4).map(|who| scope.spawn(move || work(who))).collect();
        all.into_iter().try_for_each(|it| it.join().unwrap_or_else(|_| Err("一个线程出错".to_owned())))
    })
}

/// One person's changes, each by a run of the program.
fn work(desk: &Desk, names: [&str; 4], who: usize, n_changes: u32, data: &str) -> Result<(), String> {
    for n in 0..n_changes {
        let unit = UNITS[(who + n as usize) % 4];
        let text = format!("单位,指标,规则,日期,说明\n{unit},1,逾期未完成,2023-05-09,{}\n", note(who, n));
        let file = desk.file(&format!("{who}.csv"), &text)?;
        desk.ok(names[who], &["import", "entries", &file, "--data", data])?;
    }
    Ok(())
}

fn note(who: usize, n: u32) -> String {
    format!("note-{who}-{n}.")
}

/// Says that each change is there exactly once, and nothing else.
fn check_everything(desk: &Desk, n_changes: u32) -> Result<(), String> {
    desk.check(false)?;
    let entries = desk.entries()?;
    if entries.len() as u64 != 4 * u64::from(n_changes) {
        return Err(desk.wrong(&format!("应有 {} 条，有 {} 条", 4 * u64::from(n_changes), entries.len())));
    }
    let notes: BTreeSet<&str> =
        entries.iter().filter_map(|it| it.split(',').find(|it| it.starts_with("note-"))).collect();
    let missing = (0..4).flat_map(|who| (0..n_changes).map(move |n| note(who, n)));
    match missing.into_iter().find(|it| !notes.contains(it.as_str())) {
        None => Ok(()),
        Some(note) => Err(desk.wrong(&format!("少了 {note}"))),
    }
}

/// All orders of four.
fn orders() -> Vec<[usize; 4]> {
    let mut orders = Vec::new();
    for a in 0..4 {
        for b in (0..4).filter(|it| *it != a) {
            for c in (0..4).filter(|it| ![a, b].contains(it)) {
                orders.push([a, b, c, 6 - a - b - c]);
            }
        }
    }
    orders
}
