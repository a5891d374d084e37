//! Finding a unit by its number, its name or the pinyin of its name.
//!
//! `jyj`, `jiaoyuju`, `jiaoyj` and `教yj` all find 区教育局. A syllable is typed whole, by its
//! first letter or by `zh`, `ch`, `sh`; the last one may be unfinished. A match begins at the
//! start of a syllable and skips none.

use kaohe_core::half_width_char;
use pinyin::ToPinyin;

/// Everyday readings of characters, beside the first one in the pinyin table.
///
/// The table knows every reading that a dictionary ever gave, and most of them misfire: 广 `an`,
/// 许 `hu`, 区 `ou`, 机 `wei`, 市 `fu`. Of some 3800 common characters a thousand have such
/// readings, so a list of those to keep is shorter than one of those to refuse. It covers names
/// of departments and towns; what it lacks, the unit's alias in the roster settles.
const FURTHER_READINGS: &str = "
    会kuai 乐yue 长chang 重chong 行hang 调tiao 都du 校jiao 系ji 畜xu 传zhuan 藏zang 给ji 降xiang
    便pian 弹tan 圈juan 模mu 识zhi 率shuai 差chai 种chong 稽qi 缉qi 食si 栖xi 佛fo 仔zi 粘nian
    单shan 解xie 参shen 朝zhao 盛cheng 厦xia 番pan 曾zeng 薄bo 堡bu 堡pu 埔bu 柏bo 泊bo 洞tong
    峒tong 垌tong 什shi 蔚yu 尉yu 查zha 翟zhai 卜bu 勒le 劲jing 六lu 绿lu 拓ta 铅yan 仇qiu 澄deng
    蛤ge 牟mu 茄qie 莎suo 涡guo 轧zha 柞zuo 浒xu 枞zong 莘xin 圩xu 漯ta 荥ying 筠jun 覃qin 犍qian
    栎yue 歙xi 莞wan 陂po 陂pi 贾gu 宿xiu 巷hang";

/// An item that [`Haystack`] finds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Item<'a> {
    /// What the item is called in files.
    pub id: &'a str,
    /// Its full name.
    pub name: &'a str,
    /// Its short name; may be empty.
    pub short_name: &'a str,
    /// Further names or spellings, separated by spaces; may be empty.
    pub alias: &'a str,
}

/// Items, prepared for searching.
#[derive(Clone, Debug, Default)]
pub struct Haystack {
    items: Vec<Prepared>,
}

#[derive(Clone, Debug)]
struct Prepared {
    id: String,
    /// Name, short name, alias and number.
    texts: Vec<Vec<Glyph>>,
}

/// A character, and how it may be typed.
#[derive(Clone, Debug)]
struct Glyph {
    ch: char,
    /// Whole syllables; none for what is not Chinese.
    readings: Vec<String>,
    /// Whether a match may begin here, which it may not within a Latin word or a number.
    is_start: bool,
}

/// How a query spells a text, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Spelling {
    Literal,
    Initials,
    Full,
    Mixed,
}

const SPELLINGS: [Spelling; 4] = [Spelling::Literal, Spelling::Initials, Spelling::Full, Spelling::Mixed];

/// How well an item answers a query, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    ExactId,
    ExactName,
    Spelled { spelling: Spelling, is_inside: bool },
}

impl Haystack {
    /// Prepares `items` for searching; their order settles ties.
    pub fn new<'a>(items: impl IntoIterator<Item = Item<'a>>) -> Haystack {
        Haystack { items: items.into_iter().map(prepare).collect() }
    }

    /// Returns the indices of the items that answer `query`, the best first.
    ///
    /// Each word of the query must be found, in any order. An empty query finds everything.
    #[must_use]
    pub fn matches(&self, query: &str) -> Vec<usize> {
        // A full-width space also separates words.
        let words: Vec<String> = query
            .split_whitespace()
            .map(|it| letters(it).collect())
            .filter(|it: &String| !it.is_empty())
            .collect();
        let mut found: Vec<(Rank, usize)> = Vec::new();
        for (idx, item) in self.items.iter().enumerate() {
            if let Some(rank) = rank(item, &words) {
                found.push((rank, idx));
            }
        }
        found.sort();
        found.into_iter().map(|(_, idx)| idx).collect()
    }
}

fn prepare(item: Item) -> Prepared {
    let texts = [item.name, item.short_name, item.alias, item.id];
    let texts = texts.into_iter().map(glyphs).filter(|it| !it.is_empty()).collect();
    Prepared { id: letters(item.id).collect(), texts }
}

/// Returns what counts of `text` when searching: letters, digits and Chinese characters.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().map(half_width_char).filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase)
}

