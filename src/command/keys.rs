//! Shortcuts: how they are written, and which command a key means on any layout.

use super::Command;

/// What has the keyboard. Each sees the shortcuts of those after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Focus {
    /// The canvas or the outline: shortcuts of a bare letter work only here (WCAG 2.1.4).
    Canvas,
    /// A button, a panel, nothing.
    Page,
    /// A text field, which keeps its own undo, copy and paste.
    Typing,
}

/// A combination of keys. `ctrl` stands for Command on a Mac.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Keys {
    /// As `KeyboardEvent.key` says it, letters in lower case, digits by their place: `z`, `1`, `?`, `Delete`.
    pub key: &'static str,
    /// With Ctrl or Command.
    pub ctrl: bool,
    /// With Shift; not said of signs such as `?`, which need it on some layouts and not on others.
    pub shift: bool,
    /// With Alt or Option.
    pub alt: bool,
}

pub(super) const fn bare(key: &'static str) -> Keys {
    Keys { key, ctrl: false, shift: false, alt: false }
}

pub(super) const fn ctrl(key: &'static str) -> Keys {
    Keys { ctrl: true, ..bare(key) }
}

pub(super) const fn shift(key: &'static str) -> Keys {
    Keys { shift: true, ..bare(key) }
}

pub(super) const fn ctrl_shift(key: &'static str) -> Keys {
    Keys { shift: true, ..ctrl(key) }
}

pub(super) const fn alt(key: &'static str) -> Keys {
    Keys { alt: true, ..bare(key) }
}

pub(super) const fn alt_shift(key: &'static str) -> Keys {
    Keys { alt: true, ..shift(key) }
}

impl Keys {
    /// As people read it: `Ctrl+Shift+Z`, on a Mac `⇧⌘Z`.
    pub fn label(self, mac: bool) -> String {
        let named = match self.key {
            "ArrowLeft" => "←",
            "ArrowRight" => "→",
            "ArrowUp" => "↑",
            "ArrowDown" => "↓",
            "Escape" => "Esc",
            "PageUp" => "PgUp",
            "PageDown" => "PgDn",
            key => key,
        };
        let key = if named.len() == 1 { named.to_ascii_uppercase() } else { named.to_owned() };
        let marks = if mac { ["⌥", "⇧", "⌘"] } else { ["Alt+", "Shift+", "Ctrl+"] };
        let [alt, shift, ctrl] = [(self.alt, marks[0]), (self.shift, marks[1]), (self.ctrl, marks[2])]
            .map(|(held, mark)| if held { mark } else { "" });
        if mac { format!("{alt}{shift}{ctrl}{key}") } else { format!("{ctrl}{alt}{shift}{key}") }
    }
}

/// A key that went down, as the browser tells it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Press<'a> {
    /// `KeyboardEvent.key`: what the layout makes of it. A jamo under a Hangul keyboard.
    pub key: &'a str,
    /// `KeyboardEvent.code`: which key it is by its place on a US keyboard.
    pub code: &'a str,
    /// With Ctrl.
    pub ctrl: bool,
    /// With Command or the Windows key.
    pub meta: bool,
    /// With Shift.
    pub shift: bool,
    /// With Alt or Option.
    pub alt: bool,
    /// Whether an input method is composing a letter (`KeyboardEvent.isComposing`).
    pub composing: bool,
}

/// The command that a key means where the keyboard is; nothing while a letter is being composed.
pub fn find(press: &Press, focus: Focus) -> Option<Command> {
    if press.composing {
        return None;
    }
    let typed = typed(press.key);
    let placed = placed(press.code);
    // A digit is found by its place as well, because Shift+1 types `!`; a letter only where the layout types none, as under Hangul. A sign
    // carries its own Shift.
    let by_place = placed.filter(|key| typed.is_none() || key.is_ascii_digit());
    let candidates = [typed.map(|key| (key, !is_sign(key))), by_place.map(|key| (key, true))];
    candidates
        .into_iter()
        .flatten()
        .find_map(|(key, mind_shift)| {
            let fits = |keys: &Keys| {
                keys.key.chars().eq(std::iter::once(key))
                    && keys.ctrl == (press.ctrl || press.meta)
                    && keys.alt == press.alt
                    && (!mind_shift || keys.shift == press.shift)
            };
            lookup(focus, fits)
        })
        .or_else(|| {
            lookup(focus, |keys| {
                let held = (press.ctrl || press.meta, press.shift, press.alt);
                press.key.len() > 1 && keys.key == press.key && (keys.ctrl, keys.shift, keys.alt) == held
            })
        })
}

fn lookup(focus: Focus, fits: impl Fn(&Keys) -> bool) -> Option<Command> {
    let heard = |command: &Command| command.spec().scope >= focus && command.spec().keys.iter().any(&fits);
    Command::ALL.iter().copied().find(heard)
}

