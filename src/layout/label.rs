//! How wide a name is, and how much of it fits. Estimated from the letters, so that nothing has to be drawn to know it.

/// What stands for letters that have no room.
const ELLIPSIS: char = '…';
/// Of the letters that fit on one line beside the ellipsis, the share that is kept from the beginning.
const HEAD: f64 = 0.6;

/// The text on one line, its middle cut out with an ellipsis to fit a width at a font size: names differ at their ends.
pub fn fitted(text: &str, room: f64, size: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let letters = letters(text);
    let budget = room / size - advance(ELLIPSIS);
    let mut used = 0.0;
    let mut grow = |letter: &Letter<'_>, limit: f64| {
        let fits = used + letter.advance <= limit;
        used += if fits { letter.advance } else { 0.0 };
        fits
    };
    let head = letters.iter().take_while(|letter| grow(letter, budget * HEAD)).count();
    let rest = letters.get(head..).unwrap_or_default();
    let tail = rest.iter().rev().take_while(|letter| grow(letter, budget)).count();
    let between = rest.get(..rest.len() - tail).unwrap_or_default();
    let more = between.iter().take_while(|letter| grow(letter, budget)).count();
    let (first, last) = (letters.iter().take(head + more), rest.iter().skip(rest.len() - tail));
    first.map(|letter| letter.text).chain(["…"]).chain(last.map(|letter| letter.text)).collect()
}

/// The text on two lines at most: whole where it fits, broken where a word of it ends if it can be, else with an ellipsis in its middle.
/// The lines one after the other are the text, unless there is an ellipsis.
pub fn two_lines(text: &str, room: f64, size: f64) -> Vec<String> {
    if width(text, size) <= room {
        return vec![text.to_owned()];
    }
    let letters = letters(text);
    let (room, total) = (room / size, letters.iter().map(|letter| letter.advance).sum::<f64>());
    let (mut head, mut at, mut cut) = (0.0, 0, 0);
    let mut broken: Option<(usize, bool)> = None;
    for (n, letter) in letters.iter().enumerate() {
        head += letter.advance;
        at += letter.text.len();
        if head > room {
            break;
        }
        cut = at;
        let follows = letters.get(n + 1);
        if total - head <= room && follows.is_some() {
            let ends_word = follows.is_some_and(|next| ends_word(letter.text, next.text));
            if ends_word || broken.is_none_or(|(_, at_word)| !at_word) {
                broken = Some((at, ends_word));
            }
        }
    }
    if let Some((first, second)) = broken.and_then(|(at, _)| text.split_at_checked(at)) {
        return vec![first.to_owned(), second.to_owned()];
    }
    let mut left = room - advance(ELLIPSIS);
    let tail = letters.iter().rev().take_while(|letter| {
        left -= letter.advance;
        left >= 0.0
    });
    let tail = tail.map(|letter| letter.text.len()).sum::<usize>().min(text.len() - cut);
    let (first, last) = (text.get(..cut).unwrap_or_default(), text.get(text.len() - tail..).unwrap_or_default());
    if first.is_empty() { vec![fitted(text, room * size, size)] } else { vec![first.to_owned(), format!("…{last}")] }
}

/// How wide a text is at a font size.
pub fn width(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size
}

/// What is read as one letter: never cut in two.
struct Letter<'a> {
    text: &'a str,
    /// Its width in ems.
    advance: f64,
}

fn letters(text: &str) -> Vec<Letter<'_>> {
    let mut out: Vec<Letter<'_>> = Vec::new();
    let (mut begin, mut wide, mut before) = (0, 0.0, None);
    let mut flags = 0;
    for (at, c) in text.char_indices() {
        let paired = is_flag(c) && flags % 2 == 1;
        flags = if is_flag(c) { flags + 1 } else { 0 };
        if before.is_some() && !(paired || before == Some('\u{200d}') || joins(c)) {
            out.push(Letter { text: text.get(begin..at).unwrap_or_default(), advance: wide });
            (begin, wide) = (at, 0.0);
        }
        // Joined pictures are drawn as one.
        wide = f64::max(wide, advance(c));
        before = Some(c);
    }
    if before.is_some() {
        out.push(Letter { text: text.get(begin..).unwrap_or_default(), advance: wide });
    }
    out
}

