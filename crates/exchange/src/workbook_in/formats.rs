//! What a number format makes of a number: a day, a percentage, or just a number.

/// How a number shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shows {
    Number,
    Percent,
    Date,
}

/// Returns how a number shows under one of the formats that every spreadsheet has, by its number.
///
/// ECMA-376 part 1, 18.8.30; 27 to 36 and 50 to 58 are days in Chinese and Japanese.
pub(super) fn built_in(id: u32) -> Shows {
    match id {
        9 | 10 => Shows::Percent,
        14..=17 | 22 | 27..=36 | 50..=58 => Shows::Date,
        _ => Shows::Number,
    }
}

/// Returns how a number shows under a format: `yyyy"年"m"月"d"日"`, `0.0%`.
pub(super) fn of_code(code: &str) -> Shows {
    let mut letters = code.chars();
    let (mut has_day, mut has_month, mut has_time) = (false, false, false);
    while let Some(letter) = letters.next() {
        match letter.to_ascii_lowercase() {
            // What stands in quotation marks or brackets is shown, or a colour or language, and no part of a date.
            '"' => letters.by_ref().find(|it| *it == '"').map_or((), drop),
            '[' => letters.by_ref().find(|it| *it == ']').map_or((), drop),
            '\\' | '_' | '*' => letters.next().map_or((), drop),
            '%' => return Shows::Percent,
            'y' | 'd' => has_day = true,
            'm' => has_month = true,
            'h' | 's' => has_time = true,
            _ => {}
        }
    }
    // m is a month, and beside hours or seconds minutes.
    if has_day || has_month && !has_time { Shows::Date } else { Shows::Number }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_say_what_shows() {
        for (code, expected) in [
            ("General", Shows::Number),
            ("0.00_ ;[Red]\\-0.00\\ ", Shows::Number),
            ("#,##0.0\"分\"", Shows::Number),
            ("h:mm:ss", Shows::Number),
            ("0.0%", Shows::Percent),
            ("yyyy\"年\"m\"月\"d\"日\"", Shows::Date),
            ("[$-804]yyyy-mm-dd;@", Shows::Date),
            ("m\"月\"", Shows::Date),
            ("\"day\"0", Shows::Number),
            ("\"", Shows::Number),
            ("[", Shows::Number),
        ] {
            assert_eq!(of_code(code), expected, "{code}");
        }
    }
}