/// The one ASCII character a key types, in lower case.
fn typed(key: &str) -> Option<char> {
    let mut chars = key.chars();
    let only = chars.next().filter(|c| c.is_ascii())?;
    chars.next().is_none().then(|| only.to_ascii_lowercase())
}

/// What a US keyboard types with that key.
fn placed(code: &str) -> Option<char> {
    let named = match code {
        "Slash" => "/",
        "Equal" => "=",
        "Minus" => "-",
        _ => code.strip_prefix("Key").or_else(|| code.strip_prefix("Digit"))?,
    };
    typed(named)
}

const fn is_sign(key: char) -> bool {
    !key.is_ascii_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press<'a>(key: &'a str, code: &'a str) -> Press<'a> {
        Press { key, code, ..Press::default() }
    }

    fn with_ctrl<'a>(key: &'a str, code: &'a str) -> Press<'a> {
        Press { ctrl: true, ..press(key, code) }
    }

    fn with_shift<'a>(key: &'a str, code: &'a str) -> Press<'a> {
        Press { shift: true, ..press(key, code) }
    }

    #[test]
    fn bare_letters_work_on_the_canvas_alone() {
        for command in Command::ALL {
            let spec = command.spec();
            let is_bare = |keys: &Keys| keys.key.len() == 1 && !keys.ctrl && !keys.alt;
            assert!(spec.scope == Focus::Canvas || !spec.keys.iter().any(is_bare), "{}", spec.id);
        }
        assert_eq!(find(&press("v", "KeyV"), Focus::Page), None);
        assert_eq!(find(&press("v", "KeyV"), Focus::Typing), None);
    }

    #[test]
    fn every_shortcut_is_found() {
        for command in Command::ALL {
            for keys in command.spec().keys {
                let press =
                    Press { key: keys.key, ctrl: keys.ctrl, shift: keys.shift, alt: keys.alt, ..Press::default() };
                assert_eq!(find(&press, Focus::Canvas), Some(*command), "{}", keys.label(false));
                let on_a_mac = Press { ctrl: false, meta: keys.ctrl, ..press };
                assert_eq!(find(&on_a_mac, Focus::Canvas), Some(*command), "{}", keys.label(true));
            }
        }
    }

    #[test]
    fn a_hangul_keyboard_types_the_same_shortcuts() {
        for (press, want) in [
            (press("ㅍ", "KeyV"), Command::SelectTool),
            (press("ㅗ", "KeyH"), Command::PanTool),
            (press("Process", "KeyV"), Command::SelectTool),
            (with_ctrl("ㅋ", "KeyZ"), Command::Undo),
            (Press { shift: true, ..with_ctrl("ㅋ", "KeyZ") }, Command::Redo),
            (with_ctrl("ㅏ", "KeyK"), Command::CommandPalette),
            (with_shift("?", "Slash"), Command::Shortcuts),
        ] {
            assert_eq!(find(&press, Focus::Canvas), Some(want), "{press:?}");
        }
        assert_eq!(find(&Press { composing: true, ..press("ㅍ", "KeyV") }, Focus::Canvas), None);
    }

    #[test]
    fn layouts_and_modifiers_are_told_apart() {
        for (press, want) in [
            (with_shift("!", "Digit1"), Some(Command::ZoomFit)),
            (with_shift("@", "Digit2"), Some(Command::ZoomSelection)),
            (with_shift("+", "Equal"), None),
            (Press { ctrl: true, ..with_shift("+", "Equal") }, Some(Command::ZoomIn)),
            // Dvorak: the key in V's place types K.
            (press("k", "KeyV"), None),
            // A German keyboard types / with Shift+7.
            (Press { ctrl: true, ..with_shift("/", "Digit7") }, Some(Command::CommandPalette)),
            (press("V", "KeyV"), Some(Command::SelectTool)),
            (with_shift("V", "KeyV"), None),
            (press("F2", "F2"), Some(Command::Rename)),
            (Press { alt: true, ..with_shift("∂", "KeyD") }, Some(Command::ToggleTheme)),
            (press("", ""), None),
        ] {
            assert_eq!(find(&press, Focus::Canvas), want, "{press:?}");
        }
    }

    #[test]
    fn a_text_field_keeps_its_own_undo() {
        assert_eq!(find(&with_ctrl("z", "KeyZ"), Focus::Typing), None);
        assert_eq!(find(&with_ctrl("z", "KeyZ"), Focus::Page), Some(Command::Undo));
        assert_eq!(find(&with_ctrl("s", "KeyS"), Focus::Typing), Some(Command::Save));
    }

    #[test]
    fn shortcuts_are_written_as_on_the_machine() {
        assert_eq!(ctrl_shift("z").label(false), "Ctrl+Shift+Z");
        assert_eq!(ctrl_shift("z").label(true), "⇧⌘Z");
        assert_eq!(shift("ArrowLeft").label(false), "Shift+←");
    }
}