fn glyphs(text: &str) -> Vec<Glyph> {
    let mut glyphs = Vec::new();
    let mut is_in_word = false;
    for ch in text.chars() {
        for letter in letters(ch.encode_utf8(&mut [0; 4])) {
            let is_start = !(is_in_word && letter.is_ascii_alphanumeric());
            glyphs.push(Glyph { ch: letter, readings: readings(letter), is_start });
        }
        is_in_word = half_width_char(ch).is_ascii_alphanumeric();
    }
    glyphs
}

fn readings(ch: char) -> Vec<String> {
    let first = ch.to_pinyin().map(|it| it.plain());
    let further = FURTHER_READINGS.split_whitespace().filter_map(|it| it.strip_prefix(ch));
    let mut readings = Vec::new();
    for reading in first.into_iter().chain(further) {
        // Keyboards have no ü: most people type v, some u.
        readings.push(reading.replace('ü', "v"));
        if reading.contains('ü') {
            readings.push(reading.replace('ü', "u"));
        }
    }
    readings
}

/// Returns the rank of an item by the word it answers worst, nothing if it does not answer one.
fn rank(item: &Prepared, words: &[String]) -> Option<Rank> {
    let mut worst = Rank::ExactId;
    for word in words {
        worst = worst.max(rank_word(item, word)?);
    }
    Some(worst)
}

fn rank_word(item: &Prepared, word: &str) -> Option<Rank> {
    if item.id == word {
        return Some(Rank::ExactId);
    }
    item.texts.iter().filter_map(|it| rank_text(it, word)).min()
}

fn rank_text(text: &[Glyph], word: &str) -> Option<Rank> {
    if word.chars().eq(text.iter().map(|it| it.ch)) {
        return Some(Rank::ExactName);
    }
    for spelling in SPELLINGS {
        let starts = (0..text.len()).filter(|it| text[*it].is_start);
        if let Some(start) = starts.into_iter().find(|it| is_spelled(&text[*it..], word, spelling)) {
            return Some(Rank::Spelled { spelling, is_inside: start > 0 });
        }
    }
    None
}

/// Tells whether `word` spells the beginning of `text`.
fn is_spelled(text: &[Glyph], word: &str, spelling: Spelling) -> bool {
    if word.is_empty() {
        return true;
    }
    let Some((glyph, rest)) = text.split_first() else {
        return false;
    };
    let is_literal = matches!(spelling, Spelling::Literal | Spelling::Mixed) || glyph.readings.is_empty();
    let is_short = matches!(spelling, Spelling::Initials | Spelling::Mixed);
    let is_full = matches!(spelling, Spelling::Full | Spelling::Mixed);
    let goes_on = |typed: &str| word.strip_prefix(typed).is_some_and(|it| is_spelled(rest, it, spelling));

    if is_literal && word.strip_prefix(glyph.ch).is_some_and(|it| is_spelled(rest, it, spelling)) {
        return true;
    }
    glyph.readings.iter().any(|reading| {
        (is_short && initials(reading).any(goes_on))
            || (is_full && (reading.starts_with(word) || goes_on(reading)))
    })
}

/// Returns the short ways to type a syllable: its first letter, and `zh`, `ch` or `sh`.
fn initials(reading: &str) -> impl Iterator<Item = &str> {
    let double = ["zh", "ch", "sh"].into_iter().filter(|it| reading.starts_with(it));
    reading.get(..1).into_iter().chain(double)
}

#[cfg(test)]
mod tests {
    use pinyin::ToPinyinMulti;
    use proptest::prelude::*;

    use super::*;

