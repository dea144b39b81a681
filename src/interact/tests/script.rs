//! A hand that plays events into an editor and looks after each that everything still holds.

use crate::catalog::Kind;
use crate::design::{Design, Point, Rect, Session, broken_invariants};
use crate::id::NodeId;
use crate::interact::actions::place_at;
use crate::interact::{Button, Editor, Key, Modifiers, Pointer, PointerKind, PointerType, Response, Scene, Tool};

/// An editor on a document, and what it answered last.
pub struct Script {
    pub editor: Editor,
    pub session: Session,
    pub last: Response,
    pub modifiers: Modifiers,
    pub pointer_type: PointerType,
    pub finger: i32,
    /// The document as someone knows it who only reads the responses.
    told: Design,
}

impl Script {
    pub fn new(session: Session) -> Self {
        Self {
            editor: Editor::new(session.design()),
            told: session.design().clone(),
            session,
            last: Response::default(),
            modifiers: Modifiers::default(),
            pointer_type: PointerType::Mouse,
            finger: 1,
        }
    }

    pub fn design(&self) -> &Design {
        self.session.design()
    }

    pub fn event(&mut self, kind: PointerKind, x: f64, y: f64, button: Button, clicks: u8) -> &mut Self {
        let event = Pointer {
            button,
            clicks,
            modifiers: self.modifiers,
            pointer_type: self.pointer_type,
            pointer_id: self.finger,
            ..Pointer::new(kind, Point::new(x, y))
        };
        let response = self.editor.pointer(event, &mut self.session);
        self.check(response)
    }

    pub fn down(&mut self, x: f64, y: f64) -> &mut Self {
        self.event(PointerKind::Down, x, y, Button::Main, 1)
    }

    pub fn move_to(&mut self, x: f64, y: f64) -> &mut Self {
        self.event(PointerKind::Move, x, y, Button::Main, 1)
    }

    pub fn up(&mut self, x: f64, y: f64) -> &mut Self {
        self.event(PointerKind::Up, x, y, Button::Main, 1)
    }

    pub fn click(&mut self, x: f64, y: f64) -> &mut Self {
        self.down(x, y).up(x, y)
    }

    /// Down at one point, in a few steps to another, up there.
    pub fn drag(&mut self, from: (f64, f64), to: (f64, f64)) -> &mut Self {
        self.drag_open(from, to).up(to.0, to.1)
    }

    /// The same without letting go.
    pub fn drag_open(&mut self, from: (f64, f64), to: (f64, f64)) -> &mut Self {
        self.down(from.0, from.1);
        for n in 1..=4 {
            let share = f64::from(n) / 4.0;
            self.move_to(from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share);
        }
        self
    }

    pub fn key(&mut self, key: Key) -> &mut Self {
        self.key_held(key, false)
    }

    pub fn key_held(&mut self, key: Key, repeat: bool) -> &mut Self {
        let response = self.editor.key(key, self.modifiers, repeat, &mut self.session);
        self.check(response)
    }

    pub fn tool(&mut self, tool: Tool) -> &mut Self {
        let response = self.editor.set_tool(tool, &mut self.session);
        self.check(response)
    }

    pub fn hold(&mut self, modifiers: Modifiers) -> &mut Self {
        self.modifiers = modifiers;
        self
    }

    #[track_caller]
    pub fn check(&mut self, response: Response) -> &mut Self {
        assert_eq!(broken_invariants(self.design()), Vec::<String>::new());
        follows(&self.editor.scene, self.session.design());
        for id in self.editor.selection.ids() {
            assert!(self.design().node(*id).is_some(), "{id} is selected and gone");
        }
        let (told, diff) = (&mut self.told, &response.diff);
        let mut heard: std::collections::BTreeMap<_, _> = told.nodes().map(|(id, node)| (id, node.clone())).collect();
        heard.extend(diff.added.iter().map(|(id, node)| (*id, node.as_ref().clone())));
        heard.extend(diff.updated.iter().map(|(id, (_, node))| (*id, node.as_ref().clone())));
        diff.removed.keys().for_each(|id| drop(heard.remove(id)));
        let real: std::collections::BTreeMap<_, _> =
            self.session.design().nodes().map(|(id, node)| (id, node.clone())).collect();
        assert_eq!(heard, real, "the responses do not tell the whole change");
        *told = self.session.design().clone();
        self.last = response;
        self
    }

