//! The program, and what it runs on.

use std::env::{self, consts};

use super::Page;
use crate::time::{local, now};

pub(super) fn look(page: &mut Page) {
    page.add("版本", crate::VERSION);
    page.add("系统", format!("{} {}", consts::OS, consts::ARCH));
    let program = env::current_exe().map_or_else(|it| it.to_string(), |it| it.display().to_string());
    page.add("程序文件", program);
    page.note("现在时间", local(now()), "不对的话留痕的时间也不对，先后不受影响");
}
