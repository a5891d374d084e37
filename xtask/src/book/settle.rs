//! Settles what differs from day to day and from machine to machine in what the program prints, width for width.

use std::path::Path;

use jiff::civil::Date;

/// The day on which everything in the handbook happens: the office works on the year just over.
const DAY: [&str; 2] = ["2024-01-08", "20240108"];
/// The day without its year.
const SHORT_DAY: &str = "01-08";
/// The time at which it happens.
const TIME: [&str; 2] = ["09:30", "0930"];
/// The moment as it stands in names of files.
const MOMENT: &str = "20240108-0930";
/// The machine at which it happens.
const MACHINE: &str = "PC-1";
/// The writers of journals, in the order in which they appear in a chapter.
const WRITERS: [&str; 4] = ["a318e5", "5c07b2", "90d1f4", "e6620a"];
/// Digests, in the order in which they appear in a chapter.
const DIGESTS: [&str; 4] = [
    "0facff1d426a193e23d3a41511d6b39f",
    "7b1e09c2f4a85d6630bd1f27ce94a508",
    "c95a24e07d138bf6e1504c9a3d72f86b",
    "3e80d75bb9264f1ca7f8650d12c39be4",
];

/// What was met in a chapter so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Settler {
    writers: Vec<String>,
    digests: Vec<String>,
    /// The last moment that stood in the name of a file.
    moment: Option<String>,
}

impl Settler {
    /// Returns the text as it would be on the handbook's day, at its desk.
    pub(super) fn settle(&mut self, text: &str, desk: &Path, day: Date) -> String {
        let mut text = text.replace(&*desk.to_string_lossy(), "/home/张三");
        // Midnight may have passed since the day was asked for.
        for day in [Some(day), day.tomorrow().ok()].into_iter().flatten() {
            text = text.replace(&day.to_string(), DAY[0]);
            let compact = day.strftime("%Y%m%d").to_string();
            self.moment = moment(&text, &compact).or(self.moment.take());
            text = text.replace(&compact, DAY[1]);
            text = short_days(&text, &day.strftime("%m-%d").to_string());
        }
        text = times(&text, SHORT_DAY, &[' '], TIME[0]);
        text = times(&text, DAY[0], &[' ', 'T'], TIME[0]);
        text = times(&text, DAY[1], &['-'], TIME[1]);
        text = text.lines().map(|it| machine(&backup_size(it)) + "\n").collect();
        text = hex_runs(&text, "w-", 6, &WRITERS, &mut self.writers);
        hex_runs(&text, "", 32, &DIGESTS, &mut self.digests)
    }

    /// Returns a word of a command with what stands in the handbook as the program really named it.
    pub(super) fn unsettle(&self, word: &str) -> String {
        self.moment.as_ref().map_or(word.to_owned(), |it| word.replace(MOMENT, it))
    }
}

/// Puts the handbook's time behind each of its days.
fn times(text: &str, day: &str, separators: &[char], time: &str) -> String {
    let mut parts = text.split(day);
    let mut settled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        settled.push_str(day);
        let Some((found, rest)) =
            part.split_at_checked(1 + time.len()).filter(|it| is_time(it.0, separators, time))
        else {
            settled.push_str(part);
            continue;
        };
        settled.extend(found.chars().take(1));
        settled.push_str(time);
        settled.push_str(rest);
    }
    settled
}

/// Says whether this is a time, with something before it, written as the other one is.
fn is_time(text: &str, separators: &[char], like: &str) -> bool {
    let digits = text.chars().skip(1).zip(like.chars());
    let mut is_alike = digits.map(|(a, b)| if b == ':' { a == ':' } else { a.is_ascii_digit() });
    text.starts_with(separators) && is_alike.all(|it| it)
}

/// Returns the last moment of this day that stands in the name of a file, such as `20261201-0745`.
fn moment(text: &str, compact: &str) -> Option<String> {
    let (_, rest) = text.rsplit_once(compact)?;
    let time = rest.get(..1 + TIME[1].len()).filter(|it| is_time(it, &['-'], TIME[1]))?;
    Some(format!("{compact}{time}"))
}

/// Puts the handbook's day in the place of this one where it stands without its year, before a time or a deduction.
fn short_days(text: &str, short: &str) -> String {
    let mut parts = text.split(short);
    let mut settled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_day = !settled.ends_with('-')
            && (part.starts_with(" 扣") || is_time(part.get(..6).unwrap_or_default(), &[' '], TIME[0]));
        settled.push_str(if is_day { SHORT_DAY } else { short });
        settled.push_str(part);
    }
    settled
}

