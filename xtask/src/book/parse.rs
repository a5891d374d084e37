//! Reads the handbook: its chapters, and in them the blocks that the program has to confirm.

/// What a block shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A screen after these keys.
    Picture(Picture),
    /// Commands and what they answer; of each answer only so many lines, where that is said.
    Console {
        /// How many lines of each answer stand in the page.
        at_most: Option<usize>,
    },
    /// A file that lies in the reader's folder from here on.
    File(String),
    /// A self-evaluation form that a unit fills in and sends back under another name; the block lists cells and what is
    /// typed there.
    Form {
        /// The form as it was sent out.
        from: String,
        /// What comes back.
        to: String,
    },
}

/// A screen to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// The size, such as `60x16`.
    pub size: Option<String>,
    /// Whether it is the sample year's.
    pub is_demo: bool,
    /// Who sits at it, where it is not the one that the page is about.
    pub by: Option<String>,
    /// Which of its lines stand in the page, where not all of them do.
    pub part: Option<Part>,
    /// The keys, as `kaohe --keys` reads them.
    pub keys: String,
}

/// Some lines of a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// So many at its end.
    Last(usize),
    /// From one to another, from 1, both included.
    Lines(usize, usize),
}

/// A block of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it shows.
    pub kind: Kind,
    /// The line of the page on which its content begins, from 1.
    pub line: usize,
    /// Its content, without the fences.
    pub text: String,
}

/// A chapter of the page, which begins in a fresh folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// Its title.
    pub title: String,
    /// Its blocks, in order.
    pub blocks: Vec<Block>,
}

/// Reads a page.
///
/// # Errors
///
/// The first line that says what the reader does not know, or a block that nothing would confirm.
pub fn chapters(page: &str) -> Result<Vec<Chapter>, String> {
    let mut chapters: Vec<Chapter> = Vec::new();
    let mut directive: Option<Kind> = None;
    let mut lines = (1..).zip(page.lines());
    while let Some((number, line)) = lines.next() {
        if let Some(title) = line.strip_prefix("## ") {
            chapters.push(Chapter { title: title.trim().to_owned(), blocks: Vec::new() });
        } else if let Some(comment) = line.strip_prefix("<!-- ") {
            let said = comment.strip_suffix("-->").ok_or(format!("第 {number} 行：没有以 --> 结束"))?;
            // One blank belongs to the mark; keys may end in others.
            let said = said.strip_suffix(' ').unwrap_or(said);
            directive = Some(read_directive(said).map_err(|it| format!("第 {number} 行：{it}"))?);
        } else if let Some(language) = line.strip_prefix("```") {
            let text = example(&mut lines).ok_or(format!("第 {number} 行：例子没有结束"))?;
            let kind = kind(language, directive.take()).map_err(|it| format!("第 {number} 行：{it}"))?;
            let chapter = chapters.last_mut().ok_or(format!("第 {number} 行：第一章之前不能有例子"))?;
            chapter.blocks.push(Block { kind, line: number + 1, text });
        } else if directive.is_some() && !line.is_empty() {
            return Err(format!("第 {number} 行：前面的说明后面没有例子"));
        }
    }
    Ok(chapters)
}

/// Reads the lines of an example to the mark that ends it; nothing where there is none.
fn example<'a>(lines: &mut impl Iterator<Item = (usize, &'a str)>) -> Option<String> {
    let mut text = String::new();
    for (_, line) in lines {
        if line == "```" {
            return Some(text);
        }
        text.extend([line, "\n"]);
    }
    None
}

/// Reads what stands between `<!-- ` and ` -->`.
fn read_directive(said: &str) -> Result<Kind, String> {
    let (name, rest) = said.split_once(' ').unwrap_or((said, ""));
    match name {
        "按键" => Ok(Kind::Picture(picture(rest))),
        "文件" if is_name(rest) => Ok(Kind::File(rest.to_owned())),
        "填表" => {
            let names = rest.split_once(" 存为 ").filter(|it| is_name(it.0) && is_name(it.1));
            let (from, to) = names.ok_or(format!("请写“填表 甲.xlsx 存为 乙.xlsx”这样的，不是“{said}”"))?;
            Ok(Kind::Form { from: from.to_owned(), to: to.to_owned() })
        }
        "只留" => {
            let number = rest.strip_suffix(" 行").and_then(|it| it.parse().ok());
            number
                .map(|it| Kind::Console { at_most: Some(it) })
                .ok_or(format!("请写“只留 6 行”这样的，不是“{said}”"))
        }
        _ => Err(format!("不认识的说明“{said}”：可用的是 按键、文件、填表、只留")),
    }
}

/// Says whether a file with this name lies in the reader's own folder.
fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.starts_with(['/', '\\']) && !name.contains("..")
}

