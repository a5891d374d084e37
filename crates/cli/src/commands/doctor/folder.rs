//! The data folder: whether it can be worked in, and the years in it.

use std::path::Path;

use kaohe_core::Severity;
use kaohe_store::{DataFolder, StoreError};
use kaohe_tui::text::faults;
use sysinfo::Disks;

use super::Page;
use crate::session::Session;

/// Less free space than this is worth a word, in bytes: a year with its backups takes a few million.
const LITTLE: u64 = 200_000_000;

pub(super) fn look(page: &mut Page, session: &Session) {
    let data = &session.data;
    let path = std::path::absolute(data.path()).unwrap_or_else(|_| data.path().to_owned());
    page.add("数据文件夹", path.display().to_string());
    let probe = data.probe();
    if probe.tried_in != path {
        let note = format!("第一次用时新建；以下是 {} 的情况", probe.tried_in.display());
        page.note("还没有", "", &note);
    }
    match probe.write {
        Ok(()) => page.add("可写", "是"),
        Err(source) => {
            let error = StoreError::Write { path: probe.tried_in.clone(), source };
            page.note("可写", "否", &faults::store_error(&error));
        }
    }
    match probe.lock {
        Some(Ok(true)) => page.add("文件锁", "有"),
        Some(Ok(false)) => page.note("文件锁", "不起作用", "几个窗口不要用同一个姓名同时记"),
        Some(Err(error)) => page.note("文件锁", "没有", &error.to_string()),
        None => page.add("文件锁", "没有试"),
    }
    look_at_disk(page, &probe.tried_in);
    look_at_years(page, data);
}

fn look_at_disk(page: &mut Page, path: &Path) {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let disks = Disks::new_with_refreshed_list();
    // Windows writes resolved paths as `\\?\C:\…`.
    let shown = path.to_string_lossy();
    let path = Path::new(shown.strip_prefix(r"\\?\").unwrap_or(&shown));
    let holds = |it: &&sysinfo::Disk| path.starts_with(it.mount_point());
    let disk = disks.iter().filter(holds).max_by_key(|it| it.mount_point().as_os_str().len());
    let Some(disk) = disk else {
        page.note("磁盘", "问不到", "网络位置和容器里的文件夹常常如此");
        return;
    };
    page.add("文件系统", disk.file_system().to_string_lossy());
    let n_bytes = disk.available_space();
    let note = if n_bytes < LITTLE { "不多了，请腾出空间" } else { "" };
    page.note("剩余空间", size(n_bytes), note);
}

/// Returns a number of bytes as people say it, rounded down: `68.5 GB`.
fn size(n_bytes: u64) -> String {
    let units = [("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1_000)];
    let (unit, of) = units.into_iter().find(|it| n_bytes >= it.1).unwrap_or(("字节", 1));
    match (of, n_bytes / of, n_bytes % of * 10 / of) {
        (1, whole, _) => format!("{whole} {unit}"),
        (_, whole, tenth) => format!("{whole}.{tenth} {unit}"),
    }
}

fn look_at_years(page: &mut Page, data: &DataFolder) {
    let years = match data.years() {
        Ok(years) => years,
        Err(error) => return page.note("年度", "读不了", &faults::store_error(&error)),
    };
    if years.is_empty() {
        page.add("年度", "还没有");
    }
    for year in years {
        let what = format!("{year} 年");
        match data.check(year) {
            Ok(faults) => {
                let n_errors = faults.iter().filter(|it| it.severity == Severity::Error).count();
                match (n_errors, faults.len()) {
                    (0, 0) => page.add(&what, "核验过，没有问题"),
                    (0, n) => page.note(&what, format!("{n} 处提示"), "kaohe check 逐条列出"),
                    (n, _) => page.note(&what, format!("{n} 处问题"), "kaohe check 逐条列出"),
                }
            }
            Err(error) => page.note(&what, "读不了", &faults::store_error(&error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_never_said_to_be_larger() {
        for (n_bytes, said) in [
            (0, "0 字节"),
            (999, "999 字节"),
            (1_000, "1.0 KB"),
            (199_999_999, "199.9 MB"),
            (73_649_700_864, "73.6 GB"),
        ] {
            assert_eq!(size(n_bytes), said);
        }
    }
}