/// Puts one name in the place of the machine's, which stands behind a person's: `李四（PC-1）2 条`.
fn machine(line: &str) -> String {
    let parts = line.strip_suffix(" 条").and_then(|it| it.rsplit_once('）')).and_then(|(before, count)| {
        let is_count = !count.is_empty() && count.bytes().all(|it| it.is_ascii_digit());
        is_count.then_some((before.rsplit_once('（')?.0, count))
    });
    parts.map_or(line.to_owned(), |(name, count)| format!("{name}（{MACHINE}）{count} 条"))
}

/// Puts one size in the place of each backup's, which hangs on names and times.
fn backup_size(line: &str) -> String {
    let Some((before, rest)) = line.split_once(TIME[0]).filter(|_| line.contains(".zip")) else {
        return line.to_owned();
    };
    let size = rest.trim_start();
    let n_digits = size.bytes().take_while(u8::is_ascii_digit).count();
    let blank = rest.get(..rest.len() - size.len()).unwrap_or_default();
    let settled: String = "10346".chars().take(n_digits).collect();
    format!("{before}{}{blank}{settled}{}", TIME[0], size.get(n_digits..).unwrap_or_default())
}

/// Puts known hexadecimal digits in the place of those that hang on the machine or the time, the same for the same.
fn hex_runs(text: &str, mark: &str, length: usize, known: &[&str], met: &mut Vec<String>) -> String {
    let mut settled = String::new();
    let mut rest = text;
    while let Some(found) = next_run(rest, mark, length) {
        let run = rest.get(found..found + length).unwrap_or_default();
        let place = met.iter().position(|it| it == run).unwrap_or_else(|| {
            met.push(run.to_owned());
            met.len() - 1
        });
        settled.push_str(rest.get(..found).unwrap_or_default());
        settled.push_str(known.get(place % known.len()).unwrap_or(&run));
        rest = rest.get(found + length..).unwrap_or_default();
    }
    settled + rest
}

/// Returns where the next run of exactly so many hexadecimal digits begins behind the mark.
fn next_run(text: &str, mark: &str, length: usize) -> Option<usize> {
    let is_hex = |it: u8| it.is_ascii_digit() || (b'a'..=b'f').contains(&it);
    let bytes = text.as_bytes();
    let mut start = 0;
    while start < bytes.len() {
        let n_digits = bytes.iter().skip(start).take_while(|it| is_hex(**it)).count();
        let is_marked = text.get(..start).is_some_and(|it| it.ends_with(mark));
        if n_digits == length && is_marked {
            return Some(start);
        }
        start += n_digits.max(1);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let settled = Settler::default().settle(text, Path::new("/tmp/x1"), Date::constant(2026, 12, 1));
        assert_eq!(settled, format!("{expected}\n"));
    }

    #[test]
    fn days_and_times_become_those_of_the_handbook() {
        check("2026-12-01 23:59  张三", "2024-01-08 09:30  张三");
        check("2026-12-02 00:00", "2024-01-08 09:30");
        check(
            "2023-20261201-0745.zip  2023  2026-12-01 07:45  1987       4",
            "2023-20240108-0930.zip  2023  2024-01-08 09:30  1034       4",
        );
        check("补记 2023-12-01 10:00，今天 2026-12-01", "补记 2023-12-01 10:00，今天 2024-01-08");
        check("排名-20261201.csv", "排名-20240108.csv");
        check(
            "> 9 12-01 16:01 张三，12-01 扣，2023-12-01 扣，12-01",
            "> 9 01-08 09:30 张三，01-08 扣，2023-12-01 扣，12-01",
        );
    }

    #[test]
    fn places_writers_and_digests_become_those_of_the_handbook() {
        check("/tmp/x1/数据/2023", "/home/张三/数据/2023");
        check("2@w-0123ab 3@w-ffffff 4@w-0123ab", "2@w-a318e5 3@w-5c07b2 4@w-a318e5");
        check("摘要 00112233445566778899aabbccddeeff。", "摘要 0facff1d426a193e23d3a41511d6b39f。");
        check("  李四（some-host）2 条", "  李四（PC-1）2 条");
        check("w-12 不是，deadbeef 也不是", "w-12 不是，deadbeef 也不是");
    }

    #[test]
    fn names_in_commands_are_those_of_the_real_day() {
        let mut settler = Settler::default();
        settler.settle("2023-20261201-0745.zip", Path::new("/tmp/x1"), Date::constant(2026, 12, 1));
        assert_eq!(settler.unsettle("2023-20240108-0930.zip"), "2023-20261201-0745.zip");
        assert_eq!(settler.unsettle("2023.ron"), "2023.ron");
    }
}