/// Reads size, sample year and person, in any order, then the keys.
fn picture(mut rest: &str) -> Picture {
    let mut picture = Picture::default();
    loop {
        let (word, behind) = rest.split_once(' ').unwrap_or((rest, ""));
        let is_size =
            word.split_once('x').is_some_and(|(a, b)| a.parse::<u16>().is_ok() && b.parse::<u16>().is_ok());
        if is_size {
            picture.size = Some(word.to_owned());
        } else if let Some(part) = part(word) {
            picture.part = Some(part);
        } else if word == "demo" {
            picture.is_demo = true;
        } else if let Some(by) = word.strip_prefix('@') {
            picture.by = Some(by.to_owned());
        } else {
            picture.keys = rest.to_owned();
            return picture;
        }
        rest = behind;
    }
}

/// Reads `末7行` or `第4-12行`.
fn part(word: &str) -> Option<Part> {
    let numbers = word.strip_suffix('行')?;
    if let Some(number) = numbers.strip_prefix('末') {
        return number.parse().ok().map(Part::Last);
    }
    let (from, to) = numbers.strip_prefix('第')?.split_once('-')?;
    Some(Part::Lines(from.parse().ok().filter(|it| *it > 0)?, to.parse().ok()?))
}

/// Says what a block is by its language and by what stood before it.
fn kind(language: &str, directive: Option<Kind>) -> Result<Kind, String> {
    match (language, directive) {
        ("text", Some(kind @ (Kind::Picture(_) | Kind::File(_) | Kind::Form { .. })))
        | ("console", Some(kind @ Kind::Console { .. }))
        | ("csv" | "ron", Some(kind @ Kind::File(_))) => Ok(kind),
        ("console", None) => Ok(Kind::Console { at_most: None }),
        (language, None) => Err(format!("“{language}”的例子前面没有说明：画面写 按键，文件写 文件")),
        (language, Some(_)) => Err(format!("前面的说明不是“{language}”的例子的")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_chapters_of_blocks() {
        let page = "# 手册\n\n## 开始\n\n<!-- 按键 60x16 末5行 @李四 <enter>1  -->\n\n```text\n画面\n```\n\n话\n\n\
                    ```console\n$ kaohe check\n```\n\n## 二\n\n<!-- 文件 a.csv -->\n```csv\n单位\n```\n\n<!-- 只留 3 行 -->\n```console\n```\n";
        let chapters = chapters(page).unwrap();
        let titles: Vec<&str> = chapters.iter().map(|it| it.title.as_str()).collect();
        assert_eq!(titles, ["开始", "二"]);
        let picture = Picture {
            size: Some("60x16".to_owned()),
            is_demo: false,
            by: Some("李四".to_owned()),
            part: Some(Part::Last(5)),
            keys: "<enter>1 ".to_owned(),
        };
        let first = Block { kind: Kind::Picture(picture), line: 8, text: "画面\n".to_owned() };
        assert_eq!(chapters[0].blocks[0], first);
        assert_eq!(chapters[0].blocks[1].kind, Kind::Console { at_most: None });
        assert_eq!(chapters[1].blocks[0].kind, Kind::File("a.csv".to_owned()));
        assert_eq!(chapters[1].blocks[1].kind, Kind::Console { at_most: Some(3) });
    }

    #[test]
    fn parts_of_screens_are_told_from_keys() {
        assert_eq!(picture("第4-12行 jj").part, Some(Part::Lines(4, 12)));
        let keys = picture("第4-行 末行 1");
        assert_eq!((keys.part, keys.keys.as_str()), (None, "第4-行 末行 1"));
    }

    #[track_caller]
    fn check_refused(page: &str, expected: &str) {
        let error = chapters(page).unwrap_err();
        assert!(error.contains(expected), "{error}");
    }

    #[test]
    fn what_nothing_would_confirm_is_refused_with_its_line() {
        check_refused("## 一\n\n<!-- 按钮 1 -->\n```text\n```\n", "第 3 行：不认识的说明“按钮 1”");
        check_refused("## 一\n```text\n画面\n```\n", "第 2 行：“text”的例子前面没有说明");
        check_refused("## 一\n```sh\nls\n```\n", "第 2 行：“sh”");
        check_refused("## 一\n<!-- 按键 1 -->\n话\n", "第 3 行：前面的说明后面没有例子");
        check_refused("## 一\n<!-- 文件 a.csv -->\n```console\n```\n", "不是“console”的例子的");
        check_refused("## 一\n<!-- 文件 ../a.csv -->\n", "第 2 行：不认识的说明");
        check_refused("## 一\n```console\n$ kaohe\n", "第 2 行：例子没有结束");
        check_refused("## 一\n<!-- 填表 a.xlsx -->\n", "存为 乙.xlsx");
        check_refused("## 一\n<!-- 只留 六 行 -->\n", "只留 6 行");
        check_refused("```console\n```\n", "第一章之前");
    }
}