    fn named(name: &str) -> Item<'_> {
        Item { name, ..Item::default() }
    }

    /// Checks which of the queries, separated by commas, find a unit with this name.
    #[track_caller]
    fn check(name: &str, found: &str, not_found: &str) {
        let haystack = Haystack::new([named(name)]);
        for (queries, expected) in [(found, true), (not_found, false)] {
            for query in queries.split(',').filter(|it| !it.is_empty()) {
                assert_eq!(!haystack.matches(query).is_empty(), expected, "{query} in {name}");
            }
        }
    }

    #[test]
    fn names_are_found_by_pinyin() {
        check(
            "区教育局",
            "jyj,qjyj,jy,j,jiaoyuju,jiaoyj,教yj,jiaoy,jiao,教育,qu,quj,JYJ,ｊｙｊ",
            "ouj,yjj,iaoyu,jj,jyjx",
        );
        check(
            "区人力资源和社会保障局",
            "rlzy,rlzyhshbzj,shbz,shehuibaozhang,renliziyuan,保障 人力,bz rl",
            "rsj,eng",
        );
        check("区市场监督管理局", "scjd,shichang,scjdgl,shchjd,市场jd,jdgl", "fc,hic");
        check("河坝镇", "hbz,hebazhen,hbzh,hb,hebaz,bz", "eba,hz");
        check("北洲子镇", "bzz,beizhouzi,bzzz,bzhzzh", "eiz");
        check("千山红镇", "qshz,qianshanhong,qsh,qshongz", "gong");
        check("南湾湖办事处", "nwh,nanwanhu,bsc,nwhbsc", "anw");
        check("会计中心", "kj,kuaiji,kjzx,hjzx,kuaijzx", "gui");
        check("广电局", "gdj,guangdian,gd,gdianj", "an,yan,ad");
        check("许家洲", "xjz,xujiazhou", "hu,hj");
        check("音乐协会", "yy,yinyue,yyxh,yl,yinlexiehui", "");
        check("大通湖区", "dth,dathq,dthq,datonghu", "taith,dthou");
        check("长沙路", "cs,zs,changsha,zhangsha,chs", "ang");
        check("畜牧水产局", "xmsc,xumu,chumu,cmsc", "");
        check("重点项目中心", "zd,cd,chongdian,zhongdian", "tongd");
        check("区委统战部", "tzb,qw,qwtzb", "pou");
        check("绿化办", "lh,lvhua,luhua,lvh", "");
        check("西安路", "xian,xa,xi'an,xal", "");
    }

    #[test]
    fn words_come_in_any_order() {
        check("区农业农村局（区乡村振兴局）", "ny nc,乡村 区,xc nyncj,zx nync,农村局区乡村", "xx");
        check("区教育局", "局 教育,jyj 区, ,（）,jy　q", "局 镇");
    }

    #[test]
    fn latin_words_and_numbers_match_from_their_start() {
        check("12345热线中心", "12345,123,12345rx,rx", "345");
        check("GPS中心", "gps,gpszx,GPS中,zx", "ps");
        let haystack = Haystack::new([Item { alias: "dth gongan", name: "分局", ..Item::default() }]);
        assert_eq!(haystack.matches("gonga"), [0]);
        assert!(haystack.matches("ongan").is_empty());
        assert!(haystack.matches("an").is_empty());
    }

    #[track_caller]
    fn check_order(query: &str, expected: &[&str]) {
        let items = [
            Item { id: "u01", name: "金盆镇", short_name: "", alias: "" },
            Item { id: "u02", name: "区教育局", short_name: "教育局", alias: "" },
            Item { id: "u03", name: "区交通运输局", short_name: "交通局", alias: "jyj" },
            Item { id: "jyj", name: "明山头镇", short_name: "", alias: "" },
            Item { id: "u05", name: "教育考试中心", short_name: "", alias: "" },
            Item { id: "u06", name: "区机关事务中心", short_name: "", alias: "" },
        ];
        let found = Haystack::new(items).matches(query);
        let names: Vec<&str> = found.into_iter().map(|it| items[it].name).collect();
        assert_eq!(names, expected, "{query}");
    }

    #[test]
    fn better_answers_come_first() {
        check_order("jyj", &["明山头镇", "区交通运输局", "区教育局"]);
        check_order("教育局", &["区教育局"]);
        check_order("教育", &["区教育局", "教育考试中心"]);
        check_order("jy", &["区交通运输局", "明山头镇", "区教育局", "教育考试中心"]);
        check_order("zx", &["教育考试中心", "区机关事务中心"]);
        check_order("zhen", &["金盆镇", "明山头镇"]);
        check_order("u05", &["教育考试中心"]);
        check_order("u0", &["金盆镇", "区教育局", "区交通运输局", "教育考试中心", "区机关事务中心"]);
        check_order(
            "",
            &["金盆镇", "区教育局", "区交通运输局", "明山头镇", "教育考试中心", "区机关事务中心"],
        );
    }

    #[test]
    fn further_readings_are_in_the_table_and_not_its_first() {
        for entry in FURTHER_READINGS.split_whitespace() {
            let ch = entry.chars().next().unwrap();
            let reading = entry.strip_prefix(ch).unwrap();
            let known: Vec<&str> = ch.to_pinyin_multi().unwrap().into_iter().map(|it| it.plain()).collect();
            assert_ne!(known[0], reading, "{entry} is there anyway");
            assert!(known.contains(&reading), "{entry} is not one of {known:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn own_spelling_finds_a_name(name in "[区教育局会计长行市场镇aB1（]{1,8}", query in "\\PC{0,6}") {
            let haystack = Haystack::new([named(&name)]);
            prop_assert_eq!(haystack.matches(&name), [0]);
            let initials: String = name.chars().flat_map(|it| it.to_pinyin()).filter_map(|it| it.plain().chars().next()).collect();
            if !name.contains(['a', 'B', '1']) {
                prop_assert_eq!(haystack.matches(&initials), [0]);
            }
            let _no_panic = haystack.matches(&query);
        }
    }
}
