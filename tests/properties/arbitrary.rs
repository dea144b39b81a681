//! Any edit of any design: mostly such as people make, some that must be refused.

use std::collections::BTreeMap;

use groundplan::catalog::{Category, Kind, Meta, Value, Widget, may_hold};
use groundplan::design::{Assertion, Design, Edit, Expect, Loss, Node, Rect, Session, Subject, Wanted};
use groundplan::id::NodeId;
use groundplan::net::Protocol;
use groundplan::samples;

pub use super::draw::Draw;

impl Draw {
    fn text(&mut self) -> String {
        const TEXTS: [&str; 28] = [
            "",
            " ",
            "web",
            "웹 서버",
            "db-1",
            "10.0.0.0/16",
            "10.0.1.0/24",
            "10.0.1.128/25",
            "10.0.0.0/33",
            "0.0.0.0/0",
            "::/0",
            "fd00::/8",
            "255.255.255.255/32",
            "80",
            "443-8080",
            "65535-1",
            "all",
            "tcp",
            "-1",
            "example.com",
            "*.example.com",
            "ap-northeast-2",
            "t3.micro",
            "\"\\\n\u{0}",
            "👩‍🔧",
            "-",
            "traffic-port",
            "/a?b=#{host}",
        ];
        self.pick(&TEXTS).unwrap().to_owned()
    }

    fn number(&mut self) -> i64 {
        self.pick(&[0, 1, -1, 22, 80, 100, 443, 32_766, 65_535, 65_536, i64::MAX, i64::MIN]).unwrap()
    }

    fn anyone(&mut self, design: &Design) -> NodeId {
        let ids: Vec<NodeId> = design.nodes().map(|(id, _)| id).collect();
        let stranger = NodeId(u32::try_from(self.below(200)).unwrap());
        if self.one_in(20) { stranger } else { self.pick(&ids).unwrap_or(stranger) }
    }

    fn someone(&mut self, design: &Design, kinds: &[Kind]) -> Value {
        let fit: Vec<NodeId> =
            design.nodes().filter(|(_, node)| kinds.contains(&node.kind())).map(|(id, _)| id).collect();
        if self.one_in(16) {
            return Value::Ref(self.anyone(design));
        }
        self.pick(&fit).map_or(Value::None, Value::Ref)
    }

