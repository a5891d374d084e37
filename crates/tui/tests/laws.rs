//! Laws of the screens, over any keys at any size.

mod support;

use kaohe_tui::settings::Ascii;
use kaohe_tui::terminal::MouseKind;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use support::Tester;
use unicode_width::UnicodeWidthStr;

const KEYS: &[&str] = &[
    "j",
    "k",
    "h",
    "l",
    "1",
    "2",
    "3",
    "9",
    "0",
    "-",
    "<space>",
    "<enter>",
    "<tab>",
    "<esc>",
    "<backtab>",
    "r",
    "e",
    "s",
    "b",
    "a",
    "n",
    "o",
    "f",
    "<c-o>",
    "<c-f>",
    "4",
    "v",
    "V",
    "<ins>",
    "<c-t>",
    "u",
    "<c-r>",
    "/",
    "?",
    "x",
    "p",
    "d",
    "i",
    "c",
    "t",
    "=",
    "g",
    "G",
    "<pgup>",
    "<pgdn>",
    "<home>",
    "<end>",
    "<left>",
    "<right>",
    "<up>",
    "<down>",
    "<f1>",
    "<f2>",
    ",",
    ":",
    "<f3>",
    "<f4>",
    "<f5>",
    "<bs>",
    "<del>",
    "扣",
    "0.5",
    "理由",
    "<c-u>",
    "<c-w>",
    "<c-l>",
    "jyj",
    "w",
    "t",
    "y",
    "m",
    "J",
    "K",
    "<f12>",
];

/// Says where a character wider than its cell is cut, by the edge or by what stands over its second half.
fn cut_characters(buffer: &Buffer) -> Vec<(u16, u16)> {
    let area = *buffer.area();
    let mut cut = Vec::new();
    for y in 0..area.height {
        let mut x = 0;
        while x < area.width {
            let width = u16::try_from(buffer[(x, y)].symbol().width()).unwrap_or(1).max(1);
            let is_hidden = |it: u16| it < area.width && buffer[(it, y)].symbol() == " ";
            if x + width > area.width || !(x + 1..x + width).all(is_hidden) {
                cut.push((x, y));
            }
            x += width;
        }
    }
    cut
}

/// What a person does: a key, or something with the mouse.
#[derive(Clone, Debug)]
enum Doing {
    Key(&'static str),
    Mouse(MouseKind, u16, u16),
}

fn doing() -> impl Strategy<Value = Doing> {
    let kinds =
        [MouseKind::Press, MouseKind::Drag, MouseKind::Release, MouseKind::WheelUp, MouseKind::WheelDown];
    let mouse = (prop::sample::select(kinds.to_vec()), 0..260u16, 0..90u16);
    prop_oneof![
        8 => prop::sample::select(KEYS).prop_map(Doing::Key),
        1 => mouse.prop_map(|(kind, x, y)| Doing::Mouse(kind, x, y)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_keys_at_any_size_draw_whole_characters_and_escape_leads_home(
        doings in prop::collection::vec(doing(), 0..=200),
        width in 20..=250u16,
        height in 5..=80u16,
        year in 0..4u8,
        ascii in prop::sample::select(vec![Ascii::Off, Ascii::On]),
    ) {
        let start = match year {
            0 => Tester::year_2023(),
            1 => Tester::demo_after_2022(),
            2 => Tester::college(),
            _ => Tester::demo(),
        };
        let mut tester = start.sized(width, height);
        tester.settings().ascii = ascii;
        for doing in doings {
            tester = match doing {
                Doing::Key(key) => tester.keys(key),
                Doing::Mouse(kind, x, y) => tester.mouse(kind, x, y),
            };
            prop_assert_eq!(cut_characters(&tester.drawn().0), vec![]);
        }
        let tester = tester.keys(&"<esc>".repeat(10)).sized(80, 24);
        prop_assert!(tester.screen().contains("1-9 扣分"), "{}", tester.screen());
    }
}
