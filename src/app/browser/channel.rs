//! What tabs of one page say to each other.

use web_sys::{BroadcastChannel, MessageEvent};

use super::Listener;

/// A channel that every tab hears that opened it by the same name, except the one that speaks. It closes when this is dropped.
pub struct Channel {
    inner: Option<BroadcastChannel>,
    _listener: Option<Listener>,
}

impl Channel {
    /// Opens it; `heard` gets what other tabs say. Where the browser has no channels nothing is heard.
    pub fn open(name: &str, heard: impl Fn(String) + 'static) -> Self {
        let inner = BroadcastChannel::new(name).ok();
        let listen = |channel: &BroadcastChannel| {
            Listener::of::<MessageEvent>(channel, "message", move |event| {
                if let Some(text) = event.data().as_string() {
                    heard(text);
                }
            })
        };
        Self { _listener: inner.as_ref().map(listen), inner }
    }

    /// Says something to the other tabs.
    pub fn say(&self, text: &str) {
        if let Some(channel) = &self.inner {
            // Text is never refused.
            channel.post_message(&text.into()).ok();
        }
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        if let Some(channel) = &self.inner {
            channel.close();
        }
    }
}
