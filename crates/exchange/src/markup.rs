//! Text inside of markup: XML of Word documents, and HTML.

/// Returns the text as it stands between tags and in quoted attributes. What no XML may hold is left out.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            it if it.is_control() => {}
            it => escaped.push(it),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_people_write_becomes_markup() {
        assert_eq!(
            escape("<b>\"A&B'\"</b>\u{1}\u{b}\n\u{ffff}𠮷"),
            "&lt;b&gt;&quot;A&amp;B&#39;&quot;&lt;/b&gt; 𠮷"
        );
    }
}
