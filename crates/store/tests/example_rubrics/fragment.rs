//! The examples of docs/rubric-format.md, and whole rubrics made of them. tests/rubric_page.rs uses it too.

const PAGE: &str = include_str!("../../../../docs/rubric-format.md");

/// A block of the page between two lines of three backquotes.
pub struct Block {
    /// The line on which it begins.
    pub line: usize,
    /// What stands after the backquotes: `ron`, `ron wrong`, `text`.
    pub kind: &'static str,
    /// What stands in it.
    pub text: String,
}

/// Returns every block of the page.
pub fn fenced() -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (line, text) in (1..).zip(PAGE.lines()) {
        match (&mut open, text.strip_prefix("```")) {
            (None, Some(kind)) => open = Some(Block { line, kind, text: String::new() }),
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(block), None) => {
                block.text.push_str(text);
                block.text.push('\n');
            }
            (None, None) => {}
        }
    }
    blocks
}

/// Puts a part of a rubric where it belongs, so that a whole one results. Rules go into an indicator `x`; of lines with
/// `measure` each becomes a rule there. Where the part says nothing of indicators there are two of 50 points, `a` and
/// `b`, with a rule `notice` of 1 point.
pub fn wrapped(part: &str) -> String {
    if part.starts_with("Rubric(") {
        return part.to_owned();
    }
    let indicator = |id: &str, number: &str, name: &str| {
        let rule = "Rule(id: \"notice\", label: \"通报\", text: \"每次扣1分\", measure: Count(each: 1))";
        format!(
            "Indicator(id: \"{id}\", number: \"{number}\", name: \"{name}\", points: 50, method: \"每次扣1分\", rules: [{rule}])"
        )
    };
    let section = |points: u32, indicators: &str| {
        format!("Section(number: \"0\", name: \"主题\", points: {points}, indicators: [{indicators}]),")
    };
    let with_rules = |method: &str, rules: &str| {
        let indicator = format!(
            "Indicator(id: \"x\", number: \"91\", name: \"指标\", points: 100, method: \"{method}\", rules: [{rules}])"
        );
        section(100, &indicator)
    };
    let plain = [indicator("a", "91", "甲"), indicator("b", "92", "乙")].join(", ");
    let (sections, fields) = if part.starts_with("Section(") && part.contains("outside: true") {
        (format!("{}{part}", section(100, &plain)), "")
    } else if part.starts_with("Section(") {
        (part.to_owned(), "")
    } else if part.starts_with("Indicator(") {
        (section(100, part), "")
    } else if part.starts_with("Rule(") {
        let texts: Vec<&str> =
            part.split("text: \"").skip(1).filter_map(|it| it.split_once('"').map(|it| it.0)).collect();
        (with_rules(&texts.join("；"), part), "")
    } else if part.starts_with("measure:") {
        let rule = |(n, measure): (usize, &str)| {
            format!("Rule(id: \"r{n}\", label: \"规则{n}\", text: \"每次扣1分\", {measure}),\n")
        };
        let rules: String = part.lines().enumerate().map(rule).collect();
        (with_rules("每次扣1分", &rules), "")
    } else {
        (section(100, &plain), part)
    };
    let grades = if part.contains("GradeAtMost") || part.contains("NoTopGrade") {
        "grades: [Grade(name: \"优秀\", from: 90), Grade(name: \"良好\", from: 80), Grade(name: \"合格\", from: 60), Grade(name: \"不合格\", from: 0)],"
    } else {
        ""
    };
    let period = if part.contains("Weeks(") {
        "period: Period(from: \"2024-01-01\", to: \"2024-12-31\"),"
    } else {
        ""
    };
    format!(
        "Rubric(id: \"part\", track: \"类\", title: \"题\", points: 100, {period} {fields} {grades} sections: [\n{sections}\n])"
    )
}