/// Half of a flag.
const fn is_flag(c: char) -> bool {
    matches!(c, '\u{1f1e6}'..='\u{1f1ff}')
}

/// Whether a character belongs to the one before it: accents, joiners, variants, skin tones, the later parts of a Hangul syllable.
const fn joins(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}'
        | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}'
        | '\u{1160}'..='\u{11ff}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{200c}' | '\u{200d}'
        | '\u{20d0}'..='\u{20ff}' | '\u{302a}'..='\u{302f}' | '\u{3099}' | '\u{309a}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{fe20}'..='\u{fe2f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Whether a line may end between two letters without tearing a word: after a hyphen, dot or blank, before a capital, between syllables.
fn ends_word(before: &str, after: &str) -> bool {
    let (Some(last), Some(next)) = (before.chars().next_back(), after.chars().next()) else { return false };
    matches!(last, '-' | '_' | '.' | '/' | ':' | ',' | ' ')
        || (last.is_lowercase() && (next.is_uppercase() || next.is_ascii_digit()))
        || is_wide(last)
}

/// Letters that are as wide as they are high.
const fn is_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}')
}

/// How wide a letter is, in ems. An estimate on the wide side: asking the browser would force a layout for every name.
const fn advance(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 0.28,
        'f' | 't' | 'r' | ' ' | '(' | ')' | '[' | ']' | '/' | '-' => 0.36,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | ELLIPSIS => 0.9,
        'A'..='Z' => 0.69,
        '\0'..='\u{7f}' => 0.57,
        _ if joins(c) => 0.0,
        _ if is_wide(c) => 0.96,
        '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}' => 1.35,
        _ => 0.65,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: f64 = 12.0;

    #[test]
    fn what_fits_stays_as_it_is() {
        for text in ["", "web", "웹 서버", "🏳️‍🌈"] {
            assert_eq!(fitted(text, 200.0, SIZE), text);
            assert_eq!(two_lines(text, 200.0, SIZE), [text]);
        }
    }

    #[test]
    fn the_ends_of_a_name_are_kept_and_its_middle_goes() {
        let cut = fitted("private-servers-behind-alb-a", 90.0, SIZE);
        assert!(cut.starts_with("priv") && cut.ends_with("-a") && cut.contains('…'), "{cut}");
        let lines = two_lines("PublicAlbListenerSslCertificateOfProduction", 90.0, SIZE);
        assert!(
            lines[0].starts_with("Public") && lines[1].starts_with('…') && lines[1].ends_with("uction"),
            "{lines:?}"
        );
    }

    #[test]
    fn two_lines_break_where_a_word_ends() {
        assert_eq!(two_lines("private-servers-web", 90.0, SIZE), ["private-", "servers-web"]);
        assert_eq!(two_lines("PublicAlbListener", 90.0, SIZE), ["PublicAlb", "Listener"]);
        assert_eq!(two_lines("로드밸런서대상그룹", 90.0, SIZE).concat(), "로드밸런서대상그룹");
        assert_eq!(two_lines("aaaaaaaaaaaaaaaaaaaa", 90.0, SIZE).concat(), "a".repeat(20));
    }

    #[test]
    fn nothing_is_wider_than_its_room_nor_cut_within_a_letter() {
        let names = [
            "a".repeat(256),
            "👩‍👩‍👧‍👦".repeat(64),
            "🇰🇷🇯🇵".repeat(64),
            "e\u{301}".repeat(128),
            "مرحبا بالعالم".repeat(20),
            "각".repeat(200),
            "WMWM-".repeat(50),
        ];
        for name in &names {
            for room in [20.0, 44.0, 90.0, 104.0, 300.0] {
                for size in [10.0, 12.0, 24.0] {
                    for line in two_lines(name, room, size).iter().chain([&fitted(name, room, size)]) {
                        let wide: f64 = letters(line).iter().map(|letter| letter.advance).sum::<f64>() * size;
                        assert!(wide <= room + 0.001 || line == "…", "{line} is {wide} wide in {room}");
                        assert!(
                            !line.contains("\u{200d}…") && !line.starts_with('\u{301}') && !line.contains("…\u{301}")
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn a_room_for_nothing_still_says_that_there_is_a_name() {
        assert_eq!(fitted("web", 1.0, SIZE), "…");
        assert_eq!(two_lines("web", 1.0, SIZE), ["…"]);
    }
}
