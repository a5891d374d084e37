//! The report as one page of HTML: no script, nothing from elsewhere; charts are pictures within the page, and everything
//! in them stands in a table as well.

mod chart;
mod tables;

use super::facts::{ClassFacts, Facts};
use super::prose;
use crate::markup::escape;

/// Returns the page. The same facts make the same bytes.
pub fn page(facts: &Facts) -> String {
    let mut page = Page::default();
    page.raw("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\" />\n");
    page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n");
    page.element("title", "", &facts.title);
    page.raw(&format!("<style>\n{}</style>\n</head>\n<body>\n<header>\n", include_str!("style.css")));
    page.element("h1", "", &facts.title);
    for remark in prose::remarks(facts) {
        page.element("p", "remark", &remark);
    }
    page.element("p", "", &prose::scope(facts));
    page.raw("</header>\n<main>\n");
    overview(&mut page, facts);
    rankings(&mut page, facts);
    problems(&mut page, facts);
    changes(&mut page, facts);
    page.raw("</main>\n<footer>\n");
    for (title, source) in &facts.basis {
        let source = if source.is_empty() { String::new() } else { format!("（{source}）") };
        page.element("p", "", &format!("依据：《{title}》{source}"));
    }
    if let Some(office) = &facts.office {
        page.element("p", "", office);
    }
    page.element("p", "", &prose::date(facts.made_on));
    page.raw("</footer>\n</body>\n</html>\n");
    page.html
}

/// A page that grows.
#[derive(Default)]
struct Page {
    html: String,
    /// How many pictures there are; each title has an id of its own.
    n_pictures: usize,
}

impl Page {
    fn raw(&mut self, html: &str) {
        self.html.push_str(html);
    }

    /// Adds an element of plain text.
    fn element(&mut self, name: &str, class: &str, text: &str) {
        self.html.push_str(&element(name, class, text));
    }

    /// Adds a picture with what it shows above it. `what` is for those who do not see it.
    fn figure(&mut self, caption: &str, what: &str, picture: &chart::Picture) {
        self.n_pictures += 1;
        let id = format!("p{}", self.n_pictures);
        self.raw("<figure>\n");
        self.element("figcaption", "", caption);
        self.raw(&format!(
            "<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"{id}\"><title id=\"{id}\">{}</title>{}</svg>\n</figure>\n",
            chart::WIDTH,
            picture.height,
            escape(what),
            picture.content
        ));
    }
}

/// Returns an element of plain text.
fn element(name: &str, class: &str, text: &str) -> String {
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    format!("<{name}{class}>{}</{name}>\n", escape(text))
}

fn overview(page: &mut Page, facts: &Facts) {
    page.element("h2", "", "总体情况");
    page.raw("<div class=\"pair\">\n");
    for class in &facts.classes {
        card(page, class);
    }
    page.raw("</div>\n");
    page.element("h2", "", "得分分布");
    page.raw("<div class=\"pair\">\n");
    for (class_idx, class) in facts.classes.iter().enumerate() {
        if class.bins.is_empty() {
            page.element("p", "faint", &format!("{}：还没有可以排名的得分。", class.track));
            continue;
        }
        let caption = format!("{}单位得分分布（横轴：分；柱上：单位数）", class.track);
        let what = class.bins.iter().rev().map(|it| format!("{}至{}分{}个", it.from, it.to, it.n_units));
        let what = format!("{}单位得分分布：{}", class.track, what.collect::<Vec<_>>().join("，"));
        page.figure(&caption, &what, &chart::distribution(class_idx, &class.bins));
    }
    page.raw("</div>\n");
    let Some(shared) = prose::shared(facts) else { return };
    page.element("h2", "", "共有指标的失分率");
    page.raw("<div class=\"pair\">\n");
    page.figure("各类别共有指标的失分率（%）", &shared, &chart::shared(facts));
    page.raw(&tables::shared(facts));
    page.raw("</div>\n");
}

fn card(page: &mut Page, class: &ClassFacts) {
    page.raw("<section class=\"card\">\n");
    page.element("h3", "", &class.track);
    page.raw("<dl>\n");
    let figures = &class.figures;
    let points = |it: Option<kaohe_core::Points>| it.map_or("—".to_owned(), |it| it.to_string());
    let with = |it: Option<kaohe_core::Points>, who: &[String]| match it {
        Some(it) => format!("{it}（{}）", prose::named(who)),
        None => "—".to_owned(),
    };
    for (name, value) in [
        ("满分", class.full_marks.to_string()),
        ("单位数", figures.n_units.to_string()),
        ("已复核完", class.n_settled.to_string()),
        ("参加排名", figures.n_ranked.to_string()),
        ("平均分", points(figures.mean)),
        ("中位数", points(figures.median)),
        ("最高分", with(figures.highest, &class.highest)),
        ("最低分", with(figures.lowest, &class.lowest)),
        ("相差", points(class.spread)),
    ] {
        page.element("dt", "", name);
        page.element("dd", "", &value);
    }
    page.raw("</dl>\n</section>\n");
}

fn rankings(page: &mut Page, facts: &Facts) {
    page.element("h2", "", "排名");
    for (class_idx, class) in facts.classes.iter().enumerate() {
        page.element("h3", "", &format!("{}单位", class.track));
        if !class.ranked.is_empty() {
            page.raw("<div class=\"pair ranks\">\n");
            page.raw(&tables::ranking(class));
            let (picture, from) = chart::ranking(class_idx, class);
            let faint =
                if class.ranked.iter().all(|it| it.is_settled) { "" } else { "；浅色的未复核完" };
            let to = class.full_marks;
            let caption = format!("{}单位得分（横轴从{from}分起，到满分{to}分{faint}）", class.track);
            page.figure(&caption, &prose::figures(class), &picture);
            page.raw("</div>\n");
        }
        for sentence in prose::unranked(class).iter().chain(&prose::grades(class)) {
            page.element("p", "", sentence);
        }
    }
}

fn problems(page: &mut Page, facts: &Facts) {
    page.element("h2", "", "失分情况");
    for (class_idx, class) in facts.classes.iter().enumerate() {
        page.element("h3", "", &format!("{}单位", class.track));
        let losses = prose::losses(class);
        page.element("p", "", &losses);
        if class.problems.problems.is_empty() {
            continue;
        }
        let caption = format!("{}单位失分最多的规则（分）", class.track);
        page.figure(&caption, &losses, &chart::problems(class_idx, class));
        page.raw(&tables::problems(class));
    }
}

fn changes(page: &mut Page, facts: &Facts) {
    let Some(before) = facts.before else { return };
    page.element("h2", "", "与上年相比");
    for class in &facts.classes {
        match &class.change {
            Some(change) => page.element("p", "", &prose::change(class, change, before)),
            None => page.element("p", "", &format!("{before}年没有{}这一类别，不作比较。", class.track)),
        }
    }
}
