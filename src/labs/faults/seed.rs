//! A small generator of numbers from a text: the same text gives the same faults everywhere and for ever.

/// Numbers that follow from a text.
pub(super) struct Seed(u64);

impl Seed {
    /// From texts in order: FNV-1a over their bytes, with an end after each.
    pub(super) fn new(texts: &[&str]) -> Self {
        let mut state = 0xcbf2_9ce4_8422_2325_u64;
        for text in texts {
            for byte in text.bytes().chain([0xff]) {
                state = (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
            }
        }
        Self(state)
    }

    /// SplitMix64.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, which is at least 1.
    fn below(&mut self, end: usize) -> usize {
        let end = end.max(1) as u64;
        usize::try_from(self.next() % end).unwrap_or_default()
    }

    /// Puts a list into a drawn order.
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_gives_the_same_order_for_ever() {
        let drawn = |texts: &[&str]| {
            let mut list: Vec<u8> = (0..8).collect();
            Seed::new(texts).shuffle(&mut list);
            list
        };
        assert_eq!(drawn(&["lab", "2026-017"]), drawn(&["lab", "2026-017"]));
        assert_ne!(drawn(&["lab", "2026-017"]), drawn(&["lab", "2026-018"]));
        assert_ne!(drawn(&["ab", "c"]), drawn(&["a", "bc"]));
    }
}