    /// A value for a field: mostly of its type.
    pub fn value(&mut self, design: &Design, meta: &Meta) -> Value {
        if self.one_in(16) {
            return match self.below(5) {
                0 => Value::None,
                1 => Value::Int(self.number()),
                2 => Value::List(vec![Value::Text(self.text()), Value::None]),
                3 => Value::Record(BTreeMap::from([(self.text(), Value::Bool(true))])),
                _ => Value::Text(self.text()),
            };
        }
        match meta.widget {
            Widget::Toggle => Value::Bool(self.one_in(2)),
            Widget::Number { min, max, .. } => {
                let number = self.number();
                Value::Int(self.pick(&[min, max, number.clamp(min, max), number]).unwrap())
            }
            Widget::Choice(choices) => self.pick(choices).map_or(Value::None, |choice| choice.value.into()),
            Widget::Suggest(proposals) | Widget::Cron { usual: proposals, .. } => {
                let proposals = proposals();
                let at = self.below(proposals.len());
                proposals.get(at).map_or_else(|| Value::Text(self.text()), |it| Value::Text(it.value.clone()))
            }
            Widget::Reference(kinds) => self.someone(design, kinds),
            Widget::References(kinds) => Value::List(
                (0..self.below(4)).map(|_| self.someone(design, kinds)).filter(|v| *v != Value::None).collect(),
            ),
            Widget::List => Value::List((0..self.below(4)).map(|_| Value::Text(self.text())).collect()),
            Widget::Table(columns) => {
                let columns = columns();
                Value::List((0..self.below(4)).map(|_| self.row(design, &columns)).collect())
            }
            Widget::Line | Widget::Lines | Widget::Cidr | Widget::Moment { .. } | Widget::Window { .. } => {
                Value::Text(self.text())
            }
            Widget::Json => Value::Text(r#"{"Version":"2012-10-17","Statement":[]}"#.to_owned()),
        }
    }

    fn row(&mut self, design: &Design, columns: &[Meta]) -> Value {
        let mut cells = BTreeMap::new();
        for column in columns {
            if !self.one_in(3) {
                cells.insert(column.id.to_owned(), self.value(design, column));
            }
        }
        Value::Record(cells)
    }

    /// A place on the canvas, to the thousandth.
    fn rect(&mut self) -> Rect {
        let mut thousandths = || i32::try_from(self.below(2_000_000)).unwrap();
        let (x, y) = (thousandths() - 500_000, thousandths() - 500_000);
        let [x, y, w, h] = [x, y, thousandths() + 1, thousandths() + 1].map(|n| f64::from(n) / 1000.0);
        let rect = Rect::new(x, y, w, h);
        match self.below(40) {
            0 => Rect { w: 0.0, ..rect },
            1 => Rect { x: f64::NAN, ..rect },
            2 => Rect { h: f64::INFINITY, ..rect },
            _ => rect,
        }
    }

    fn holder(&mut self, design: &Design, kind: Kind) -> Option<NodeId> {
        let mut fit: Vec<Option<NodeId>> = design
            .nodes()
            .filter(|(_, node)| may_hold(Some(node.kind()), kind).is_ok())
            .map(|(id, _)| Some(id))
            .collect();
        if may_hold(None, kind).is_ok() {
            fit.push(None);
        }
        if self.one_in(16) { Some(self.anyone(design)) } else { self.pick(&fit).flatten() }
    }

    /// The next edit of a design.
    pub fn edit(&mut self, design: &Design) -> Edit {
        match self.below(17) {
            0..5 => {
                let kind = self.pick(Kind::ALL).unwrap();
                let id = if self.one_in(16) { self.anyone(design) } else { design.next_id() };
                let parent = self.holder(design, kind);
                Edit::add(
                    id,
                    Node { name: self.text(), parent, rect: self.rect(), body: kind.new_body(), origin: String::new() },
                )
            }
            5..12 => {
                let id = self.anyone(design);
                let fields = design.node(id).map(|node| node.kind().fields()).unwrap_or_default();
                match self.pick(&fields) {
                    Some(meta) => Edit::Set { id, field: meta.id.to_owned(), value: self.value(design, meta) },
                    None => Edit::Set { id, field: self.text(), value: Value::None },
                }
            }
            12 => Edit::Remove(self.anyone(design)),
            13 => Edit::Rename { id: self.anyone(design), name: self.text() },
            14 => {
                let id = self.anyone(design);
                let parent = design.node(id).and_then(|node| self.holder(design, node.kind()));
                Edit::Place { id, parent, rect: self.rect() }
            }
            15 => Edit::Assertions((0..self.below(4)).map(|_| self.assertion(design)).collect()),
            _ => Edit::Title(self.text()),
        }
    }

    fn subject(&mut self, design: &Design) -> Subject {
        match self.below(5) {
            0 => Subject::Internet,
            1 => Subject::word(&self.text()),
            2 => Subject::Kind(self.pick(Kind::ALL).unwrap()),
            3 => Subject::Category(self.pick(&Category::ALL).unwrap()),
            _ => Subject::Node(self.anyone(design)),
        }
    }

    fn assertion(&mut self, design: &Design) -> Assertion {
        let expect = self.pick(&[Expect::Reaches, Expect::ReachesAny, Expect::Unreached]).unwrap();
        let wanted = match self.below(4) {
            0 => Wanted::Page(self.text()),
            1 => Wanted::Traffic { to: self.subject(design), protocol: Protocol::Icmp, port: None },
            _ => {
                let port = self.pick(&[None, Some(0), Some(22), Some(65_535)]).unwrap();
                Wanted::Traffic { to: self.subject(design), protocol: Protocol::Tcp, port }
            }
        };
        let lost = match self.below(5) {
            0 => Some(Loss::AnyZone),
            1 => Some(Loss::Zone(self.text())),
            2 => Some(Loss::Node(self.anyone(design))),
            _ => None,
        };
        Assertion { expect, from: self.subject(design), wanted, lost }
    }
}

/// Nothing, or a lab.
pub fn start(seed: u64) -> Design {
    match Draw::new(seed).below(3) {
        0 => Design::new(),
        1 => samples::two_az_vpc(),
        _ => samples::private_servers_behind_alb(),
    }
}

/// A session after as many attempts as there are seeds; the first seed chooses where it starts.
pub fn session(seeds: &[u64]) -> Session {
    let mut session = Session::new(start(seeds.first().copied().unwrap_or_default()));
    for seed in seeds {
        let edit = Draw::new(*seed).edit(session.design());
        session.edit(&[edit]).ok();
    }
    session
}

/// A text with a few of its bytes lost, doubled or changed.
pub fn damaged(text: &str, seeds: &[u64]) -> Vec<u8> {
    const BYTES: &[u8] = b"\"{}[]:,0987n-. \\e\xffx";
    let mut bytes = text.as_bytes().to_vec();
    for seed in seeds {
        let mut draw = Draw::new(*seed);
        let (at, long) = (draw.below(bytes.len()), draw.below(12));
        let end = (at + long).min(bytes.len());
        match draw.below(4) {
            0 => drop(bytes.drain(at..end)),
            1 => {
                let twice = bytes.get(at..end).unwrap_or_default().to_vec();
                bytes.splice(at..at, twice);
            }
            2 => {
                let digit = bytes.iter().skip(at).position(u8::is_ascii_digit);
                if let Some(byte) = digit.and_then(|more| bytes.get_mut(at + more)) {
                    *byte = b'0' + u8::try_from(draw.below(10)).unwrap();
                }
            }
            _ => {
                if let (Some(byte), Some(new)) = (bytes.get_mut(at), draw.pick(BYTES)) {
                    *byte = new;
                }
            }
        }
    }
    bytes
}
