//! Files that go on and on: what each parser needs of time and memory must follow how long they are, and nothing else.
//!
//! `grown.txt` holds one a line: the reader, a name, and `head«piece¦between»tail`, where ↵ is an end of line and # the number of a piece.

use super::draw::Draw;
use super::mutate::carried;

/// A file for a reader, with the same piece as often as it takes.
pub struct Grown {
    pub reader: &'static str,
    pub name: &'static str,
    head: String,
    piece: String,
    between: String,
    tail: String,
}

impl Grown {
    /// The file of about so many bytes; what is packed has as many inside.
    pub fn bytes(&self, size: usize) -> Vec<u8> {
        let mut text = String::with_capacity(size + self.tail.len() + 200);
        text.push_str(&self.head);
        for number in 0.. {
            if text.len() >= size {
                break;
            }
            if number > 0 {
                text.push_str(&self.between);
            }
            match self.piece.contains('#') {
                true => text.push_str(&self.piece.replace('#', &number.to_string())),
                false => text.push_str(&self.piece),
            }
        }
        text.push_str(&self.tail);
        match self.reader {
            "fragment" | "png" => carried(self.reader, text.as_bytes(), &mut Draw::new(3)).unwrap(),
            _ => text.into_bytes(),
        }
    }
}

/// Everything that goes on.
pub fn all() -> Vec<Grown> {
    let read = |line: &'static str| {
        let mut parts = line.splitn(3, " · ");
        let [reader, name, form] = [0; 3].map(|_| parts.next().unwrap());
        let form = form.replace('↵', "\n");
        let (head, rest) = form.split_once('«').unwrap();
        let (piece, rest) = rest.split_once('¦').unwrap();
        let (between, tail) = rest.split_once('»').unwrap();
        let [head, piece, between, tail] = [head, piece, between, tail].map(str::to_owned);
        Grown { reader, name, head, piece, between, tail }
    };
    include_str!("grown.txt").lines().map(read).collect()
}
