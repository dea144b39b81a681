//! Every command once: text, shortcut, when it is enabled.