    /// Undoes one step, as the app does it.
    pub fn undo(&mut self) -> bool {
        let Some(diff) = self.session.undo() else { return false };
        self.editor.follow(self.session.design(), diff);
        self.told = self.session.design().clone();
        true
    }

    pub fn rect(&self, id: NodeId) -> Rect {
        self.design().world_rect(id).unwrap()
    }

    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.design().node(id).unwrap().parent
    }

    /// The middle of a node.
    pub fn middle(&self, id: NodeId) -> (f64, f64) {
        let p = self.rect(id).center();
        (p.x, p.y)
    }

    /// A point on a frame's header.
    pub fn header(&self, id: NodeId) -> (f64, f64) {
        let rect = self.rect(id);
        (rect.x + rect.w / 2.0, rect.y + 10.0)
    }
}

/// The scene is what a new one of the document would be.
#[track_caller]
fn follows(scene: &Scene, design: &Design) {
    let anew = Scene::new(design);
    for (id, _) in design.nodes() {
        let (Some(is), Some(ought)) = (scene.rect(id), anew.rect(id)) else { panic!("{id} is missing from the scene") };
        // Displacements add up in another order, so the last digits may differ.
        let near = |a: f64, b: f64| (a - b).abs() < 1e-6;
        let same = near(is.x, ought.x) && near(is.y, ought.y) && (is.w, is.h) == (ought.w, ought.h);
        assert!(same, "{id} stands at {is:?} and ought to at {ought:?}");
        assert_eq!(scene.depth(id), anew.depth(id));
        let edges = |scene: &Scene| scene.edges_of(id).collect::<std::collections::BTreeSet<_>>();
        assert_eq!(edges(scene), edges(&anew));
        if scene.dragged().next().is_none() {
            let hit = |scene: &Scene| scene.hit(ought.center(), 1.0).map(|hit| hit.id);
            assert_eq!(hit(scene), hit(&anew));
        }
    }
    let everywhere = Rect::new(-1e6, -1e6, 2e6, 2e6);
    assert!(
        scene.in_rect(everywhere).iter().all(|id| design.node(*id).is_some()),
        "something gone is still in the scene"
    );
}

/// A VPC with two zones, a subnet in each and a tile here and there.
pub struct Stage {
    pub script: Script,
    pub vpc: NodeId,
    pub zone_a: NodeId,
    pub zone_b: NodeId,
    pub subnet_a: NodeId,
    pub subnet_b: NodeId,
    pub web: NodeId,
    pub gateway: NodeId,
    pub table: NodeId,
}

pub fn stage() -> Stage {
    let mut session = Session::default();
    let mut place = |kind, parent, x, y| place_at(&mut session, kind, parent, Some(Point::new(x, y))).unwrap().ids[0];
    let vpc = place(Kind::Vpc, None, 0.0, 0.0);
    let zone_a = place(Kind::Zone, Some(vpc), 16.0, 64.0);
    let zone_b = place(Kind::Zone, Some(vpc), 400.0, 64.0);
    let subnet_a = place(Kind::Subnet, Some(zone_a), 16.0, 48.0);
    let subnet_b = place(Kind::Subnet, Some(zone_b), 16.0, 48.0);
    let web = place(Kind::Instance, Some(subnet_a), 40.0, 48.0);
    let gateway = place(Kind::InternetGateway, None, 900.0, 40.0);
    let table = place(Kind::RouteTable, Some(vpc), 300.0, 620.0);
    // The stage itself cannot be undone.
    let script = Script::new(Session::new(session.design().clone()));
    Stage { script, vpc, zone_a, zone_b, subnet_a, subnet_b, web, gateway, table }
}
